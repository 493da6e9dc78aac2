import { expect, test } from "vitest";
import { answeredQuestions, furtherTexts } from "./guess";

const question = { isCode: true, source: 'await guess("How many?", {}, f);' };
const figure = { isCode: true, source: "show(f());" };
const text = { isCode: false, source: "So many." };
const heading = { isCode: false, source: "## Next" };

const none = undefined;

test.each([
  ["no question", [text, figure, text], [none, none, none]],
  ["figure, text", [question, figure, text, text], [none, 0, 0, none]],
  ["the figure after the text that reads the first", [question, figure, text, figure, text, figure], [none, 0, 0, 0, 0, none]], // prettier-ignore
  ["two figures", [text, question, figure, figure, text, text], [none, none, 1, 1, 1, none]],
  ["text before the figure", [question, text, figure, text, figure], [none, 0, 0, 0, 0]],
  ["a heading before the text", [question, figure, heading, text], [none, 0, none, none]],
  ["a heading after the text", [question, figure, text, heading, figure], [none, 0, 0, none, none]],
  ["a question after a question", [question, figure, question, figure, text], [none, 0, none, 2, 2]], // prettier-ignore
])("what answers a guess: %s", (_, cells, expected) => {
  expect(answeredQuestions(cells)).toEqual(expected);
});

test("only the first text of an answer announces it", () => {
  const cells = [question, figure, text, figure, text, question, text];
  expect([...furtherTexts(cells, answeredQuestions(cells))]).toEqual([4]);
});
