import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readCourse } from "../lesson/lessons.js";
import type { Cell } from "../lesson/model.js";
import { fixture, fixtureCopy } from "../lesson/lesson.testing.js";
import { readCitation, readCover, readSiteLessons, readSynonyms } from "./source.js";
import type { Site } from "./model.js";
import { pages, sitemap } from "./pages.js";
import { basePath, writeSite } from "./site.js";

const golden = (name: string) => join(fixture, "golden", name);
const solvedAt = (root: string, id: string) => join(root, ".local", "solved", `${id}.ipynb`);
const chart = {
  output_type: "display_data",
  data: {
    "application/vnd.plotly.v1+json": { data: [{ type: "bar", y: [0, 0.25, 1] }], layout: {} },
    "text/plain": "figure: Moves grow with the square.",
  },
  metadata: {},
};

interface Cells {
  cells: { id: string; outputs?: object[] }[];
}

/** The fixture course, solved as far as pages can tell. */
function solvedCourse(): string {
  const root = fixtureCopy();
  mkdirSync(join(root, ".local", "solved"), { recursive: true });
  for (const id of ["01-insertion", "02-merging"]) {
    const solved = JSON.parse(readFileSync(golden(`${id}.solved.ipynb`), "utf8")) as Cells;
    const drawing = solved.cells.find((cell) => cell.id === "moves");
    if (drawing) drawing.outputs = [chart];
    writeFileSync(solvedAt(root, id), JSON.stringify(solved));
  }
  return root;
}

let root: string;
beforeAll(() => {
  root = solvedCourse();
  writeFileSync(
    join(root, "lessons-src", "site.md"),
    "---\nfigure: 01-insertion#moves\nfoot: Text and code free.\n---\n" +
      "Sorting, *card by card*.\n\n## Install\n\nShuffle.\n",
  );
});
afterAll(() => rmSync(root, { recursive: true }));

const site = (more: Partial<Site> = {}): Site => ({
  course: readCourse(root),
  lessons: readSiteLessons(root),
  cover: readCover(join(root, "lessons-src")),
  synonyms: {},
  textPages: [],
  base: "/sorting/",
  solutions: false,
  canRun: false,
  asset: (name) => name,
  ...more,
});
const page = (name: string, more: Partial<Site> = {}) =>
  pages(site(more)).files.get(name) as string;

it("writes the landing page, lessons and search as the golden files have them", async () => {
  const { files, sections } = pages(site());
  for (const name of ["index", "01-insertion", "02-merging"]) {
    await expect(files.get(`${name}.html`)).toMatchFileSnapshot(golden(`site-${name}.html`));
  }
  await expect(`${JSON.stringify(sections, undefined, 1)}\n`).toMatchFileSnapshot(
    golden("site-search.json"),
  );
  expect([...files.keys()].sort()).toEqual([
    ...["01-insertion.html", "02-merging.html", "404.html"],
    ...["figures/01-insertion/moves-1.json", "index.html", "pictures/01-insertion/cards.svg"],
  ]);
});

it("has a page for each text of the course, to which the landing page leads", () => {
  const markdown = "# What comes *after*\n\nSee [one](01-insertion.ipynb#moves).\n\n## Sorted\n";
  const textPages = [{ name: "after", title: "What comes after", markdown }];
  expect(page("after.html", { textPages })).toContain('<a href="01-insertion.html#moves">one</a>');
  expect(page("after.html", { textPages })).toContain('content="See one."');
  expect(page("index.html", { textPages })).toContain('<a href="after.html">What comes after</a>');
  expect(pages(site({ textPages })).sections.map(({ href }) => href)).toContain(
    "after.html#sorted",
  );
});

it("names the parts of a course above their lessons on the landing page", () => {
  expect(page("index.html")).not.toContain('class="part"');
  const parts = [
    { title: "One & one", from: "01" },
    { title: "All at once", from: "02" },
  ];
  const html = page("index.html", { course: { ...readCourse(root), parts } });
  const rows = [
    ...html.matchAll(/scope="rowgroup" colspan="(\d+)">([^<]*)<|<th scope="row"><a href="(.*?)"/g),
  ];
  expect(rows.map(([, columns, title, lesson]) => lesson ?? `${columns}: ${title}`)).toEqual([
    ...["5: One &amp; one", "01-insertion.html", "5: All at once", "02-merging.html"],
  ]);
  expect(html.match(/<tbody>/g)).toHaveLength(2);
});

it("puts a guess and all that gives it away into one element", () => {
  const [first, ...others] = readSiteLessons(root);
  const code = (id: string, text: string): Cell => ({
    ...{ kind: "code", role: "demo", id, line: 1, code: text },
  });
  const text = (id: string): Cell => ({
    ...{ kind: "text", id, line: 1, markdown: `Text ${id}.`, pictures: [] },
  });
  const cells: Cell[] = [
    ...[code("asks", "await guess(1);"), text("before"), code("draws", "show(1);"), text("reads")],
    text("free"),
  ];
  const lessons = [{ ...first!, lesson: { ...first!.lesson, cells } }, ...others];
  const html = page("01-insertion.html", { lessons });
  expect(html).toContain("<summary>Show the code that asks</summary>"); // though nothing folds it
  const blocks = html.match(/<(div class="(asked|answer|cell)"|p>Text \w+|\/div>)/g);
  const [asked, answer, cell, end] = [
    ...['<div class="asked"', '<div class="answer"', '<div class="cell"', "</div>"],
  ] as const;
  expect(blocks!.slice(blocks!.indexOf(asked))).toEqual([
    ...[asked, cell, end, answer, "<p>Text before", end],
    ...[answer, cell, end, end, answer, "<p>Text reads", end, end, "<p>Text free"],
  ]);
});

it("draws the components and lists what each does, where the course has a drawing", () => {
  expect(page("index.html")).not.toContain("course-components");
  const componentMap: Site["componentMap"] = {
    ...{ title: "A sorter", width: 9, height: 9 },
    about: { comparing: "Says which is <first>.", merging: "Joins two rows." },
    shapes: [{ kind: "plus", at: [1, 2], of: "comparing" }],
  };
  const html = page("index.html", { componentMap });
  expect(html).toContain('<g class="course-map-plus" data-part="comparing"');
  expect(html).toContain("Click a part");
  expect(html).toContain('<span class="dot" data-color="0"');
  expect(html).toContain('class="component" data-color="0"><span>comparing'); // the legend
  const [, comparing] =
    /data-part="comparing" data-color="0" open>\n(<summary>.*?)<\/details>/s.exec(html)!;
  expect(html.match(/<details name="component"[^>]* open>/g)).toHaveLength(1);
  expect(comparing).toContain("Says which is &lt;first&gt;.");
  expect(comparing).toContain('<a href="01-insertion.html">');
});

it("has links to run a lesson only where the site has notebooks that run", () => {
  expect(page("index.html") + page("01-insertion.html")).not.toContain("run/");
  const run = 'href="run/lab/index.html?path=01-insertion.ipynb&amp;workspace=01-insertion"';
  expect(page("index.html", { canRun: true })).toContain(run);
  expect(page("01-insertion.html", { canRun: true })).toContain(run);
});

it("shows the answers of exercises only when it is told to", () => {
  const { lesson } = site().lessons[0]!;
  const exercise = lesson.cells.find((cell) => cell.kind === "exercise")!;
  const answer = exercise.solution
    .split("\n")
    .filter((line) => !exercise.stub.includes(line.trim()));
  const text = (html: string) =>
    html
      .replace(/<[^>]*>/g, "")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">");
  expect(answer.length).toBeGreaterThan(0);
  const without = [...pages(site()).files.values()].map((content) => text(content.toString()));
  for (const line of answer) expect(without.join("\n")).not.toContain(line.trim());
  const withAnswer = text(page("01-insertion.html", { solutions: true }));
  for (const line of answer) expect(withAnswer).toContain(line.trim());
});

it("has a page for addresses that aren't there, which works at any of them", () => {
  const html = page("404.html");
  const addresses = [...html.matchAll(/(?:href|src|data-\w+)="([^"]*)"/g)].map(([, to]) => to!);
  const local = addresses.filter((to) => !to.startsWith("#"));
  expect(local.filter((to) => !to.startsWith("/sorting/"))).toEqual([]);
});

it("has previews of links, one address for each page and a sitemap where its own is known", () => {
  const url = "https://example.org/sorting/";
  const citation = { title: "Sorting", authors: ["A & B"], version: "1", date: "2026-11-28" };
  const made = pages(site({ url, citation }));
  const lesson = made.files.get("01-insertion.html") as string;
  expect(lesson).toContain(`<link rel="canonical" href="${url}01-insertion.html">`);
  expect(lesson).toContain('<meta property="og:title" content="01 ');
  expect(lesson).toContain('<meta name="author" content="A &amp; B">');
  const landing = made.files.get("index.html") as string;
  expect(landing).toContain(`<link rel="canonical" href="${url}">`);
  expect(landing).toContain("A &amp; B (2026). Sorting. Version 1.");
  expect(made.files.get("404.html")).not.toContain("canonical");
  expect(
    sitemap(url, made.files)
      .match(/<loc>.*?<\/loc>/g)!
      .sort(),
  ).toEqual([
    `<loc>${url}01-insertion.html</loc>`,
    `<loc>${url}02-merging.html</loc>`,
    `<loc>${url}</loc>`,
  ]);
  expect([...pages(site()).files.values()].join()).not.toMatch(/canonical|og:url|og:image/);
});

it("the first picture of a page is that of its preview", () => {
  const withPictures = readSiteLessons(root);
  const outputs = withPictures[0]!.outputs.get("moves")!;
  Object.assign(outputs[0]!, { picture: { png: Buffer.from("p"), width: 2, height: 1 } });
  const url = "https://example.org/";
  const html = page("01-insertion.html", { url, lessons: withPictures });
  expect(html).toContain(
    '<meta property="og:image" content="https://example.org/figures/01-insertion/moves-1.png">',
  );
});

it("offers the reader's work as a file only where notebooks run", () => {
  expect(page("index.html")).not.toContain("data-work");
  expect(page("index.html", { canRun: true })).toContain('data-work data-base="/sorting/"');
});

it("links to sources and to where errors are reported, if package.json names them", () => {
  const course = { ...readCourse(root), repository: "https://example.org/a", bugs: undefined };
  expect(page("index.html", { course })).toContain('<a href="https://example.org/a">Source code<');
  expect(page("index.html", { course })).not.toContain("Report an error");
  writeFileSync(
    join(root, "package.json"),
    JSON.stringify({
      ...(JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as object),
      repository: { url: "git+https://example.org/a.git" },
      bugs: "javascript:alert(1)",
    }),
  );
  expect(readCourse(root)).toMatchObject({ repository: "https://example.org/a", bugs: undefined });
});

it("says where the course is only if package.json names its repository", () => {
  const sections =
    "## Install\n\nClone [it]({repository}).\n{no repository} Ask for it.\n\n" +
    "```\ngit clone {repository} cards\nnpm start\n```";
  const cover = { lead: "", sections, foot: "" };
  const course = { ...readCourse(root), repository: undefined };
  const without = page("index.html", { cover, course });
  expect(without).toContain("<p>Ask for it.</p>");
  expect(without).toContain("npm start</span></code>");
  expect(without).not.toMatch(/repository|clone/i);
  const installButton = /class="button[^>]*>Install</;
  expect(without).not.toMatch(installButton);
  const repository = "https://example.org/a";
  const html = page("index.html", { cover, course: { ...course, repository } });
  expect(html).toContain('<p>Clone <a href="https://example.org/a">it</a>.</p>');
  expect(html.replace(/<[^>]*>/g, "")).toContain(
    "git clone https://example.org/a cards\nnpm start",
  );
  expect(html).not.toContain("Ask for it");
  expect(html).toMatch(installButton);
});

it("offers each way to use the course that the site has", () => {
  const titles = (more: Partial<Site>) =>
    [...page("index.html", more).matchAll(/<li><h3>(.*?)<\/h3>/g)].map(([, title]) => title);
  const all = ["Read here", "Run here", "Run on your machine", "Teach with it"];
  expect(titles({ canRun: true })).toEqual(all);
  expect(titles({ cover: { lead: "", sections: "", foot: "" } })).toEqual([all[0], all[3]]);
});

it("an address names the path too, and is refused in one sentence when it isn't one", async () => {
  const write = (options: object) =>
    writeSite(root, { out: join(root, "at"), run: false, ...options });
  expect(await write({ url: "https://example.org/a" })).toMatchObject({ base: "/a/" });
  expect(readFileSync(join(root, "at", "sitemap.xml"), "utf8")).toContain("https://example.org/a/");
  for (const url of ["example.org", "ftp://a.example/", "https://a.example/?x"]) {
    await expect(write({ url })).rejects.toThrow("--url: expected an address such as https://");
  }
  await expect(write({ url: "https://example.org/a", base: "b" })).rejects.toThrow(
    "leave --base out",
  );
});

it("says what is wrong with synonyms and with CITATION.cff", () => {
  const folder = join(root, "synonyms");
  mkdirSync(folder);
  expect(readSynonyms(folder)).toEqual({});
  expect(readCitation(folder)).toBeUndefined();
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("synonyms.json", '{"attn": ["attention"]}');
  expect(readSynonyms(folder)).toEqual({ attn: ["attention"] });
  for (const text of ["{", "[1]", '{"Attn": []}', '{"a": "b"}', "null"]) {
    write("synonyms.json", text);
    expect(() => readSynonyms(folder)).toThrow(
      "lessons-src/synonyms.json: expected words in small",
    );
  }
  write("CITATION.cff", "title: T\nauthors:\n  - given-names: A\n    family-names: B\n");
  expect(readCitation(folder)).toEqual({ title: "T", authors: ["A B"], version: "" });
  write("CITATION.cff", "title: T\n");
  expect(() => readCitation(folder)).toThrow("expected a title and authors");
});

it("writes the whole site at once, and says how many pages", async () => {
  const out = join(root, "out");
  const report = await writeSite(root, { out, base: "sorting", run: false });
  expect(report).toMatchObject({ folder: out, base: "/sorting/", pages: 4, missingFigures: [] });
  expect(readdirSync(out).sort()).toEqual([
    ...[".nojekyll", "01-insertion.html", "02-merging.html", "404.html", "assets"],
    ...["course-site.json", "figures", "index.html", "pictures", "search.json"],
    ...["service-worker.js", "slides"],
  ]);
  expect(readdirSync(join(out, "slides"))).toContain("01-insertion.html");
});

it("names every lesson that isn't solved in one sentence, and writes nothing", async () => {
  const bare = fixtureCopy();
  const out = join(bare, "out");
  await expect(writeSite(bare, { out, run: false })).rejects.toThrow(
    "01-insertion, 02-merging are not solved yet, and pages show what solved notebooks drew: " +
      "run npx course solve, then try again",
  );
  expect(existsSync(out)).toBe(false);
  rmSync(bare, { recursive: true });
});

it("names a solved notebook that was cut off", () => {
  const other = solvedCourse();
  writeFileSync(solvedAt(other, "02-merging"), '{"cells": [');
  expect(() => readSiteLessons(other)).toThrow(
    /02-merging\.ipynb is not a notebook: make it again with npx course solve 02-merging --again/,
  );
  rmSync(other, { recursive: true });
});

it("takes a path in any spelling, and refuses what isn't one", () => {
  expect(["", "/", "course", "/a/b/", "//a"].map(basePath)).toEqual([
    ...["/", "/", "/course/", "/a/b/", "/a/"],
  ]);
  for (const odd of ["https://a.example/b", "a b", '"><script>', "../x y"]) {
    expect(() => basePath(odd)).toThrow(/--base: expected a path such as \/course\/, got /);
  }
});

it("says what is wrong with the words of the landing page", () => {
  const folder = join(root, "words");
  mkdirSync(folder);
  const read = (text: string) => {
    writeFileSync(join(folder, "site.md"), text);
    return () => readCover(folder);
  };
  expect(read("Sorting.")).toThrow("lessons-src/site.md:1: the head is missing");
  expect(read("---\nfigure: [1]\n---\nS.")).toThrow("figure and foot are texts");
  expect(read("---\nfigure: moves\n---\nS.")).toThrow(
    "the figure moves is not a lesson and a cell",
  );
  expect(read("---\nfoot: F\n---\nLead.")()).toEqual({ lead: "Lead.", sections: "", foot: "F" });
  expect(read("---\nfigure: 06-attention#masks/2\n---\nLead.")().figure).toEqual({
    ...{ lesson: "06-attention", cell: "masks", start: 1 },
  });
  const cover = { lead: "", sections: "", foot: "", figure: { lesson: "01-insertion", cell: "x" } };
  expect(() => page("index.html", { cover })).toThrow("01-insertion#x draws nothing");
});
