import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { SITE_MARKER, replaceFolder, siteFolder, writeFiles } from "./folder.js";

let parent: string;
let out: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "site-folder-"));
  out = join(parent, "out");
});
afterEach(() => rmSync(parent, { recursive: true }));

const fill = (text: string) => (aside: string) =>
  writeFiles(
    aside,
    new Map([
      [SITE_MARKER, "{}"],
      ["a/index.html", text],
    ]),
  );
const page = () => readFileSync(join(out, "a", "index.html"), "utf8");

it("takes a new folder, an empty one and an earlier site, and replaces it whole", async () => {
  await replaceFolder(siteFolder(out), fill("one"));
  expect(page()).toBe("one");
  writeFileSync(join(out, "stale.html"), "");
  await replaceFolder(siteFolder(out), fill("two"));
  expect([page(), readdirSync(out).sort(), readdirSync(parent)]).toEqual([
    "two",
    ["a", SITE_MARKER],
    ["out"],
  ]);
  const empty = join(parent, "empty");
  mkdirSync(empty);
  await replaceFolder(siteFolder(empty), fill("three"));
  expect(existsSync(join(empty, SITE_MARKER))).toBe(true);
});

it("leaves alone what isn't a site, with the remedy", () => {
  mkdirSync(out);
  writeFileSync(join(out, "thesis.tex"), "");
  expect(() => siteFolder(out)).toThrow(/out holds something other than a site: name an empty or/);
  expect(() => siteFolder(join(out, "thesis.tex"))).toThrow(/thesis\.tex is a file: name a folder/);
});

it("follows a link to the folder", async () => {
  const real = join(parent, "real");
  mkdirSync(real);
  symlinkSync(real, out);
  expect(siteFolder(out)).toBe(real);
});

it("keeps the earlier site when the new one fails, and leaves nothing beside it", async () => {
  await replaceFolder(out, fill("one"));
  const failing = replaceFolder(out, async (aside) => {
    await fill("half")(aside);
    throw new Error("no disk");
  });
  await expect(failing).rejects.toThrow("no disk");
  expect([page(), readdirSync(parent)]).toEqual(["one", ["out"]]);
});

it("clears up after a run that was killed, and puts back a site that it had moved", async () => {
  const dead = 2 ** 22 + 1; // above every process id
  mkdirSync(join(parent, `out.${dead}.part`));
  mkdirSync(join(parent, `out.${dead}.old`));
  writeFileSync(join(parent, `out.${dead}.old`, "kept.html"), "");
  mkdirSync(join(parent, `out.${process.pid}.other`));
  const failing = replaceFolder(out, () => Promise.reject(new Error("again")));
  await expect(failing).rejects.toThrow("again");
  expect(readdirSync(parent).sort()).toEqual(["out", `out.${process.pid}.other`]);
  expect(readdirSync(out)).toEqual(["kept.html"]);
});
