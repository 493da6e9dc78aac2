/**
 * What lesson 01 reaches: the ids of GPT-2 and BERT on every text, and a tokenizer of one's own
 * that loses nothing.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { courseRoot, paths } from "grader";
import { expect, test } from "vitest";
import { decodeBpe } from "./decodeBpe";
import { encodeBpe } from "./encodeBpe";
import { encodeWordPiece } from "./encodeWordPiece";
import { learnMerges } from "./learnMerges";
import { loadBertVocabulary } from "./loadBertVocabulary";
import { loadGpt2 } from "./loadGpt2";
import { trainBpe } from "./trainBpe";

interface Text {
  name: string;
  script: string;
  text: string;
}
interface Ids {
  count: number;
  sha256: string;
}
const { data } = paths(courseRoot());
const unpacked = (name: string) => gunzipSync(readFileSync(join(data, name))).toString();
const plays = unpacked("shakespeare.txt.gz");
const letters = plays.replace(/[^A-Za-z]/g, "");
const texts: Text[] = [
  ...(JSON.parse(unpacked("texts.json.gz")) as Text[]),
  { name: "Shakespeare", script: "Latin", text: plays },
  { name: "a word of a megabyte", script: "Latin", text: (letters + letters).slice(0, 1_048_576) },
];
const huggingFace = JSON.parse(readFileSync(join(data, "token-ids.json"), "utf8")) as {
  texts: Record<string, { gpt2: Ids; bert: Ids }>;
  decoded: { gpt2: string };
};
const summary = (values: unknown[]): Ids => ({
  count: values.length,
  sha256: createHash("sha256").update(JSON.stringify(values)).digest("hex"),
});
const gpt2 = loadGpt2();
const bert = loadBertVocabulary();

test("the texts hold what tries a tokenizer", () => {
  const spoken = texts.filter(({ script }) => script !== "code" && script !== "odd");
  for (const { name, script, text } of spoken) {
    expect(text, name).toMatch(new RegExp(`\\p{Script=${script}}{2}`, "u"));
  }
  expect(new Set(spoken.map(({ script }) => script)).size).toBeGreaterThanOrEqual(20);
  const all = texts.map(({ text }) => text).join("\n");
  for (const rarity of ["👩\u200d👩", "a\u0308\u0301", "\u0000", "\u009f", "\u200e"]) {
    expect(all).toContain(rarity);
  }
  expect(all).toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  expect(all).toMatch(/\S{1000000}/);
  expect(texts.map(({ text }) => text)).toContain("");
  expect(texts.map(({ name }) => name).sort()).toEqual(Object.keys(huggingFace.texts).sort());
});

for (const { name, text } of texts) {
  test(`${name}: the ids of GPT-2 and of BERT are Hugging Face's`, () => {
    expect(summary(encodeBpe(text, gpt2))).toEqual(huggingFace.texts[name]!.gpt2);
    expect(summary(encodeWordPiece(text, bert))).toEqual(huggingFace.texts[name]!.bert);
  });
}

test("each GPT-2 token alone reads as Hugging Face reads it, though many are not UTF-8", () => {
  const read = gpt2.vocab.map((_, id) => decodeBpe([id], gpt2));
  expect(read.filter((text) => text.includes("\ufffd")).length).toBe(352);
  expect(summary(read).sha256).toBe(huggingFace.decoded.gpt2);
});

test("a tokenizer trained on eight plays loses no text, whatever its script", () => {
  const model = trainBpe(plays, 4000);
  // half a surrogate pair becomes U+FFFD
  const whole = (text: string) => Buffer.from(text).toString();
  for (const { name, text } of texts) {
    expect(decodeBpe(encodeBpe(text, model), model) === whole(text), name).toBe(true);
  }
});

test("the plain training of the exercise learns what the fast one learns", () => {
  const opening = plays.slice(0, 20_000);
  const model = trainBpe(opening, 256 + 300);
  const counts = new Map<string, number>();
  for (const word of opening.match(model.pattern) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts.keys()].map((word) => [...Buffer.from(word)]);
  expect(learnMerges(words, [...counts.values()], 300)).toEqual(model.merges);
});
