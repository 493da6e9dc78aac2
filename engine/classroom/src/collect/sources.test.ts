import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { newFolder, removeFolders } from "../class.testing.js";
import { openZip, zipOf } from "./sources.js";

afterAll(removeFolders);

function archive(files: [string, string | Uint8Array][]): string {
  const file = join(newFolder(), "a.zip");
  writeFileSync(file, zipOf(new Map(files)));
  return file;
}

test("what an archive holds is read in place", async () => {
  const source = await openZip(archive([["a/b.ipynb", "{}"]]), "UTC");
  expect(source.files.map(({ path }) => path)).toEqual(["a/b.ipynb"]);
  expect((await source.files[0]!.read()).toString()).toBe("{}");
  source.close();
});

test.each([["../../etc/x.ipynb"], ["/etc/x.ipynb"], ["a\\..\\..\\x.ipynb"]])(
  "%s leads out of its folder: the archive is refused whole",
  async (name) => {
    const file = archive([
      ["good.ipynb", "{}"],
      [name, "{}"],
    ]);
    await expect(openZip(file, "UTC")).rejects.toThrow("is refused");
  },
);

test("a bomb and a file that isn't an archive are refused", async () => {
  const bomb = archive([["zeros.ipynb", new Uint8Array(64 << 20)]]);
  await expect(openZip(bomb, "UTC")).rejects.toThrow("would unpack to 67108864 bytes");
  const text = join(newFolder(), "a.zip");
  writeFileSync(text, "no archive");
  await expect(openZip(text, "UTC")).rejects.toThrow("is neither a folder nor a ZIP archive");
});
