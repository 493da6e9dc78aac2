/**
 * notebooks/helpers.md: everything that a notebook can import from "course", from the docstrings in
 * engine/course/src. Reading docstrings needs the TypeScript compiler, so the page carries the hash of
 * its sources and is made again only when that changes.
 */
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { compiler, isExported, namesOf, parseSource } from "course/definition";
import { readSource } from "grader/files";
import type TypeScript from "typescript";
import { hashOf } from "../hash.js";
import { GENERATED_NOTICE } from "./overviewPage.js";

type Statement = TypeScript.Statement;

/** A file of the package, as the compiler declares it, and names that notebooks get from it. */
interface Module {
  declarations: string;
  /** The sentence that its source opens with. */
  title: string;
  names: string[];
}
interface Helper {
  name: string;
  /** One for each overload. */
  signatures: string[];
  /** Its docstring without the tags. */
  description: string;
  /** One line for each @param. */
  params: string[];
}

const INTRODUCTION =
  "What a notebook can import from `course`. " +
  "In a notebook, put the cursor on a name and press Shift+Tab to read the same.";

/**
 * The page for the course in `root`.
 * @param written the page as it stands, kept if it is up to date
 * @returns undefined where the folder has no compiled package `course`
 */
export function helpersPage(root: string, written: string | undefined): string | undefined {
  const index = join(root, "engine", "course", "dist", "index.d.ts");
  if (!existsSync(index)) return undefined;
  const modules = exportsOf(index).flatMap(({ from, names }) => modulesOf(root, from, names));
  const stamp = `<!-- ${hashOf(JSON.stringify(modules))} -->`;
  if (written?.includes(stamp)) return written;
  const parts = modules.map((module) => ({ title: module.title, helpers: helpersOf(module) }));
  return [
    `${GENERATED_NOTICE}\n${stamp}`,
    "# Helpers",
    INTRODUCTION,
    tableOf(parts.flatMap(({ helpers }) => helpers)),
    ...parts.flatMap(({ title, helpers }) => [`## ${title}`, ...helpers.map(helperText)]),
  ]
    .join("\n\n")
    .concat("\n");
}

const RE_EXPORT = /^export (?:\*|\{([^}]*)\}) from "([^"]+)";$/gm;
const isName = (name: string) => name !== "" && !name.startsWith("type ");

/** What a module exports from others, types left out. */
const exportsOf = (file: string) =>
  [...readSource(file).matchAll(RE_EXPORT)].map(([, names = "", from]) => ({
    from: join(dirname(file), from!),
    names: names
      .split(",")
      .map((name) => name.trim())
      .filter(isName),
  }));

/** The file that declares the names, or, where it is another package's index, those behind it. */
function modulesOf(root: string, from: string, names: string[]): Module[] {
  const file = `${from}.d.ts`;
  if (existsSync(file)) {
    const declarations = readSource(file);
    const declared = names.filter((name) =>
      new RegExp(`^export declare (function|const) ${name}\\b`, "m").test(declarations),
    );
    return declared.length > 0
      ? [{ declarations, title: openingSentence(file), names: declared }]
      : [];
  }
  const packages = [basename(from), join("engine", basename(from))];
  const index = packages
    .map((folder) => join(root, folder, "dist", "index.d.ts"))
    .find((file) => existsSync(file));
  return index ? exportsOf(index).flatMap((behind) => modulesOf(root, behind.from, names)) : [];
}

/** The first sentence of a source file's opening comment. */
function openingSentence(declarations: string): string {
  const source = declarations.replace(/dist([\\/].*)\.d\.ts$/, "src$1.ts");
  const [, comment = ""] = /^\/\*\*([\s\S]*?)\*\//.exec(readSource(source)) ?? [];
  return firstSentence(comment.replace(/^\s*\* ?/gm, ""));
}

/** Of the first paragraph, without an example after a colon. */
function firstSentence(text: string): string {
  const [paragraph = ""] = text.trim().split(/\n\s*\n/);
  return oneLine(paragraph).split(/\.(?:\s|$)|:$|:(?= \w+\()/)[0]!;
}

function helpersOf({ declarations, names }: Module): Helper[] {
  const statements = parseSource(declarations).statements.filter(isExported);
  return names.map((name) => {
    const own = statements.filter((statement) => namesOf(statement).includes(name));
    const ts = compiler();
    const docs = own.flatMap((s) => ts.getJSDocCommentsAndTags(s).filter(ts.isJSDoc));
    // the comment that opens the file hangs on its first statement as well
    const doc = docs.at(-1);
    const params = [...(doc?.tags ?? [])].filter(ts.isJSDocParameterTag).map((tag) => {
      const text = ts.getTextOfJSDocComment(tag.comment) ?? "";
      return `- \`${tag.name.getText()}\`: ${oneLine(text)}`;
    });
    const description = ts.getTextOfJSDocComment(doc?.comment) ?? "";
    return { name, signatures: own.map(signatureOf), description, params };
  });
}

/** The page in short: each name with its first sentence. */
function tableOf(helpers: Helper[]): string {
  const rows = helpers.map(({ name, description }) => {
    const first = firstSentence(description).replaceAll("|", "\\|");
    return `| [${name}](#${name}) | ${first} |`;
  });
  return ["| helper | what it does |", "| --- | --- |", ...rows].join("\n");
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** `lines(series: { … }[], options?: …): PlotFigure`, on one line if it fits. */
function signatureOf(statement: Statement): string {
  const text = statement
    .getText()
    .replace(/^export declare (async )?(function\*?|const) /, "")
    .replace(/;$/, "");
  const short = oneLine(text).replaceAll("; }", " }");
  return short.length <= 92 ? short : text.replaceAll("    ", "  ");
}

function helperText({ name, signatures, description, params }: Helper): string {
  const code = `\`\`\`ts\n${signatures.join("\n")}\n\`\`\``;
  return [`### ${name}`, code, description, params.join("\n")].filter(Boolean).join("\n\n");
}
