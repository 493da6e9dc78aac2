import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { verifySum } from "./verifySum";

checkReferences("verifySum", verifySum);

test("of all texts of three letters from the model's alphabet one is right", () => {
  const letters = [..."0123456789+=,."];
  const texts = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
  expect(texts.filter((text) => verifySum("27+48=", text))).toEqual(["75."]);
});

test("a prompt that isn't a sum", () => {
  expect(() => verifySum("75", "75.")).toThrow(
    'verifySum: expected prompt such as "27+48=", got "75"',
  );
});
