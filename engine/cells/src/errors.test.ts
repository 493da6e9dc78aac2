import { expect, test } from "vitest";
import { describeThrown } from "./errors";

const describe = (message: string) =>
  describeThrown(new Error(message), {
    inspect: String,
    isError: (value) => value instanceof Error,
    formatFrame: () => undefined,
    positionsOf: () => undefined,
    whereDefined: () => undefined,
  }).evalue;

test("WebAssembly's end reads as full memory, other messages stay", () => {
  expect(describe("Aborted(). Build with -sASSERTIONS for more info.")).toMatch(
    /memory is full\. Restart the kernel/,
  );
  expect(describe("x is odd")).toBe("x is odd");
});
