// level: all
/**
 * No file of a release holds the answer of an exercise that it asks, in any encoding: whole courses and
 * single lessons are searched, and the search itself is tried on answers that are there.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { courseRoot, loadContent, readManifest } from "grader";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  type Answer,
  answerOf,
  bodyOf,
  hasWordsOf,
  isLongEnough,
  runsIn,
  shareIn,
  textsIn,
  wordsOf,
} from "./answerSearch.testing";
import { releaseCommand } from "./release";
import { bundleSolutions } from "./solutions";

const root = courseRoot();
const home = mkdtempSync(join(root, "..", ".course-leaks-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const sourceOf = (name: string) => readFileSync(loadContent(root, name).source, "utf8");

/** Other code shares at most 0.7 of an answer's runs; an answer keeps 0.91 of them in a bundle. */
const LEAK = 0.8;
const squeezed = (text: string) => text.replace(/\s+/g, "");

/** The longest part of an answer's text in which no name is set in. */
function textOf(name: string): string {
  const parts = bodyOf(name, sourceOf(name))
    .split(/\$\{[^}]*\}/)
    .map(squeezed);
  return parts.sort((a, b) => b.length - a.length)[0]!;
}

const { lessons } = readManifest(root);
const names = lessons.flatMap(({ exercises }) => exercises.map(({ name }) => name));
const answerTexts = new Map(names.map((name) => [name, textOf(name)]));
const answers = names.map((name) => answerOf(name, sourceOf(name)));

/** Files that were searched already, by their hashes. */
const searched = new Set<string>();

/** Where a file holds answers: "layerNorm: data/texts.json.gz > gzip > json[46][text]". */
function leaksIn(path: string, bytes: Buffer): string[] {
  const hash = createHash("sha256").update(path).update(bytes).digest("hex");
  if (searched.has(hash)) return [];
  searched.add(hash);
  return textsIn(path, bytes).flatMap((found) => {
    const words = wordsOf(found.text);
    const text = squeezed(found.text);
    const candidates = answers.filter((answer) => hasWordsOf(answer, words));
    const runs = candidates.length > 0 ? runsIn(found.text) : [];
    const isIn = (answer: Answer) =>
      text.includes(answerTexts.get(answer.name)!) ||
      (candidates.includes(answer) && shareIn(answer, runs) >= LEAK);
    return answers.filter(isIn).map(({ name }) => `${name}: ${found.path}`);
  });
}

describe("the search", () => {
  let bundle: Buffer;
  const missedIn = (path: string, bytes: Buffer) => {
    const found = leaksIn(path, bytes).map((line) => line.split(":")[0]);
    return answers.filter((answer) => isLongEnough(answer) && !found.includes(answer.name));
  };
  beforeAll(async () => {
    const { texts } = await bundleSolutions(root, names, []);
    bundle = Buffer.from(texts["index.js"]!);
  });

  test("finds answers whose names, types, comments and white space are gone", () => {
    expect(missedIn("index.js", bundle).map(({ name }) => name)).toEqual([]);
    expect(answers.filter(isLongEnough).length).toBeGreaterThan(0.9 * answers.length);
  });

  test("finds them in archives, encodings, strings, source maps and binary files", () => {
    const code = bundle.toString("utf8");
    const map = JSON.stringify({ version: 3, sourcesContent: [code] });
    const files: Record<string, Buffer> = {
      "data/texts.json.gz": gzipSync(JSON.stringify([{ text: code }])),
      "page.js": Buffer.from(`const packed = "${gzipSync(bundle).toString("base64")}";`),
      "index.js": Buffer.from(
        `x;\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString("base64")}`,
      ),
      "worker.js": Buffer.from(`self.text = ${JSON.stringify(code)};`),
      "module.wasm": Buffer.concat([Buffer.from([0, 0x61, 0x73, 0x6d, 0xff, 0xfe]), bundle]),
      "notebook.ipynb": Buffer.from(JSON.stringify({ cells: [{ source: code.split(/(?<=\n)/) }] })),
    };
    for (const [path, bytes] of Object.entries(files)) {
      expect(
        missedIn(path, bytes).map(({ name }) => name),
        path,
      ).toEqual([]);
    }
  });

  test("finds short answers, and shaders, by their text", () => {
    for (const { name } of answers.filter((answer) => !isLongEnough(answer))) {
      expect(leaksIn(`${name}.json`, Buffer.from(JSON.stringify([sourceOf(name)])))).not.toEqual(
        [],
      );
    }
  });
});

test.each([
  ["all lessons", undefined],
  ["one lesson", "06"],
])(
  "a release of %s holds no answer that it asks",
  async (_what, chosen) => {
    vi.spyOn(console, "log").mockImplementation(() => undefined);
    const folder = join(home, chosen ?? "all");
    await releaseCommand(root, folder, { lessons: chosen });
    const asked = readManifest(folder).lessons.flatMap((l) => l.exercises.map(({ name }) => name));
    const files = readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => statSync(join(folder, name)).isFile());
    expect(files.length).toBeGreaterThan(500);
    const leaks = files.flatMap((name) => leaksIn(name, readFileSync(join(folder, name))));
    expect(leaks.filter((line) => asked.includes(line.split(":")[0]!))).toEqual([]);
  },
  600_000,
);
