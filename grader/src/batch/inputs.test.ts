import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newId, plainId, collectInputs, readInput } from "./inputs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "course-inputs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat([Buffer.from(`${folder}/`), ...parts.map((p) => Buffer.from(p as string))]);

test("names of any bytes are read, and shown as text", () => {
  writeFileSync(bytes("M", [0xfc], "ller.ipynb"), "latin1");
  writeFileSync(bytes("Müller.ipynb"), "utf8");
  const { inputs } = collectInputs([folder]);
  expect(inputs.map((i) => [i.file, readInput(i).toString()])).toEqual([
    ["Müller.ipynb", "utf8"],
    ["M\\xFCller.ipynb", "latin1"],
  ]);
  expect(new Set(inputs.map((i) => plainId(i.file))).size).toBe(2);
});

test("hidden notebooks are said not to be graded, other hidden files are named", () => {
  mkdirSync(join(folder, "anna", ".ipynb_checkpoints"), { recursive: true });
  writeFileSync(join(folder, "anna", ".ipynb_checkpoints", "a.ipynb"), "");
  for (const name of ["a.ipynb", ".b.ipynb", "._a.ipynb", ".DS_Store", "notes.txt"]) {
    writeFileSync(join(folder, "anna", name), "");
  }
  symlinkSync("/etc/passwd", join(folder, "link.ipynb"));
  const { inputs, hidden } = collectInputs([folder]);
  expect(inputs.map((i) => `${i.file} ${i.error ?? "is read"}`)).toEqual([
    "anna/.b.ipynb is hidden, since its name begins with a dot",
    "anna/a.ipynb is read",
    "anna/notes.txt is not a notebook (.ipynb)",
    "link.ipynb is a link; links in a folder of submissions are not followed",
  ]);
  expect(hidden).toEqual(["anna/.DS_Store", "anna/._a.ipynb", "anna/.ipynb_checkpoints"]);
});

test("a file that is named twice is read once", () => {
  writeFileSync(join(folder, "a.ipynb"), "");
  const words = [folder, join(folder, "a.ipynb"), "/nowhere.ipynb"];
  expect(collectInputs(words).inputs.map((i) => i.file)).toEqual(["a.ipynb", "/nowhere.ipynb"]);
});

test("a notebook that only its outputs make large is read without them", () => {
  const picture = { data: { "image/png": "x".repeat(47 << 20) } };
  const cells = [{ id: "a", cell_type: "code", source: "1", metadata: {}, outputs: [picture] }];
  writeFileSync(join(folder, "a.ipynb"), JSON.stringify({ cells, nbformat: 4 }));
  const read = readInput({ file: "a.ipynb", path: join(folder, "a.ipynb") }).toString();
  expect(JSON.parse(read)).toEqual({ cells: [{ ...cells[0], outputs: [] }], nbformat: 4 });
  writeFileSync(join(folder, "b.ipynb"), JSON.stringify({ cells: [{ source: picture }] }));
  expect(() => readInput({ file: "b.ipynb", path: join(folder, "b.ipynb") })).toThrow(
    "is 47 MB large, more than the 20 MB that a notebook may have",
  );
});

test("ids are short in bytes, tell long names apart and keep characters whole", () => {
  const long = ["x", "ü", "漢", "𠀀"].map((c) => c.repeat(Math.floor(245 / Buffer.byteLength(c))));
  for (const name of long) {
    const id = plainId(`${name}.ipynb`);
    expect(Buffer.byteLength(`${id}-99.json.part`)).toBeLessThanOrEqual(255);
    expect(id).toMatch(/^(.)\1*-[0-9a-f]{10}$/u);
    expect(plainId(`${name}x.ipynb`)).not.toBe(id);
  }
  expect(plainId("anna/06 attention.ipynb")).toBe("anna-06-attention");
  expect(plainId("../../..ipynb")).toBe("submission");
});

test("ids that a file system would take for one another get numbers", () => {
  const taken = new Set<string>();
  const files = ["a b.ipynb", "a-b.ipynb", "A-B.ipynb", "e\u0301.ipynb", "\u00e9.ipynb"];
  expect(files.map((f) => newId(f, taken))).toEqual(["a-b", "a-b-2", "A-B-3", "é", "é-2"]);
});
