/** What people look for in a repository: files that parse, and documents that name what exists. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readManifest } from "grader/files";
import { lessonsByPart } from "views/courseParts";
import { expect, test } from "vitest";
import { parseDocument } from "yaml";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (...names: string[]) => readFileSync(join(root, ...names), "utf8");
const yaml = (file: string) => {
  const document = parseDocument(read(file));
  expect(document.errors, file).toEqual([]);
  return document.toJS() as Record<string, unknown>;
};
const { version, title, engines } = JSON.parse(read("package.json")) as {
  version: string;
  title: string;
  engines: { node: string };
};

test("the citation names this version and title", () => {
  const citation = yaml("CITATION.cff");
  expect(citation).toMatchObject({ "cff-version": "1.2.0", version });
  expect(citation.title).toContain(title);
  expect(citation.authors).not.toHaveLength(0);
});

test("the changelog tells of this version, and of what came after it", () => {
  const headings = [...read("CHANGELOG.md").matchAll(/^## (.*)$/gm)].map((m) => m[1]);
  expect(headings[0]).toBe("Unreleased");
  expect(headings.some((heading) => heading!.startsWith(version))).toBe(true);
});

test("the README lists every lesson once, under the heading of its part", () => {
  const { parts, lessons } = readManifest(root);
  const section = read("README.md")
    .split(/^## /m)
    .find((text) => text.startsWith("The lessons\n"))!;
  const listed = [
    ...section.matchAll(/^### (.*)$|^\| \d+ \| \[.*?\]\(notebooks\/(.*?)\.ipynb\)/gm),
  ];
  const expected = lessonsByPart(lessons, parts).flatMap((part) => [
    ...(part.title === undefined ? [] : [part.title]),
    ...part.lessons.map(({ id }) => id),
  ]);
  expect(listed.map(([, title, id]) => title ?? id)).toEqual(expected);
});

test("the page after the last lesson has a row for each lesson, in their order", () => {
  const page = read("lessons-src/pages/three-models.md");
  const rows = [...page.matchAll(/^\| \[.*?\]\(([\w-]+)\.ipynb\) \|/gm)].map((m) => m[1]);
  expect(rows).toEqual(readManifest(root).lessons.map(({ id }) => id));
});

/** Lines that a lesson's page shows as text, without code, mathematics, links and notes. */
function textLines(lesson: string): string[] {
  const blank = (part: string) => part.replace(/[^\n]/g, "");
  return lesson
    .replace(/^```[^]*?^```|^::: notes[^]*?^:::$|^\$\$[^]*?\$\$$/gm, blank)
    .replace(/^(?:#|!\[|:::).*$|\{eval\}`[^`]*`|`[^`]*`|\$[^$\n]+\$|\[[^\]]*\]\(.*?\)/gm, blank)
    .split("\n");
}

test("the lessons' text sets formulas as mathematics and shapes as code", () => {
  const formula =
    /(?<![\p{L}\d])[\p{L}] ?[=<>≤≥] ?[\p{L}−\d]|(?<!\p{L})\p{Script=Greek}(?:²|′| [·+/])|√/u;
  const shape = /\[[A-Z](?:\]|, )/;
  const plain = readManifest(root).lessons.flatMap(({ id }) =>
    textLines(read("lessons-src", id, "lesson.md")).flatMap((line, i) => {
      const [found] = formula.exec(line) ?? shape.exec(line) ?? [];
      return found === undefined ? [] : [`lessons-src/${id}/lesson.md:${i + 1}: ${found}`];
    }),
  );
  expect(plain).toEqual([]);
});

interface Job {
  "runs-on": string;
  strategy: { matrix: { node?: number[]; os?: string[] } };
  steps: { run?: string }[];
}
test("the workflow runs both commands on each Node, the quick test on each system, all by night", () => {
  const { jobs } = yaml(".github/workflows/tests.yml") as {
    jobs: Record<"linux" | "quick" | "nightly", Job>;
  };
  const commands = (job: Job) => job.steps.map(({ run }) => run ?? "").join("\n");
  expect(jobs.linux.strategy.matrix.node).toEqual([20, 22, 24]);
  expect(commands(jobs.linux)).toMatch(/npm start[\s\S]*npm test/);
  expect(jobs.quick.strategy.matrix.os).toEqual(["macos-latest", "windows-latest"]);
  expect(commands(jobs.quick)).toContain("npm test -- quick");
  expect(commands(jobs.nightly)).toContain("npm test -- all");
});

test("workflows name the actions of others by hash, and the site waits for the tests", () => {
  for (const file of readdirSync(join(root, ".github", "workflows"))) {
    const used = [...read(join(".github", "workflows", file)).matchAll(/uses: (\S+)/g)];
    expect(used.length).toBeGreaterThan(0);
    for (const [, action] of used) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
  }
  const pages = yaml(".github/workflows/pages.yml");
  const { name } = yaml(".github/workflows/tests.yml");
  expect(pages.on).toMatchObject({ workflow_run: { workflows: [name], branches: ["main"] } });
  expect(pages.on).not.toHaveProperty("push");
  const { site } = pages.jobs as { site: { if: string } };
  expect(site.if).toContain("workflow_run.conclusion == 'success'");
});

test("the forms for issues ask each question under a name of its own", () => {
  const folder = join(".github", "ISSUE_TEMPLATE");
  for (const file of readdirSync(join(root, folder))) {
    const form = yaml(join(folder, file));
    if (file === "config.yml") continue;
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    const ids = (form.body as { id: string }[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test(".nvmrc names a Node that the course runs on", () => {
  const least = Number(/\d+/.exec(engines.node)![0]);
  expect(Number(read(".nvmrc"))).toBeGreaterThanOrEqual(least);
});

const DOCUMENTS = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md"],
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
/** Paths that begin with a folder of ours and hold no placeholder. */
const OWN =
  /(?<![\w./-])(?:benchmarks|data|deploy|docs|engine|grader|lessons-src|notebooks|solutions|training)\/[\w./-]*[\w/]/g;

test.each(DOCUMENTS)("%s names files and folders that exist", (document) => {
  const text = read(document).replace(/https?:\/\/[^\s)]+/g, "");
  const links = [...text.matchAll(/\]\(([^)#:]+)[^):]*\)/g)].map((m) => m[1]!);
  const examples = ["picture.png", "../06-attention/lesson.md", "lessons-src/NN-name/lesson.md"];
  const named = [...text.matchAll(OWN)].map((m) => m[0]);
  // data/README.md names its scripts as seen from its folder
  const places = [root, dirname(join(root, document))];
  const missing = [...links, ...named].filter(
    (path) => !examples.includes(path) && !places.some((place) => existsSync(join(place, path))),
  );
  expect(missing).toEqual([]);
});
