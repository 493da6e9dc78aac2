import { expect, test } from "vitest";
import { tensorData, type Value } from "../exercise/value";
import { InvalidMessage, parseMessage, packRuns } from "./messages";
import { pack, unpack } from "../exercise/frames";
import { MAX_RECORDED_RUNS, type OpRun } from "../exercise/cost";
import { parseShaderResponse } from "../shaders/request";

const CASE = { kind: "case", exercise: 0, case: 1 } as const;
const tensor = tensorData([1], [5]);

test("a message in order is accepted with its known fields alone", () => {
  const said = { ...CASE, value: tensor, bytesRead: 7, points: 100 };
  expect(parseMessage(said, CASE)).toEqual({ ...CASE, value: tensor, error: undefined });
  expect(parseMessage({ kind: "end", more: 1 }, { kind: "end" })).toEqual({ kind: "end" });
});

test.each<[string, Value]>([
  ["nothing", undefined],
  ["null", null],
  ["a text", "case"],
  ["a list", [CASE]],
  ["a map", new Map([["kind", "case"]])],
  ["a tensor", tensor],
  ["another step", { ...CASE, case: 2 }],
  ["a step of another kind", { kind: "cell", cell: 0 }],
  ["an error that is no text", { ...CASE, error: 5 }],
  ["an endless error", { ...CASE, error: "x".repeat(10_000) }],
])("%s is no message", (_, value) => {
  expect(() => parseMessage(value, CASE)).toThrow();
});

const RUN: OpRun = { kernel: "Add", read: 2 ** 40, wrote: 1, work: 0, held: 3 };

test("what a call ran arrives as it was", () => {
  const runs = [RUN, { ...RUN, kernel: "(read)" }, RUN];
  const said = unpack(pack({ ...CASE, value: 1, runs: packRuns(runs) }));
  expect(parseMessage(said, CASE)).toEqual({ ...CASE, value: 1, runs, error: undefined });
});

test.each<[string, Value]>([
  ["a list of records", [{ ...RUN }]],
  ["names without numbers", { kernels: ["Add"] }],
  ["half a number", { kernels: ["Add"], numbers: new Uint8Array(39) }],
  ["a name that is no text", { kernels: [5], numbers: new Uint8Array(40) }],
  ["a place without a name", { kernels: [], numbers: new Uint8Array(40) }],
  ["a negative count", packRuns([{ ...RUN, held: -1 }])],
  ["a count that is no number", packRuns([{ ...RUN, work: NaN }])],
  ["too many", packRuns(Array.from({ length: MAX_RECORDED_RUNS + 1 }, () => RUN))],
])("runs as %s are no message", (_, runs) => {
  expect(() => parseMessage({ ...CASE, value: 1, runs }, CASE)).toThrow(InvalidMessage);
});

/** A record with typed arrays, as only a child that writes frames of its own sends it. */
const posing = (shape: string, bytes: number) => {
  const json = `["r",["shape",${shape}],["dtype","float32"],["data",["b",${bytes}]]]`;
  const frame = Buffer.alloc(8 + json.length + bytes);
  frame.writeUInt32LE(4 + json.length + bytes, 0);
  frame.writeUInt32LE(json.length, 4);
  frame.write(json, 8);
  return frame;
};
test.each([
  ["no shape", posing("null", 0)],
  ["a shape without data", posing('["l",2,3]', 0)],
  ["a shape that is a text", posing('"23"', 4)],
])("a record that poses as a tensor with %s is damaged", (_, frame) => {
  expect(() => unpack(frame)).toThrow("poses as a tensor");
});

test("a shader's answer is an output and a count, or none", () => {
  const outcome = { value: { output: tensor, reads: 3 } };
  expect(parseShaderResponse(outcome)).toEqual({ value: tensor, bytesRead: 12 });
  const lies: Value[] = [undefined, null, 5, "x", [], { output: tensor }, { output: 5, reads: 1 }];
  for (const value of lies) expect(parseShaderResponse({ value })).toBeUndefined();
  expect(parseShaderResponse({ error: "no" })).toEqual({ error: "no" });
});

test("what is a tensor still comes back", () =>
  expect(unpack(pack({ shape: [2], t: tensor }))).toEqual({ shape: [2], t: tensor }));
