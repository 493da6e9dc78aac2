import { expect, test } from "vitest";
import { dials } from "./dials";

const hands = [
  { name: "query", x: 0, y: 1, symbol: "q" },
  { name: "key", x: 0.123456, y: 0, symbol: "k" },
];

test("dials: the view holds rounded tips, the table the hands' degrees", () => {
  const { view, html, isRicher } = dials([{ title: "pair <0>", hands, note: "cos" }], {
    total: "q · k = 0",
  });
  expect(view).toMatchObject({ view: "dials", total: "q · k = 0" });
  expect((view as unknown as { dials: { hands: object[] }[] }).dials[0]!.hands[1]).toMatchObject({
    ...{ x: 0.1235, y: 0, symbol: "k" },
  });
  expect(html).toContain("90");
  expect(html).toContain("pair &lt;0&gt;");
  expect(isRicher).toBe(true);
});

test("dials: bad hands get one sentence", () => {
  expect(() => dials([])).toThrow("dials: expected at least one entry in dials, got none");
  expect(() => dials([{ title: "a", hands: [] }])).toThrow('hands of "a"');
  expect(() => dials([{ title: "a", hands: [{ name: "q", x: NaN, y: 0 }] }])).toThrow(
    'dials: "q" of "a" holds NaN at index 0',
  );
  const five = Array.from({ length: 5 }, () => hands[0]!);
  expect(() => dials([{ title: "a", hands: five }])).toThrow("at most 4 hands");
});
