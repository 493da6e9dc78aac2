/**
 * lessons-src/site.md, the words of the landing page: a head that names its figure and its foot, a
 * lead, and sections below the map of the lessons. A course without it gets a plainer page.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readSource } from "grader/files";
import { parse } from "yaml";

export interface Cover {
  /** Markdown: what stands below the title. */
  lead: string;
  /** Markdown: what stands below the map, from the first heading on. */
  sections: string;
  /** The figure: a lesson and a cell of it. */
  figure?: { lesson: string; cell: string };
  /** What stands at the foot of each page. */
  foot: string;
}

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
  const [, lesson, cell] = /^([\w-]+)#([\w-]+)$/.exec(figure) ?? [];
  if (lesson !== undefined && cell !== undefined) return { lesson, cell };
  throw new Error(
    `${NAME}:2: the figure ${figure} is not a lesson and a cell: write \`06-attention#masks\``,
  );
}
