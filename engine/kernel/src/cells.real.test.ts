/** The list of cells that every kernel is tested with, in the real kernel. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, test } from "vitest";
import { notebookCases, requestCases } from "cells/testing";
import { expectCells, expectRequests } from "./cells.testing";
import { startKernel, type Kernel } from "./client";

let kernel: Kernel;
beforeAll(async () => {
  const folder = fileURLToPath(new URL("../../course", import.meta.url));
  kernel = await startKernel(folder, { COURSE_DEVICE: "cpu" });
});
afterAll(() => kernel.stop());

test.each(notebookCases)("$title", ({ cells }) => expectCells(cells, (code) => kernel.run(code)));

test("code that is no cell is quiet, or gets no number", () =>
  expectRequests(requestCases, (code, options) => kernel.run(code, undefined, options)));
