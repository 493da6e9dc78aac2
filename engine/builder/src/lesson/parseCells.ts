/** The blocks of a lesson that become cells: `:::` exercise, given and written, and code. */
import type { Fold } from "grader/files";
import { type Block, roleOf } from "./markdown.js";
import type { CodeCell } from "./model.js";
import {
  appendText,
  IDENTIFIER,
  numberSetting,
  type ParseContext,
  readSettings,
  type ReportProblem,
  type SettingsOwner,
  type SlideContext,
} from "./parseContext.js";
import { mayUseText } from "./solutions.js";
import type { Definition } from "./syntax.js";
import { parseText, parseTexts, type Text } from "./text.js";

const EXERCISE_SETTINGS = ["points", "difficulty", "minutes", "uses"] as const;

/** Reads an exercise: settings, statement, hints, and its definition in solutions. */
export function parseExercise(
  block: Block,
  [name = "", ...words]: string[],
  context: ParseContext,
): void {
  const { report, cells } = context;
  const line = block.from + 1;
  if (!IDENTIFIER.test(name)) {
    report(
      line,
      "the exercise names no function: write :::: exercise layerNorm points=3 difficulty=2 " +
        "minutes=15",
    );
    return;
  }
  const what = `the exercise ${name}`;
  const owner: SettingsOwner = { description: what, line, report };
  const settings = readSettings(words, EXERCISE_SETTINGS, owner);
  const points = numberSetting("points", settings.points, [1, 100], owner);
  const difficulty = numberSetting("difficulty", settings.difficulty, [1, 5], owner);
  const minutes = numberSetting("minutes", settings.minutes, [1, 600], owner);
  const statement = textIn(block, what, context);
  const hints = block.inner.filter(isHint).map((hint) => textIn(hint, "a hint", context));
  checkExerciseTexts(statement, hints, what, line, report);
  const found = requireDefinition(name, line, context);
  if (found) checkExerciseDefinition(name, found, line, context);
  cells.push({
    kind: "exercise",
    id: name,
    line,
    name,
    points,
    difficulty,
    minutes,
    statement: statement.notebook,
    mayUse: found ? mayUseIn(found, settings.uses, owner, context) : "",
    hints: hints.map((h) => h.notebook),
    pictures: [...new Set([statement, ...hints].flatMap((t) => t.pictures))],
    stub: found?.stub ?? "",
    checks: found?.checks ?? [],
    solution: found?.code ?? "",
  });
  context.openText = undefined;
}

const mayUseIn = (
  found: Definition,
  uses: string | undefined,
  owner: SettingsOwner,
  context: ParseContext,
) =>
  mayUseText(
    found,
    allowedNames(found, uses, owner, context),
    context.solutions,
    context.explained,
  );

/** The names in `uses=linear,gelu`; without it, what the solution's body takes from solutions. */
function allowedNames(
  { dependencies, answerDependencies }: Definition,
  uses: string | undefined,
  { description, line, report }: SettingsOwner,
  { available }: ParseContext,
): string[] {
  if (uses === undefined) {
    const own = dependencies.filter(({ from }) => from.startsWith(".")).map(({ name }) => name);
    return answerDependencies.filter((name) => own.includes(name));
  }
  const names = uses.split(",");
  for (const name of names) {
    if (available.has(name)) continue;
    report(
      line,
      `${description} offers ${name}, which the notebook doesn't have there: add it to uses`,
    );
  }
  return names;
}

function checkExerciseTexts(
  statement: Text,
  hints: Text[],
  what: string,
  line: number,
  report: ReportProblem,
): void {
  if (statement.markdown === "") {
    report(line, `${what} has no statement: write above its hints what the function should do`);
  }
  if (hints.length === 0) {
    report(line, `${what} has no hint: write ::: hint, a question that helps, and ::: into it`);
  }
  if (hints.some((h) => h.markdown === "")) {
    report(line, `${what} has an empty hint: write into it or take it out`);
  }
}

function checkExerciseDefinition(
  name: string,
  found: Definition,
  line: number,
  { report, solutions }: ParseContext,
): void {
  if (found.noStubReason) {
    report(
      line,
      `${name} has no body to leave to the student: ` +
        `${found.noStubReason} in its file in solutions, or show it ready with ::: given ${name}`,
    );
  }
  if (!solutions.hasExercise(name)) {
    report(
      line,
      `the exercise ${name} has no check: ` +
        `write ${name}.exercise.ts beside ${name}.ts in solutions/src/<group>`,
    );
  }
}

/** Reads a given block: its text, then a definition that students get ready-made. */
export function parseGiven(
  block: Block,
  [name = "", ...words]: string[],
  context: ParseContext,
): void {
  const line = block.from + 1;
  const folded = words[0] === "fold=yes";
  if (name === "" || words.length > (folded ? 1 : 0)) {
    context.report(
      line,
      "a given block has one name and at most fold=yes after it: write ::: given gelu",
    );
  }
  for (const inner of block.inner) {
    if (!isText(inner, `the given block ${name}`, context.report)) continue;
    appendText(context, inner.from + 1, parseText(inner, context));
  }
  const found = name === "" ? undefined : requireDefinition(name, line, context);
  const fold = folded ? { fold: "prepares" as const } : {};
  if (found) {
    const { code, codeChecks: checks } = found;
    context.cells.push({ kind: "given", id: name, line, name, code, checks, ...fold });
  }
  context.openText = undefined;
}

/** Reads a question that a person marks. */
export function parseWritten(
  block: Block,
  [name = "", ...words]: string[],
  context: ParseContext,
): void {
  const { report, cells } = context;
  const line = block.from + 1;
  if (!/^[a-zA-Z][a-zA-Z0-9-]{0,50}$/.test(name)) {
    report(
      line,
      "the question has no name: write ::: written why-scale points=2, the name with " +
        "letters, digits and hyphens",
    );
    return;
  }
  const what = `the question ${name}`;
  const owner = { description: what, line, report };
  const settings = readSettings(words, ["points"], owner);
  const points = numberSetting("points", settings.points, [1, 100], owner);
  const question = textIn(block, what, context);
  if (question.markdown === "") {
    report(line, `${what} asks nothing: write the question into its block`);
  }
  const { notebook, pictures } = question;
  cells.push({ kind: "written", id: name, line, name, points, question: notebook, pictures });
  context.openText = undefined;
}

/**
 * Finds a definition in solutions and reports each dependency that the notebook doesn't have yet.
 * From here on, the names that the definition declares are available.
 */
function requireDefinition(
  name: string,
  line: number,
  context: ParseContext,
): Definition | undefined {
  const { solutions, available, report } = context;
  const found = solutions.find(name);
  if (found) {
    for (const dependency of found.dependencies) {
      if (!available.has(dependency.name)) reportDependency(name, dependency, line, report);
    }
  } else {
    report(
      line,
      `solutions have no ${name}: correct the name, or write ` +
        `solutions/src/<group>/${name}.ts and export it from the group's index.ts`,
    );
  }
  for (const defined of [name, ...(found?.alsoDefines ?? [])]) available.add(defined);
  return found;
}

function reportDependency(
  name: string,
  dependency: Definition["dependencies"][0],
  line: number,
  report: ReportProblem,
) {
  const isOwn = dependency.from.startsWith(".");
  const from = dependency.from === "." ? "its own file" : dependency.from;
  const remedy = isOwn
    ? `add ${dependency.name} to uses in the head, or put its exercise or given block before this`
    : "import it in the setup cell before this";
  report(line, `${name} needs ${dependency.name} from ${from}: ${remedy}`);
}

const isHint = (block: Block) => block.type === "container" && block.info === "hint";

/** Reads the text inside a block, and reports other blocks in it, except hints in an exercise. */
function textIn(block: Block, what: string, context: ParseContext): Text {
  const blocks = block.inner.filter((inner) => isText(inner, what, context.report));
  return parseTexts(blocks, context);
}

/**
 * Whether a block is text. Reports blocks that `what` can't hold. Hints in an exercise aren't text
 * either, but parseExercise reads them on its own.
 */
function isText(block: Block, what: string, report: ReportProblem): boolean {
  const line = block.from + 1;
  if (block.type === "fence" && roleOf(block.info) !== undefined) {
    report(
      line,
      `${what} cannot hold a code cell: leave the role out, or move the cell after the block's end`,
    );
    return false;
  }
  if (block.type === "figure") {
    report(line, `${what} cannot hold the figure of a cell: only slides can`);
    return false;
  }
  if (block.type !== "container") return true;
  if (isHint(block) && what.startsWith("the exercise")) return false;
  report(
    line,
    `${what} cannot hold the block ${block.info.split(/\s/)[0]}: ` +
      "close the block before it; an outer block has more colons than its inner ones",
  );
  return false;
}

// Code cells: fences of `ts setup`, `ts demo` and `ts experiment`

const ROLES = ["setup", "demo", "experiment"] as const;
const isRole = (role: string): role is CodeCell["role"] =>
  (ROLES as readonly string[]).includes(role);

/** Functions of the package `course` that the first setup cell always imports. */
const COURSE_IMPORTS = ["check", "progress", "showSolution"];

/** A notebook on a laptop shows about this many columns. A caption alone on its line may be longer. */
const MAX_CODE_COLUMNS = 110;
const isCaption = (text: string): boolean =>
  /^\s*((?:await )?[\w.]+\()?(["`]).*\2[,;)]*$/.test(text);

/** Reads a code cell; on a slide, the slide shows its code as well. */
export function parseCode(block: Block, context: ParseContext, slideContext?: SlideContext): void {
  const { report, cells } = context;
  const line = block.from + 1;
  const words = block.info.split(/\s+/).slice(2);
  if (roleOf(block.info) === "claim") return parseClaim(block, words, context, slideContext);
  const owner = { description: "a code cell", line, report };
  const { id = "", fold: foldSetting } = readSettings(words, ["id", "fold"], owner);
  const written = block.content.replace(/\s+$/, "");
  checkCode(written, line, report);
  if (slideContext) slideContext.slide.parts.push({ kind: "code", code: written });
  if (slideContext?.slideOnly) {
    report(
      line,
      "code of a slide that is not part of the notebook cannot run: " +
        "leave its role out, or write :::: slide",
    );
  }
  const role = roleOf(block.info)!;
  if (!isRole(role)) {
    report(
      line,
      `there is no role ${role}: write \`\`\`ts setup, demo, experiment or claim, or \`\`\`ts ` +
        "alone for code that is only shown",
    );
    return;
  }
  checkCellId(id, line, report);
  const code = role === "setup" ? setupCode(written, line, context) : written;
  checkFold(foldSetting, line, report);
  const fold = foldOf(role, code, isFoldSetting(foldSetting) ? foldSetting : undefined);
  const cell: CodeCell = { kind: "code", id, line, role, code, ...(fold ? { fold } : {}) };
  if (id === "") context.headings.set(cell, context.currentHeading);
  cells.push(cell);
  context.openText = undefined;
}

/** Reads the checks of a claim, which make no cell and leave the text around them in one piece. */
function parseClaim(
  block: Block,
  words: string[],
  { report, claims, cells }: ParseContext,
  slideContext?: SlideContext,
): void {
  const line = block.from + 1;
  const { when } = readSettings(words, ["when"], { description: "a claim", line, report });
  const code = block.content.replace(/\s+$/, "");
  checkCode(code, line, report);
  if (slideContext) report(line, "a slide cannot hold a claim: move it after the slide's end");
  claims.push({ line, code, after: cells.at(-1), ...(when ? { when } : {}) });
}

function checkCode(code: string, line: number, report: ReportProblem): void {
  if (code === "") report(line, "the code cell is empty: write code into it or take it out");
  code.split("\n").forEach((text, i) => {
    if (text.length <= MAX_CODE_COLUMNS || isCaption(text)) return;
    report(
      line + 1 + i,
      `the line of code has ${text.length} characters, and a notebook shows about ${MAX_CODE_COLUMNS}: ` +
        "break it",
    );
  });
}

const isFoldSetting = (setting: string | undefined) => setting === "yes" || setting === "no";

function checkFold(foldSetting: string | undefined, line: number, report: ReportProblem): void {
  if (foldSetting === undefined || isFoldSetting(foldSetting)) return;
  report(line, `fold=${foldSetting} says neither yes nor no: write fold=yes or fold=no`);
}

function checkCellId(id: string, line: number, report: ReportProblem): void {
  if (/^[a-zA-Z0-9-]{0,64}$/.test(id)) return;
  report(
    line,
    `the id ${id} is longer than 64 characters or has characters other than letters, digits ` +
      "and hyphens: shorten it",
  );
}

/** The code with the imports that the first setup cell gets: the head's `uses`, and COURSE_IMPORTS. */
function setupCode(code: string, line: number, context: ParseContext): string {
  const { cells, uses, solutions, available } = context;
  const imported = solutions.importsOf(code, `${context.folder}:${line}`);
  imported.forEach((name) => available.add(name));
  if (cells.some((cell) => cell.kind === "code" && cell.role === "setup")) return code;
  const missing = COURSE_IMPORTS.filter((name) => !imported.includes(name));
  const imports = [importLine(uses, "solutions"), importLine(missing, "course")];
  return [...imports, code].filter((part) => part !== undefined).join("\n");
}

const importLine = (names: string[], from: string): string | undefined =>
  names.length > 0 ? `import { ${names.join(", ")} } from "${from}";` : undefined;

const DRAWS = /^\s*(?:show|progress|await (?:control|guess))\(/m;
const TRAINS = /\bsteps\(/;

/**
 * Why a notebook shows a cell's code folded, so that students first read text, picture and exercise.
 * Without a setting, setup cells fold, and so do cells that show a figure and train nothing.
 * @param setting the author's `fold=`
 * @returns undefined for code that stays open
 */
export function foldOf(
  role: CodeCell["role"],
  code: string,
  setting: "yes" | "no" | undefined,
): Fold | undefined {
  if (setting === "no") return undefined;
  if (role === "setup") return "setup";
  const draws = DRAWS.test(code);
  if (draws && (setting === "yes" || !TRAINS.test(code))) return "draws";
  return setting === "yes" ? "prepares" : undefined;
}
