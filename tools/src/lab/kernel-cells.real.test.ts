/** The list of cells that every kernel is tested with, in the real kernel. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notebookCases, type CellCase } from "../../../cells/src/cases.testing";
import { startKernel, type CellResult, type Kernel } from "./kernel-client";

let kernel: Kernel;
beforeAll(async () => {
  const folder = fileURLToPath(new URL("../../../course", import.meta.url));
  kernel = await startKernel(folder, { COURSE_DEVICE: "cpu" });
});
afterAll(() => kernel.stop());

const FRAME = /^ *at (?:(\S+) \()?cell-\d+, line ([\d:]+)/;

/** Frames in cells: "    at fail (cell-4, line 4:9)" → "fail 4:9" */
const places = ({ traceback }: NonNullable<CellResult["error"]>) =>
  traceback.flatMap((line) => {
    const found = FRAME.exec(line);
    return found ? [[found[1], found[2]].filter(Boolean).join(" ")] : [];
  });

const notesOf = ({ outputs }: CellResult) =>
  outputs
    .filter(({ content }) => JSON.stringify(content.metadata) === '{"course":{"note":"types"}}')
    .flatMap(({ content }) => (content.data as Record<string, string>)["text/plain"]!.split("\n"))
    .flatMap((line) => /^line (.*)/.exec(line)?.[1] ?? []);

test.each(notebookCases)("$title", async ({ cells }) => {
  for (const { code, shows = "", throws, at, notes = [] } of cells) {
    const result = await kernel.run(code);
    const { error, stdout, stderr } = result;
    const seen: CellCase = {
      code,
      shows: stdout.replace(/\n$/, ""),
      throws: error && `${error.ename}: ${error.evalue}`,
    };
    expect(seen).toEqual({ code, shows, throws });
    expect(stderr).toBe("");
    if (at) expect(places(error!)).toEqual(at);
    expect(notesOf(result)).toEqual(notes.map((part) => expect.stringContaining(part)));
  }
});
