import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { NATIVE_MODULE_FILE, nativeStamp, useNative } from "./native";

const folder = mkdtempSync(join(tmpdir(), "native-"));
afterAll(() => rmSync(folder, { recursive: true }));

const AGAIN = "npx course setup native builds it again";
const { platform, arch } = nativeStamp();

test("what was never set up, or for something else, is refused with the reason", () => {
  expect(useNative(join(folder, "missing"))).toEqual({
    refused: "it is not set up on this machine",
  });
  mkdirSync(join(folder, "node_modules"));
  expect(useNative(folder)).toEqual({ refused: `it is from an older course: ${AGAIN}` });
  writeFileSync(join(folder, NATIVE_MODULE_FILE), "");
  const others: [object, string][] = [
    [
      { platform: "plan9", arch: "vax" },
      `it was set up for plan9 vax, this is ${platform} ${arch}`,
    ],
    [{ processor: "other" }, `it was built for another processor: ${AGAIN}`],
    [{ sources: undefined }, `it was built from another version of the course: ${AGAIN}`],
  ];
  for (const [changed, refused] of others) {
    writeFileSync(join(folder, "installed.json"), JSON.stringify({ ...nativeStamp(), ...changed }));
    expect(useNative(folder)).toEqual({ refused });
  }
});

test("a module that is damaged throws, which the device tells as its reason", () => {
  writeFileSync(join(folder, "installed.json"), JSON.stringify(nativeStamp()));
  expect(() => useNative(folder)).toThrow();
});
