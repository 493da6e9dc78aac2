import { expect, test } from "vitest";
import { cellOutput } from "./protocol";

interface Sent {
  type: string;
  content: { name?: string; text?: string };
}

function collect() {
  const sent: Sent[] = [];
  const output = cellOutput((type, content) => sent.push({ type, content }));
  const text = (name: string) =>
    sent
      .filter(({ content }) => content.name === name)
      .map(({ content }) => content.text)
      .join("");
  return { sent, output, text };
}

test("a cell that prints without end sends a limited text, and one sentence about it", () => {
  const { sent, output, text } = collect();
  for (let i = 0; i < 1_000_000; i++) output.write("stdout", "a\n");
  output.flush();
  expect(text("stdout")).toBe("a\n".repeat(100_000));
  expect(text("stderr").match(/prints more than 200,000 letters/g)).toHaveLength(1);
  const count = sent.length;
  output.write("stderr", "more");
  output.flush();
  expect(sent).toHaveLength(count);
});

test("a cell that shows outputs without end sends a limited number; updates still come", () => {
  const { sent, output, text } = collect();
  for (let i = 0; i < 5_000; i++) output.display({ i }, false);
  output.display({ i: 0 }, true);
  output.flush();
  expect(sent.filter(({ type }) => type === "display_data")).toHaveLength(1_000);
  expect(sent.filter(({ type }) => type === "update_display_data")).toHaveLength(1);
  expect(text("stderr").match(/shows more than 1,000 outputs/g)).toHaveLength(1);
});

test("what a cell prints below the limit arrives whole and in order", () => {
  const { output, sent } = collect();
  output.write("stdout", "one ");
  output.write("stdout", "two ");
  output.write("stderr", "three");
  output.write("stdout", "four");
  output.flush();
  expect(sent.map(({ content }) => content.text).join("")).toBe("one two threefour");
});
