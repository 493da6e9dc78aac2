/**
 * A release: nothing of an answer in it, checks that work all the same, solutions added later, and
 * nothing lost when it is written over another one.
 */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import { courseRoot, loadContent, readManifest } from "grader";
import type { Notebook } from "grader/merge";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { publishCommand, releaseCommand } from "./release";

const root = courseRoot();
mkdirSync(join(root, ".local", "test"), { recursive: true });
// outside of the course, as releases are
const home = mkdtempSync(join(root, "..", ".course-release-"));
const folder = join(home, "course");
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What npm ci makes: the packages, and links to the release's own. */
function installPackages(): void {
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(join(root, "node_modules"))) {
    const path = join(root, "node_modules", name);
    const own = relative(root, realpathSync(path)); // the release has packages of its own
    const from = own.startsWith("node_modules") ? path : join(folder, own);
    symlinkSync(from, join(folder, "node_modules", name));
  }
}

/** Runs JavaScript in the release as a kernel would; `shown` gathers what is displayed. */
function inRelease(code: string): string {
  const program = `
    require("@tensorflow/tfjs-backend-cpu");
    const tf = require("@tensorflow/tfjs-core");
    const { runCheck } = require("course/check");
    const { loadContent } = require("grader");
    const content = (name) => loadContent(process.cwd(), name);
    (async () => { await tf.setBackend("cpu"); ${code} })();`;
  return execFileSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8" });
}

beforeAll(async () => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  await releaseCommand(root, folder, { lessons: "00-01" });
  installPackages();
}, 120_000);

const files = () =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => !name.startsWith("node_modules") && statSync(join(folder, name)).isFile());
const squeezed = (text: string) => text.replace(/\s+/g, "");

/** The lines of a solution that its student writes. */
function bodyOf(name: string): string {
  const source = readFileSync(loadContent(root, name).source, "utf8");
  return squeezed(source.split("// yours")[1] ?? source.split("{").slice(1).join("{"));
}

test("no file holds the body of a solution, an edit that makes a mistake, or a hidden case", () => {
  const texts = files().map((name) => {
    const bytes = readFileSync(join(folder, name));
    return squeezed((name.endsWith(".check.gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
  });
  const names = readManifest(root).lessons.flatMap(({ exercises }) => exercises.map((e) => e.name));
  for (const name of names) {
    const body = bodyOf(name);
    expect(
      texts.some((text) => text.includes(body)),
      name,
    ).toBe(false);
    const { exercise } = loadContent(root, name);
    const edits = exercise.mutants.flatMap((m) => m.edits.map(([, to]) => squeezed(to)));
    const long = edits.filter((to) => to.length > 60);
    expect(
      texts.some((text) => long.some((to) => text.includes(to))),
      name,
    ).toBe(false);
  }
  const leaks = files().filter((n) =>
    /lessons-src|oracles|data.reference|\.exercise\.|\.test\./.test(n),
  );
  expect(leaks).toEqual([]);
});

test("a check finds a typical mistake, and passes what is right", () => {
  const output = inRelease(`
    function softmax(x) { return x.exp().div(x.exp().sum(-1, true)); }
    const wrong = await runCheck(content("softmax"), softmax, 3);
    const right = require(${JSON.stringify(join(root, "solutions/dist/orientation/softmax.js"))});
    const better = await runCheck(content("softmax"), right.softmax, 3);
    console.log(JSON.stringify([wrong.failed > 0, wrong.diagnosis, better.points]));`);
  const [fails, diagnosis, points] = JSON.parse(output.trim().split("\n").at(-1)!) as unknown[];
  expect(fails).toBe(true);
  const sentences = loadContent(root, "softmax").exercise.mutants.map(({ message }) => message);
  expect(sentences).toContain(diagnosis);
  expect(points).toBe(3);
});

test("a name that no lesson imports yet throws an error that says why", () => {
  const output = inRelease(
    'try { require("solutions").bleu; } catch (e) { console.log(e.message); }',
  );
  expect(output).toContain("bleu is not part of this release: its solution is not published");
});

/** The shipped notebook of a lesson as a student's copy, with an answer where one is given. */
function writeCopy(id: string, name: string, answer?: string): void {
  const notebook = JSON.parse(
    readFileSync(join(folder, "notebooks", `${id}.ipynb`), "utf8"),
  ) as Notebook;
  const cell = notebook.cells.find(({ metadata }) => {
    const mark = metadata.course as { role: string; name?: string };
    return mark.role === "exercise" && mark.name === name;
  })!;
  cell.source = answer ?? cell.source;
  mkdirSync(join(folder, "my-course"), { recursive: true });
  writeFileSync(join(folder, "my-course", `${id}.ipynb`), JSON.stringify(notebook));
}

test("a lesson uses the student's own answers of others, until they are published", async () => {
  await releaseCommand(root, folder, { lessons: "02" }); // it imports softmax of 00
  const use = `
    try { console.log(require("solutions").softmax(tf.tensor([0, 0])).dataSync().join()); }
    catch (e) { console.log(e.message); }`;
  const sentence =
    "softmax is an exercise of lesson 00-orientation, whose solution is not published";
  expect(inRelease(use)).toContain(sentence);
  writeCopy("00-orientation", "softmax");
  expect(inRelease(use)).toContain(sentence);
  const answer =
    "function softmax(x: tf.Tensor) {\n  return x.exp().mul(3);\n}\nsoftmax(tf.tensor(0));";
  writeCopy("00-orientation", "softmax", answer);
  expect(inRelease(use).trim()).toBe("3,3");
  writeCopy("00-orientation", "softmax", "function softmax(x) {");
  expect(inRelease(use)).toContain(
    "softmax in 00-orientation.ipynb, which is used here, doesn't compile",
  );
}, 120_000);

test("a standalone release lends lessons what they import of others, and withholds the rest", async () => {
  rmSync(join(folder, "my-course"), { recursive: true });
  const use = (name: string) => `
    try { console.log(require("solutions").${name}(tf.tensor([0, 0])).dataSync().join()); }
    catch (e) { console.log(e.message); }`;
  await releaseCommand(root, folder, { standalone: true });
  expect(inRelease(use("softmax")).trim()).toBe("0.5,0.5");
  expect(inRelease(use("patchify"))).toContain("patchify is not part of this release");
  await releaseCommand(root, folder, {}); // it stays so
  expect(inRelease(use("softmax")).trim()).toBe("0.5,0.5");
  await releaseCommand(root, folder, { standalone: false });
  expect(inRelease(use("softmax"))).toContain("whose solution is not published");
}, 240_000);

test("showSolution and other lessons have the solution once it is published", async () => {
  const show = 'require("course").showSolution("softmax");';
  expect(inRelease(show)).toContain("The instructor has not published the solution of softmax.");
  await publishCommand(root, "00", folder);
  expect(inRelease(show)).toContain("function softmax");
  const use = 'console.log(require("solutions").softmax(tf.tensor([0, 0])).dataSync().join());';
  expect(inRelease(use).trim()).toBe("0.5,0.5");
});

test("a later release adds lessons, and keeps what somebody changed", async () => {
  const copy = join(folder, "my-course", "00-orientation.ipynb");
  mkdirSync(join(folder, "my-course"), { recursive: true });
  writeFileSync(copy, "mine");
  writeFileSync(join(folder, "README.md"), "# Our class\n");
  writeFileSync(join(folder, "CITATION.cff"), "changed");
  await releaseCommand(root, folder, { lessons: "03" });
  const ids = readManifest(folder).lessons.map(({ id }) => id.slice(0, 2));
  expect(ids).toEqual(["00", "01", "02", "03"]);
  expect(readFileSync(copy, "utf8")).toBe("mine");
  expect(readFileSync(join(folder, "README.md"), "utf8")).toBe("# Our class\n");
  expect(readFileSync(join(folder, "CITATION.cff.kept-1"), "utf8")).toBe("changed");
  expect(existsSync(join(folder, "solutions/src/orientation/softmax.ts"))).toBe(true);
}, 120_000);

test("a folder with something else is left alone", async () => {
  writeFileSync(join(home, "other.txt"), "");
  await expect(releaseCommand(root, home, {})).rejects.toThrow("is not empty and holds no release");
  await expect(releaseCommand(root, root, {})).rejects.toThrow("holds the course itself");
});
