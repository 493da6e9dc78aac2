import { expect, test } from "vitest";
import { answeredQuestions } from "./guess";

const question = { isCode: true, source: 'await guess("How many?", {}, f);' };
const figure = { isCode: true, source: "show(f());" };
const text = { isCode: false, source: "So many." };
const heading = { isCode: false, source: "## Next" };

test.each([
  ["no question", [text, figure, text], [undefined, undefined, undefined]],
  ["figure, text", [question, figure, text, figure], [undefined, 0, 0, undefined]],
  ["two figures", [text, question, figure, figure, text, text], [undefined, undefined, 1, 1, 1, undefined]], // prettier-ignore
  ["text before the figure", [question, text, figure, text, figure], [undefined, 0, 0, 0, undefined]], // prettier-ignore
  ["a heading before the text", [question, figure, heading, text], [undefined, 0, undefined, undefined]], // prettier-ignore
  ["a question after a question", [question, figure, question, figure, text], [undefined, 0, undefined, 2, 2]], // prettier-ignore
])("what answers a guess: %s", (_, cells, expected) => {
  expect(answeredQuestions(cells)).toEqual(expected);
});
