/** Reads what a site is made from: lessons, their solved notebooks' outputs, and site.md. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { paths, readSource } from "grader/files";
import { parse } from "yaml";
import { readLessons } from "../lesson/lessons.js";
import type { Citation, Cover, SiteLesson } from "./model.js";
import { outputsOf } from "./outputs.js";

/** @throws one sentence that names every lesson without a solved notebook, and what to do */
export function readSiteLessons(root: string): SiteLesson[] {
  const lessons = readLessons(root);
  const solved = join(paths(root).written, "solved");
  const fileOf = (id: string) => join(solved, `${id}.ipynb`);
  const missing = lessons.map(({ id }) => id).filter((id) => !existsSync(fileOf(id)));
  if (missing.length > 0) {
    const verb = missing.length === 1 ? "is" : "are";
    throw new Error(
      `${missing.join(", ")} ${verb} not solved yet, and pages show what solved notebooks drew: ` +
        "run npx course solve, then try again",
    );
  }
  return lessons.map((lesson) => ({ lesson, outputs: readOutputs(fileOf(lesson.id), lesson.id) }));
}

function readOutputs(file: string, id: string) {
  try {
    return outputsOf(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const remedy = `make it again with npx course solve ${id} --again`;
    throw new Error(`${file} is not a notebook: ${remedy}`, { cause: error });
  }
}

const SYNONYMS = "synonyms.json";

/**
 * Words that readers search for and lessons call something else, in lessons-src/synonyms.json.
 * @throws with the remedy when the file can't be read
 */
export function readSynonyms(lessonsFolder: string): Record<string, string[]> {
  const file = join(lessonsFolder, SYNONYMS);
  if (!existsSync(file)) return {};
  const found = jsonOf(readSource(file));
  const isText = (value: unknown): value is string => typeof value === "string";
  const isEntry = ([word, others]: [string, unknown]) =>
    word === word.toLowerCase() && Array.isArray(others) && others.every(isText);
  if (typeof found === "object" && found !== null && Object.entries(found).every(isEntry)) {
    return found as Record<string, string[]>;
  }
  throw new Error(
    `lessons-src/${SYNONYMS}: expected words in small letters, { "attn": ["attention"] }`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What CITATION.cff says, where there is one.
 * @throws with the remedy when it can't be read
 */
export function readCitation(root: string): Citation | undefined {
  const file = join(root, "CITATION.cff");
  if (!existsSync(file)) return undefined;
  const fields = parse(readSource(file)) as Record<string, unknown> | null;
  const authors = (Array.isArray(fields?.authors) ? fields.authors : []).map(authorName);
  if (typeof fields?.title !== "string" || authors.length === 0 || authors.includes("")) {
    throw new Error("CITATION.cff: expected a title and authors, each with a name");
  }
  const date = fields["date-released"];
  return {
    title: fields.title,
    authors,
    version: String(fields.version ?? ""),
    ...(date === undefined ? {} : { date: String(date).slice(0, 10) }),
  };
}

function authorName(author: unknown): string {
  const names = (author ?? {}) as Record<string, unknown>;
  const parts = [names.name ?? names["given-names"], names["family-names"]];
  return parts.filter((part) => typeof part === "string").join(" ");
}

// lessons-src/site.md, the words of the landing page: a head that names its figure and the pages' footer,
// a lead, and sections that go below the map of the lessons. A course without it gets a plainer page.

const NAME = "lessons-src/site.md";

/** @throws with the remedy when its head can't be read */
export function readCover(lessonsFolder: string, description = ""): Cover {
  const file = join(lessonsFolder, "site.md");
  if (!existsSync(file)) return { lead: description, sections: "", foot: "" };
  const [, yaml, text] = /^---\n(.*?)\n---\n(.*)$/s.exec(readSource(file)) ?? [];
  if (yaml === undefined || text === undefined) {
    throw new Error(`${NAME}:1: the head is missing: begin with ---, figure and foot, and ---`);
  }
  const { figure, foot } = headOf(yaml);
  const at = text.search(/^## /m);
  const lead = at < 0 ? text : text.slice(0, at);
  const sections = at < 0 ? "" : text.slice(at);
  return { lead: lead.trim(), sections: sections.trim(), foot, figure: figureOf(figure) };
}

function headOf(yaml: string): { figure: string; foot: string } {
  const fields = parse(yaml) as unknown;
  const { figure = "", foot = "" } = (fields ?? {}) as { figure?: unknown; foot?: unknown };
  if (typeof figure === "string" && typeof foot === "string") return { figure, foot };
  throw new Error(`${NAME}:1: figure and foot are texts: write \`figure: 06-attention#masks\``);
}

function figureOf(figure: string): Cover["figure"] {
  if (figure === "") return undefined;
  const [, lesson, cell, example] = /^([\w-]+)#([\w-]+)(?:\/([1-9]\d*))?$/.exec(figure) ?? [];
  if (lesson !== undefined && cell !== undefined) {
    return { lesson, cell, ...(example ? { start: Number(example) - 1 } : {}) };
  }
  throw new Error(
    `${NAME}:2: the figure ${figure} is not a lesson and a cell: ` +
      "write `06-attention#masks`, or `06-attention#masks/2` to begin with its second example",
  );
}
