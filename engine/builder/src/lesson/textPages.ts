/**
 * Pages of text alone, lessons-src/pages/*.md: what a course says beside its lessons. Each becomes
 * notebooks/NAME.md and the site's NAME.html; the last lesson leads on to the first of them.
 */
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { paths, readSource } from "grader/files";
import { GENERATED_NOTICE } from "./overviewPage.js";
import { LessonError } from "./parseContext.js";

export interface TextPage {
  /** The file's name without its ending. */
  name: string;
  /** Its first heading. */
  title: string;
  markdown: string;
}

/** What a build writes under these names itself. */
const TAKEN = ["README", "helpers"];

/**
 * The pages in alphabetical order; none where a course has no folder for them.
 * @param lessons the ids of all lessons, to which a page may link
 * @throws LessonError for a page without a title, with a name that is taken, or with a link to a
 * lesson or page that isn't there
 */
export function readTextPages(root: string, lessons: string[]): TextPage[] {
  const names = pageNames(root);
  const known = new Set([
    ...lessons.map((id) => `${id}.ipynb`),
    ...[...TAKEN, ...names].map((name) => `${name}.md`),
  ]);
  return names.map((name) => readTextPage(root, name, known));
}

/** The title of the page that follows the last lesson, with its file in notebooks/. */
export function firstTextPage(root: string): { file: string; title: string } | undefined {
  const [name] = pageNames(root);
  if (name === undefined) return undefined;
  return { file: `${name}.md`, title: titleOf(readSource(fileOf(root, name))) ?? name };
}

/** What stands in notebooks/. */
export const builtPage = ({ markdown }: TextPage): string => `${GENERATED_NOTICE}\n\n${markdown}`;

const folderOf = (root: string) => join(paths(root).lessons, "pages");
const fileOf = (root: string, name: string) => join(folderOf(root), `${name}.md`);

function pageNames(root: string): string[] {
  const folder = folderOf(root);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files
    .filter((file) => file.endsWith(".md"))
    .map((file) => basename(file, ".md"))
    .sort();
}

const titleOf = (markdown: string) => /^# (.+)$/m.exec(markdown)?.[1]!.trim();

function readTextPage(root: string, name: string, known: Set<string>): TextPage {
  const markdown = readSource(fileOf(root, name));
  const title = titleOf(markdown);
  const problems = brokenLinks(markdown, known);
  if (TAKEN.includes(name)) {
    problems.push({ line: 1, message: `a build writes ${name}.md itself: choose another name` });
  }
  if (title === undefined || !markdown.startsWith("# ")) {
    problems.push({ line: 1, message: 'begin the page with its title, "# What comes after"' });
  }
  if (problems.length > 0) throw new LessonError(`lessons-src/pages/${name}.md`, problems);
  return { name, title: title!, markdown };
}

const LOCAL_LINK = /\]\(([\w-]+\.(?:ipynb|md))(?:#[^)]*)?\)/g;

function brokenLinks(markdown: string, known: Set<string>) {
  return markdown.split("\n").flatMap((text, i) =>
    [...text.matchAll(LOCAL_LINK)]
      .filter(([, target]) => !known.has(target!))
      .map(([, target]) => ({
        line: i + 1,
        message: `the course has no ${target}: link to a lesson's notebook or to a page beside it`,
      })),
  );
}
