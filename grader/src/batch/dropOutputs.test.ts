import fc from "fast-check";
import { expect, test } from "vitest";
import { outputDropper } from "./dropOutputs";

/** @param size of the pieces in which the text comes */
function drop(text: string, size = 1 << 20): string {
  const kept: Uint8Array[] = [];
  const next = outputDropper((bytes) => kept.push(bytes.slice()));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) next(bytes.subarray(at, at + size));
  return Buffer.concat(kept).toString();
}

const cell = (source: string, outputs: unknown) => ({
  outputs,
  source,
  metadata: { outputs: [1] },
});

test("outputs go, whatever they hold, and nothing else does", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(text, fc.array(fc.jsonValue()))),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(undefined, 1),
      (cells, size, indent) => {
        const notebook = (keep: boolean) => ({
          outputs: ["of the notebook"],
          cells: cells.map(([source, outputs]) => cell(source, keep ? outputs : [])),
        });
        const dropped = drop(JSON.stringify(notebook(true), null, indent), size);
        expect(JSON.parse(dropped)).toEqual(JSON.parse(JSON.stringify(notebook(false))));
      },
    ),
  );
});

test.each(["", "text", '"', "[[[", "]]]]}}", '{"cells": [{"outputs": {"a": [1]}}]}', '{"cells":'])(
  "what isn't a notebook, or has no list of outputs, stays: %s",
  (text) => expect(drop(text, 2)).toBe(text),
);

test("a value that reads outputs is no key", () => {
  const text = '{"cells": [{"source": "outputs", "a": ["outputs", [1]], "b": {"outputs": [2]}}]}';
  expect(drop(text)).toBe(text);
  expect(drop('{"cells": [{"outputs" : [1, "]"], "x": "\\"outputs\\":[1]"}]}')).toBe(
    '{"cells": [{"outputs" : [], "x": "\\"outputs\\":[1]"}]}',
  );
});
