/** What a site is made from, and what is made: plain data between the parts of `course site`. */
import type { ComponentMap } from "../lesson/componentMap.js";
import type { Course } from "../lesson/lessons.js";
import type { Lesson } from "../lesson/model.js";
import type { TextPage } from "../lesson/textPages.js";
import type { Outputs } from "./outputs.js";

/** A lesson, and what its solved notebook shows. */
export interface SiteLesson {
  lesson: Lesson;
  /** By cell id. */
  outputs: Outputs;
}

/** The words of the landing page, from lessons-src/site.md. */
export interface Cover {
  /** Markdown: what stands below the title. */
  lead: string;
  /** Markdown: what stands below the map, from the first heading on. */
  sections: string;
  /** The figure: a lesson, a cell of it, and the index of the example that a control starts with. */
  figure?: { lesson: string; cell: string; start?: number };
  /** What stands at the foot of each page. */
  foot: string;
}

/** What the course's CITATION.cff says. */
export interface Citation {
  title: string;
  authors: string[];
  version: string;
  /** "2026-11-28", where the file names a date. */
  date?: string;
}

export interface Site {
  course: Course;
  /** The drawing of the course's components, where it has one. */
  componentMap?: ComponentMap;
  lessons: SiteLesson[];
  /** The text of the landing page; the course's description where it has none. */
  cover: Cover;
  /** By a word that readers may search for: words that the lessons use for it. */
  synonyms: Record<string, string[]>;
  /** notebooks/helpers.md, where the course has helpers. */
  helpers?: string;
  /** What the course says beside its lessons. */
  textPages: TextPage[];
  /** The path at which a host serves the site: "/" or "/course/". */
  base: string;
  /** The whole address, "https://example.org/course/", where it is known. */
  url?: string;
  /** How to cite the course, where CITATION.cff says so. */
  citation?: Citation;
  /** Whether pages show the answers of exercises. */
  solutions: boolean;
  /** Whether the site has notebooks that run, in run/. */
  canRun: boolean;
  /** Assets' names with a hash of what they hold, so that no browser takes an old one. */
  asset(name: string): string;
}

/** Files of a site by their path in it. */
export type Files = Map<string, string | Buffer>;

/** A part of a page that search finds. */
export interface Section {
  /** The page and its anchor. */
  href: string;
  /** The page's title: "06 Attention". */
  page: string;
  /** The heading above the text; the page's title again where there is none. */
  heading: string;
  text: string;
}

/** "06" of "06-attention"; nothing where an id has no number. */
export const numberOf = ({ id }: { id: string }): string => /^\d+/.exec(id)?.[0] ?? "";

/** A lesson's name as people say it: "06 Attention". */
export const nameOf = ({ id, title }: { id: string; title: string }): string =>
  `${numberOf({ id })} ${title}`.trim();
