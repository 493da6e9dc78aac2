import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { decodeBpe } from "./decodeBpe";
import { trainBpe } from "./trainBpe";

checkReferences("decodeBpe", decodeBpe);

const model = trainBpe("", 258, { specials: ["<s>", "é"] });

test("by hand: bytes are joined before they are read", () => {
  expect(decodeBpe([0xe2, 0x82, 0xac, 256, 257], model)).toBe("€<s>é");
  expect(decodeBpe(new Set([104, 105]), model)).toBe("hi");
  expect(decodeBpe([], model)).toBe("");
});

test("bytes that aren't UTF-8 become U+FFFD, and a leading U+FEFF is kept", () => {
  expect(decodeBpe([0xe2, 0x82, 97, 0xff, 0xc0, 0x80], model)).toBe("\ufffda\ufffd\ufffd\ufffd");
  expect(decodeBpe([0xed, 0xa0, 0x80], model)).toBe("\ufffd\ufffd\ufffd");
  expect(decodeBpe([0xef, 0xbb, 0xbf, 97], model)).toBe("\ufeffa");
});

test("an id that is not there", () => {
  expect(() => decodeBpe([97, 258], model)).toThrow(
    "decodeBpe: expected ids from 0 to 257, got 258 at position 1",
  );
  expect(() => decodeBpe([-1], model)).toThrow("got -1 at position 0");
  expect(() => decodeBpe([1.5], model)).toThrow("got 1.5 at position 0");
});
