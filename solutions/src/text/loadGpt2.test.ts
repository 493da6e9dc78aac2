import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { courseRoot, paths } from "grader";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { readDataFile } from "./dataFile";
import { decodeBpe } from "./decodeBpe";
import { encodeBpe } from "./encodeBpe";
import { EXACT } from "../shared/exact";
import { loadGpt2 } from "./loadGpt2";

const model = loadGpt2();
checkReferences("loadGpt2", (text: string) => encodeBpe(text, model), { tolerance: EXACT });

test("by hand: hello world, and the text's end", () => {
  expect(encodeBpe("Hello world<|endoftext|>", model)).toEqual([15496, 995, 50256]);
  expect(model.vocab).toHaveLength(50257);
});

test("each id has the bytes that OpenAI's encoder.json gives it", () => {
  const encoder = JSON.parse(
    gunzipSync(readFileSync(join(paths(courseRoot()).data, "gpt2-encoder.json.gz"))).toString(),
  ) as Record<string, number>;
  // OpenAI writes visible Latin-1 bytes as themselves and the others, in order, as U+0100 and
  // following
  const visible = (b: number) => (b >= 0x21 && b <= 0x7e) || (b >= 0xa1 && b !== 0xad);
  let hidden = 0;
  const written = Array.from({ length: 256 }, (_, b) =>
    String.fromCharCode(visible(b) ? b : 256 + hidden++),
  );
  for (const [token, id] of Object.entries(encoder).filter(
    ([token]) => token !== "<|endoftext|>",
  )) {
    expect(Array.from(model.vocab[id]!, (b) => written[b]).join("")).toBe(token);
  }
});

test("any text of Shakespeare comes back", () => {
  const text = gunzipSync(
    readFileSync(join(paths(courseRoot()).data, "shakespeare.txt.gz")),
  ).toString();
  expect(decodeBpe(encodeBpe(text, model), model)).toBe(text);
});

test("a file that is another one or not there", () => {
  expect(() => readDataFile("gpt2-vocab.bpe.gz", "0")).toThrow(
    "data/gpt2-vocab.bpe.gz is not the published file: expected sha256 0, got 1ce16647",
  );
  expect(() => readDataFile("none.gz", "0")).toThrow("data/none.gz cannot be read");
});
