import { expect, test } from "vitest";
import { answerTo, differenceText, questionOf } from "./guess";

const slider = questionOf({ input: "slider", from: 0, to: 4, step: 0.1, start: 2 })!;
const choice = questionOf({ input: "choice", of: ["pre-norm", "post-norm"], start: "pre-norm" })!;

test.each([
  [1.2, 2.913, "You guessed 1.2; 2.91 nats came out, 1.71 more."],
  [3, 2.913, "You guessed 3; 2.91 nats came out, only 0.09 less."],
  [2.9, 2.9004, "You guessed 2.9, and 2.9 nats came out."],
  [0, -1, "You guessed 0; −1 nats came out, 1 less."],
])("a guess of %d where %d came out, in words", (guessed, outcome, words) => {
  expect(differenceText(slider, guessed, outcome, " nats")).toBe(words);
});

test("large steps have no decimals", () => {
  const steps = questionOf({ input: "slider", from: 0, to: 5000, step: 100, start: 0 })!;
  expect(differenceText(steps, 1000, 3128.4, "")).toBe(
    "You guessed 1000; 3128 came out, 2128 more.",
  );
});

test("one of some texts is right or not", () => {
  expect(differenceText(choice, "pre-norm", "pre-norm", "")).toBe(
    "You guessed “pre-norm”, and that is what came out.",
  );
  expect(differenceText(choice, "post-norm", "pre-norm", "")).toBe(
    "You guessed “post-norm”; “pre-norm” came out.",
  );
});

test("only what can be asked is a question, and only what can come out is an answer", () => {
  for (const odd of [
    undefined,
    null,
    [],
    {},
    { input: "pad" },
    { input: "slider", from: 0, to: 0, step: 1 },
    { input: "slider", from: 0, to: "x", step: 1 },
    { input: "choice", of: [1, 2] },
  ]) {
    expect(questionOf(odd), JSON.stringify(odd)).toBeUndefined();
  }
  expect(["2.5", 2.5, "", "x", NaN, null].map((value) => answerTo(slider, value))).toEqual([
    2.5,
    2.5,
    ...Array<undefined>(4).fill(undefined),
  ]);
  expect([answerTo(choice, "post-norm"), answerTo(choice, 1)]).toEqual(["post-norm", undefined]);
});
