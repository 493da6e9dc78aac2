/** What a person reads of a source file: comments and sentences of code, text of Markdown. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const FOLDERS = [
  "docs",
  "lessons-src",
  "solutions/src",
  "engine/course/src",
  "grader/src",
  "engine/classroom/src",
  "engine/builder/src",
  "engine/cli/src",
];
const FILES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md"];
const SENTENCE = /\p{L}\p{M}*[^\s]* \S+ \S/u; // at least three words

/** The files that people read, relative to the course's folder. */
export function proseFiles(root) {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((file) => `${folder}/${String(file).replaceAll("\\", "/")}`)
      .filter((file) => /\.(md|ts)$/.test(file) && !/\.test\.ts$|testing\.ts$/.test(file)),
  );
  return [...FILES.filter((file) => existsSync(join(root, file))), ...inFolders];
}

/** All but line ends becomes a space. */
const blank = (text) => text.replace(/[^\n]/g, " ");

/** Replaces what matches by spaces, so that lines and columns stay. */
const without = (text, ...patterns) =>
  patterns.reduce((rest, pattern) => rest.replace(pattern, blank), text);

const markdown = (text) =>
  without(
    text,
    /^---\n[\s\S]*?\n---\n/, // front matter
    /^```[\s\S]*?^```/gm,
    /\$\$[\s\S]*?\$\$/g,
    /\$[^$\n]*\$/g,
    /`[^`\n]*`/g,
    /\]\([^)\n]*\)/g,
    /^:::+.*$/gm,
    /https?:\S+/g,
    /\bid=\S+/g,
  );

/** Comments and strings of at least three words; code in backquotes is no prose. */
function code(ts, file, text) {
  const out = blank(text).split("");
  const copy = (from, to) => {
    for (let i = from; i < to; i++) out[i] = text[i];
  };
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const comments = (node) => {
    for (const { pos, end } of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []) {
      copy(pos, end);
    }
  };
  const visit = (node) => {
    comments(node);
    if (ts.isImportDeclaration(node)) return;
    const literal =
      ts.isStringLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isNoSubstitutionTemplateLiteral(node);
    if (literal && SENTENCE.test(node.text) && !insideEdits(ts, node)) {
      copy(node.getStart(), node.end);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return without(out.join(""), /`[^`\n]*`/g, /\\u[0-9a-f]{4}/g, /eslint-disable\S*/g);
}

/** Whether a string is code: the edits of a mutant. */
function insideEdits(ts, node) {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isPropertyAssignment(at)) return at.name.getText() === "edits";
  }
  return false;
}

/** @returns as many lines and columns as the file has, with spaces in place of what is not prose */
export const proseOf = (ts, file, text) =>
  file.endsWith(".md") ? markdown(text) : code(ts, file, text);
