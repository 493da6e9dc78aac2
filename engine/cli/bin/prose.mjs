/**
 * Checks the words that people read: spelling by cspell (American, with engine/cli/prose/words.txt) and
 * phrases by textlint (engine/cli/prose/phrases.yml). Both are installed into .local/prose, as
 * engine/cli/prose locks them, so that a student's installation has no need of them.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { lockedPackages } from "../../install/packages.mjs";
import { main, root, run } from "../../install/run.mjs";
import { proseFiles, proseOf } from "./prose-text.mjs";

const PINNED = join(root, "engine", "cli", "prose");
const FOLDER = join(root, ".local", "prose");
const TEXTS = join(FOLDER, "texts");

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
