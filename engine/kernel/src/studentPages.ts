/**
 * Writes what a student's folder holds beside the notebooks: the course's pages to read, and
 * course.json, from which the lab draws its home page. Jupyter shows only this folder, so the pages
 * are copied into it. A student's own file with the same name stays.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, posix } from "node:path";
import { makeFolder, paths, readManifest, readSource, writeFileAtomic } from "grader/files";

/** The first line of each page. A page without it is the student's own and stays as it is. */
const PAGE_NOTICE = "<!-- Written by npm start; changes are lost. -->";

/** The path of each page in the student's folder → its source in the course's folder. */
type PageSources = Map<string, string>;

/** Writes the pages that have changed. @param personal the student's folder */
export function writePages(root: string, { personal }: { personal: string } = paths(root)): void {
  const places = pageSources(root);
  for (const [to, from] of places) {
    const file = join(root, from);
    if (extname(to) !== ".md") writeChanged(join(personal, to), readFileSync(file));
    else writePage(join(personal, to), rewriteLinks(readSource(file), from, to, places));
  }
  const json = courseJson(root, pagesToRead(root, places));
  writeChanged(join(personal, "course.json"), Buffer.from(json));
}

interface Page {
  path: string;
  title: string;
  /** It is for instructors and authors. */
  staff?: true;
}

/** The overview and the helpers have places of their own on the home page. */
const LINKED_ELSEWHERE = ["README.md", "helpers.md"];

/** Documents for students; those for instructors and authors come after them, under a heading. */
const FIRST_DOCS = ["docs/about.md", "docs/glossary.md"];

/** The pages that the home page links to: the course's own beside its notebooks, then docs/. */
function pagesToRead(root: string, places: PageSources): Page[] {
  const listed = [...places.keys()].filter(
    (to) => to.endsWith(".md") && !LINKED_ELSEWHERE.includes(to),
  );
  const beside = listed.filter((to) => !to.startsWith("docs/"));
  const firstDocs = FIRST_DOCS.filter((to) => places.has(to));
  const order = [...new Set([...beside, ...firstDocs, ...listed])];
  return order.flatMap((path) => {
    const from = places.get(path)!;
    const text = readSource(join(root, from));
    const heading = /^# (.*)$/m.exec(text)?.[1] ?? basename(from, ".md");
    const title = from === "README.md" ? "About this course" : heading;
    const hasSlides = /^## Slides$/m.test(text) && from.endsWith("instructors.md");
    const slides = { path: `${path}#slides`, title: "Slides: how to make and show them" };
    const forStaff = path.startsWith("docs/") && !FIRST_DOCS.includes(path);
    const mark = forStaff ? { staff: true as const } : {};
    return [{ path, title, ...mark }, ...(hasSlides ? [{ ...slides, ...mark }] : [])];
  });
}

/** What npm run build has put beside the notebooks, the README and docs/. */
function pageSources(root: string): PageSources {
  const files = (folder: string, ending: RegExp) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder))
          .filter((name) => ending.test(name))
          .sort()
      : [];
  const places: PageSources = new Map();
  for (const name of files("notebooks", /\.md$/)) places.set(name, `notebooks/${name}`);
  if (existsSync(join(root, "README.md"))) places.set("docs/about.md", "README.md");
  for (const name of files("docs", /\.(md|png|svg)$/)) places.set(`docs/${name}`, `docs/${name}`);
  return places;
}

/** What the home page shows: no hints, and no hashes of cells. */
function courseJson(root: string, pages: Page[]): string {
  const { lessons, ...manifest } = readManifest(root);
  const shown = lessons.map(({ uses: _, cells: __, exercises, written, ...lesson }) => ({
    ...lesson,
    exercises: exercises.map(({ name, points, gradeId }) => ({ name, points, gradeId })),
    written: written.map(({ name, points }) => ({ name, points })),
  }));
  const json = { ...manifest, pages, lessons: shown };
  return `${JSON.stringify(json, undefined, 1)}\n`;
}

const isGenerated = (file: string) =>
  readFileSync(file, "utf8")
    .trimStart()
    .startsWith(PAGE_NOTICE.slice(0, "<!-- Written by npm".length));

function writePage(file: string, text: string): void {
  if (existsSync(file) && !isGenerated(file)) return;
  const marked = text.startsWith("<!-- Written by npm") ? text : `${PAGE_NOTICE}\n\n${text}`;
  writeChanged(file, Buffer.from(marked));
}

function writeChanged(file: string, bytes: Buffer): void {
  if (existsSync(file) && readFileSync(file).equals(bytes)) return;
  makeFolder(dirname(file));
  writeFileAtomic(file, bytes);
}

/** Code, in which nothing is a link, or a link. */
const CODE_OR_LINK = /```[\s\S]*?```|`[^`\n]*`|(!?)\[([^\]\n]*)\]\(([^)\s]+)\)/g;

/**
 * The page with its links as seen from its new place. A link to a file of the course that students
 * do not have becomes plain text.
 */
export function rewriteLinks(text: string, from: string, to: string, places: PageSources): string {
  const back = new Map([...places].map(([place, source]) => [source, place]));
  return text.replace(CODE_OR_LINK, (whole, _mark, label: string, target?: string) => {
    if (target === undefined || /^(\w+:|#)/.test(target)) return whole;
    const [path, fragment] = target.split("#") as [string, string?];
    const source = posix.normalize(posix.join(posix.dirname(from), path));
    const place = back.get(source) ?? notebookOf(source);
    if (place === undefined) return label;
    const way = posix.relative(posix.dirname(to), place);
    const end = fragment === undefined ? "" : `#${fragment}`;
    return whole.replace(`(${target})`, `(${way}${end})`);
  });
}

/** A student's copy of a notebook. */
const notebookOf = (source: string) =>
  /^notebooks\/[^/]+\.ipynb$/.test(source) ? basename(source) : undefined;
