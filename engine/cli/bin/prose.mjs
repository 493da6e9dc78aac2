/**
 * Checks the words that people read: spelling by cspell (American, with engine/cli/prose/words.txt) and
 * phrases by textlint (engine/cli/prose/phrases.yml). Both are installed into .local/prose, as
 * engine/cli/prose locks them, so that a student's installation has no need of them.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { lockedPackages } from "../../install/packages.mjs";
import { main, root, run } from "../../install/run.mjs";

const PINNED = join(root, "engine", "cli", "prose");
const FOLDER = join(root, ".local", "prose");
const TEXTS = join(FOLDER, "texts");

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
function proseFiles(root) {
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
const proseOf = (ts, file, text) => (file.endsWith(".md") ? markdown(text) : code(ts, file, text));

/** What people read of each file, at its own lines and columns: { file, text }. */
function extract(ts) {
  rmSync(TEXTS, { recursive: true, force: true });
  return proseFiles(root).map((file) => {
    const text = proseOf(ts, file, readFileSync(join(root, file), "utf8"));
    const to = join(TEXTS, `${file}.txt`);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
    return { file, text };
  });
}

/** @returns a line for each word that no dictionary holds */
async function misspelled() {
  const cspell = join(FOLDER, "node_modules", "cspell", "bin.mjs");
  const config = join(PINNED, "cspell.json");
  const flags = ["--no-progress", "--no-summary", "--no-color", "--no-gitignore", "--dot"];
  const { output } = await run(
    process.execPath,
    [cspell, "lint", "-c", config, ...flags, "**/*.txt"],
    { cwd: TEXTS },
  );
  return output
    .split("\n")
    .filter((line) => line.includes("Unknown word"))
    .map((line) => line.replace(/^\.?\/?/, "").replace(".txt:", ":"));
}

/** @returns a line for each phrase of engine/cli/prose/phrases.yml */
async function phrases(texts) {
  const require = createRequire(join(FOLDER, "package.json"));
  const { createLinter } = require("textlint");
  const { TextlintKernelDescriptor } = require("@textlint/kernel");
  const plain = (name) => require(name).default ?? require(name);
  const descriptor = new TextlintKernelDescriptor({
    rules: [
      {
        ruleId: "phrases",
        rule: plain("textlint-rule-prh"),
        options: { rulePaths: [join(PINNED, "phrases.yml")] },
      },
    ],
    plugins: [{ pluginId: "text", plugin: plain("@textlint/textlint-plugin-text"), options: true }],
    filterRules: [],
  });
  const linter = createLinter({ descriptor });
  const found = [];
  for (const { file, text } of texts) {
    const { messages } = await linter.lintText(text, join(TEXTS, `${file}.txt`));
    for (const { line, column, message } of messages) {
      found.push(`${file}:${line}:${column} - ${message.replace("\n", ": ")}`);
    }
  }
  return found;
}

await main(async () => {
  await lockedPackages("prose", PINNED, "cspell and textlint");
  const typescript = pathToFileURL(join(root, "node_modules/typescript/lib/typescript.js")).href;
  const { default: ts } = await import(typescript);
  const texts = extract(ts);
  const found = [...(await misspelled()), ...(await phrases(texts))];
  found.forEach((line) => console.error(line));
  const where = relative(root, PINNED);
  console.log(
    found.length === 0
      ? `${texts.length} files read as they should`
      : `${found.length} words or phrases: mend them, or add a term of the field to ` +
          `${where}/words.txt`,
  );
  return found.length > 0 ? 1 : 0;
});
