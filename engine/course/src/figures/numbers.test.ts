import { expect, test } from "vitest";
import { columnTexts, numberText, wordsText } from "./numbers";

test("whole numbers stand in full, others with three digits", () => {
  const shown = { 134217728: "134,217,728", 0.038461: "0.0385", 2048.4: "2,048", 98.694: "98.7" };
  for (const [value, text] of Object.entries(shown)) expect(numberText(Number(value))).toBe(text);
  expect(numberText(-3)).toBe("−3");
  expect([999, 8048, -12345].map(numberText)).toEqual(["999", "8,048", "−12,345"]);
  expect(numberText(1e21)).toBe("1e+21");
  expect(numberText(NaN)).toBe("NaN");
});

test("a share close to 1 doesn't read as 1", () => {
  expect(numberText(0.9998)).toBe("0.9998");
  expect(numberText(0.9978)).toBe("0.998");
});

test("powers of ten and minus signs are written in one way, by numbers and in texts", () => {
  expect(numberText(-8.3e-7)).toBe("−8.3\u00a0×\u00a010⁻⁷");
  expect(wordsText((4e-6).toExponential(0))).toBe("4\u00a0×\u00a010⁻⁶");
  expect(wordsText((-8e-4).toExponential(0))).toBe("−8\u00a0×\u00a010⁻⁴");
  expect([0, 1].map((digits) => wordsText((0).toExponential(digits)))).toEqual(["0", "0"]);
  expect(wordsText((10).toExponential(1))).toBe("1.0\u00a0×\u00a010¹");
  expect(wordsText("10^18, 10^-3, 10^7.9")).toBe("10¹⁸, 10⁻³, 10^7.9");
  expect(wordsText("-8.5 ± 0.2")).toBe("−8.5\u00a0±\u00a00.2");
  expect(wordsText("BERT-base, t-SNE, 1-2, facade1e2f")).toBe("BERT-base, t-SNE, 1-2, facade1e2f");
});

test("numbers of one size have equally many decimals, and others as many as they need", () => {
  expect(columnTexts([0.8766, 0.827, 0.8083])).toEqual(["0.877", "0.827", "0.808"]);
  expect(columnTexts([2.2, 2.174, 0])).toEqual(["2.20", "2.17", "0.00"]);
  expect(columnTexts([0.03846, 0.41, 0.9391])).toEqual(["0.038", "0.410", "0.939"]);
  expect(columnTexts([0, 0.516, 0.0753, 1])).toEqual(["0.000", "0.516", "0.075", "1.000"]);
  expect(columnTexts([0.99, 0.992, 0.9998])).toEqual(["0.9900", "0.9920", "0.9998"]);
  expect(columnTexts([1.713, 0.772, 0.5631, 0.5622])).toEqual(["1.713", "0.772", "0.563", "0.562"]);
  expect(columnTexts([0.5, -0.4, 0.08])).toEqual(["0.50", "−0.40", "0.08"]);
  expect(columnTexts([-0.5, 12.25])).toEqual(["−0.5", "12.3"]);
  expect(columnTexts([0.004, 0.9])).toEqual(["0.004", "0.900"]);
  expect(columnTexts([16.78, 0.2621, 512])).toEqual(["16.78", "0.26", "512.00"]);
  expect(columnTexts([0.5, 9216])).toEqual(["0.5", "9,216"]);
  expect(columnTexts([])).toEqual([]);
});
