/** The blocks of a lesson that become cells with code or points: code, exercise, given, written. */
import { roleOf, type Block } from "./markdown.js";
import type { CodeCell, Slide } from "./model.js";
import type { Reading } from "./parse.js";
import type { Definition } from "./syntax.js";
import { readText, readTexts } from "./text.js";

const ROLES = ["setup", "demo", "experiment"] as const;
const isRole = (role: string): role is CodeCell["role"] =>
  (ROLES as readonly string[]).includes(role);
/** Functions of course that every notebook with exercises has. */
const ALWAYS = ["check", "progress", "showSolution"];
/**
 * Columns of code that a notebook shows on a laptop; a caption, alone on its line, may be longer.
 */
const COLUMNS = 110;
const isCaption = (text: string): boolean => /^\s*([\w.]+\()?(["`]).*\2[,;)]*$/.test(text);

/** `name=value` settings of an info line; others, unknown and malformed ones are reported. */
function readSettings<T extends string>(
  words: string[],
  known: readonly T[],
  what: string,
  line: number,
  report: Reading["report"],
): Partial<Record<T, string>> {
  const settings: Partial<Record<T, string>> = {};
  for (const word of words) {
    const [, key, value] = /^([a-z]+)=(.+)$/.exec(word) ?? [];
    if (key !== undefined && (known as readonly string[]).includes(key)) {
      settings[key as T] = value!;
    } else {
      report(
        line,
        `${what} has no setting ${word}: ${known.map((k) => `${k}=…`).join(", ")} ` +
          `${known.length > 1 ? "are" : "is"} possible, without spaces around =`,
      );
    }
  }
  return settings;
}

export function readCode(
  block: Block,
  reading: Reading,
  slide?: { slide: Slide; only: boolean },
): void {
  const { report, cells } = reading;
  const line = block.from + 1;
  const role = roleOf(block.info)!;
  const settings = readSettings(
    block.info.split(/\s+/).slice(2),
    ["id"],
    "a code cell",
    line,
    report,
  );
  let code = block.content.replace(/\s+$/, "");
  if (code === "") report(line, "the code cell is empty: write code into it or take it out");
  code.split("\n").forEach((text, i) => {
    if (text.length > COLUMNS && !isCaption(text)) {
      report(
        line + 1 + i,
        `the line of code has ${text.length} characters, and a notebook shows about ` +
          `${COLUMNS}: break it`,
      );
    }
  });
  if (slide) slide.slide.parts.push({ kind: "code", code });
  if (slide?.only) {
    report(
      line,
      "code of a slide that is no part of the notebook cannot run: " +
        "leave its role out, or write :::: slide",
    );
  }
  if (!isRole(role)) {
    report(
      line,
      `there is no role ${role}: write \`\`\`ts setup, demo or experiment, or \`\`\`ts alone ` +
        "for code that is only shown",
    );
    return;
  }
  if (settings.id !== undefined && !/^[a-zA-Z0-9-]{1,64}$/.test(settings.id)) {
    report(
      line,
      `the id ${settings.id} is longer than 64 characters or has others than letters, digits ` +
        "and hyphens: shorten it",
    );
  }
  if (role === "setup") {
    const imported = reading.solutions.importsOf(code, `${reading.folder}:${line}`);
    if (!cells.some((cell) => cell.kind === "code" && cell.role === "setup")) {
      const missing = ALWAYS.filter((name) => !imported.includes(name));
      if (missing.length > 0) code = `import { ${missing.join(", ")} } from "course";\n${code}`;
      if (reading.uses.length > 0) {
        code = `import { ${reading.uses.join(", ")} } from "solutions";\n${code}`;
      }
    }
    imported.forEach((name) => reading.available.add(name));
  }
  const cell: CodeCell = { kind: "code", id: settings.id ?? "", line, role, code };
  if (settings.id === undefined) reading.headings.set(cell, reading.heading);
  cells.push(cell);
  reading.open = undefined;
}

/** A whole number in a range, reported when it is missing or is none. */
function number(
  name: string,
  value: string | undefined,
  low: number,
  high: number,
  block: string,
  line: number,
  report: Reading["report"],
): number {
  const n = Number(value);
  if (value !== undefined && Number.isInteger(n) && n >= low && n <= high) return n;
  report(
    line,
    value === undefined
      ? `${block} has no ${name}: write ${name}=${Math.max(low, 3)} after its name`
      : `${name}=${value} of ${block} is no whole number from ${low} to ${high}: ` +
          `write for example ${name}=${Math.max(low, 3)}`,
  );
  return low;
}

/**
 * The definition, after its needs are checked; undefined and reported when solutions do not have
 * it.
 */
function definition(
  name: string,
  line: number,
  { solutions, available, report }: Reading,
): Definition | undefined {
  const found = solutions.define(name);
  if (!found) {
    report(
      line,
      `solutions have no ${name}: correct the name, or write ` +
        `solutions/src/<group>/${name}.ts and export it from the group's index.ts`,
    );
    return undefined;
  }
  for (const need of found.needs) {
    if (available.has(need.name)) continue;
    report(
      line,
      need.from.startsWith(".")
        ? `${name} needs ${need.name} of ${need.from === "." ? "its own file" : need.from}: ` +
            `add ${need.name} to uses in the head, or put its exercise or given block before this`
        : `${name} needs ${need.name} of ${need.from}: import it in the setup cell before this`,
    );
  }
  return found;
}

export function readExercise(
  block: Block,
  [name = "", ...words]: string[],
  reading: Reading,
): void {
  const { report, cells, solutions } = reading;
  const line = block.from + 1;
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
    report(
      line,
      "the exercise names no function: write :::: exercise layerNorm points=3 difficulty=2 " +
        "minutes=15",
    );
    return;
  }
  const what = `the exercise ${name}`;
  const settings = readSettings(words, ["points", "difficulty", "minutes"], what, line, report);
  const points = number("points", settings.points, 1, 100, what, line, report);
  const difficulty = number("difficulty", settings.difficulty, 1, 5, what, line, report);
  const minutes = number("minutes", settings.minutes, 1, 600, what, line, report);
  const statement = readTexts(
    block.inner.filter((b) => isText(b, what, report)),
    reading,
  );
  const hints = block.inner
    .filter((b) => b.type === "container" && b.info === "hint")
    .map((b) =>
      readTexts(
        b.inner.filter((i) => isText(i, "a hint", report)),
        reading,
      ),
    );
  if (statement.markdown === "") {
    report(line, `${what} says nothing: write above its hints what the function is to do`);
  }
  if (hints.length === 0) {
    report(line, `${what} has no hint: write ::: hint, a question that helps, and ::: into it`);
  }
  if (hints.some((h) => h.markdown === "")) {
    report(line, `${what} has an empty hint: write into it or take it out`);
  }
  const found = definition(name, line, reading);
  if (found?.noStub) {
    report(
      line,
      `${name} has no body to leave to the student: ` +
        `${found.noStub} in its file in solutions, or show it ready with ::: given ${name}`,
    );
  }
  if (found && !solutions.hasExercise(name)) {
    report(
      line,
      `${what} has no check: write ${name}.exercise.ts beside ${name}.ts in solutions/src/<group>`,
    );
  }
  cells.push({
    kind: "exercise",
    id: name,
    line,
    name,
    points,
    difficulty,
    minutes,
    statement: statement.notebook,
    hints: hints.map((h) => h.notebook),
    pictures: [...new Set([statement, ...hints].flatMap((t) => t.pictures))],
    stub: found?.stub ?? "",
    solution: found?.code ?? "",
  });
  [name, ...(found?.brings ?? [])].forEach((n) => reading.available.add(n));
  reading.open = undefined;
}

/**
 * Whether a block is text that may stand in `what`; a hint is dealt with elsewhere, all else is
 * reported.
 */
function isText(block: Block, what: string, report: Reading["report"]): boolean {
  const isCell = block.type === "fence" && roleOf(block.info) !== undefined;
  if (isCell) {
    report(
      block.from + 1,
      `${what} cannot hold a code cell: leave the role out, or move the cell behind the ` +
        "block's end",
    );
  }
  if (block.type === "figure") {
    report(block.from + 1, `${what} cannot hold the figure of a cell: only slides can`);
  }
  if (block.type === "container" && !(block.info === "hint" && what.startsWith("the exercise"))) {
    report(
      block.from + 1,
      `${what} cannot hold the block ${block.info.split(/\s/)[0]}: ` +
        "close the block before it, an outer one has more colons than its inner ones",
    );
  }
  return !isCell && block.type !== "container" && block.type !== "figure";
}

export function readGiven(block: Block, [name = "", ...words]: string[], reading: Reading): void {
  const line = block.from + 1;
  if (name === "" || words.length > 0) {
    reading.report(line, "a given block has one name and nothing else: write ::: given gelu");
  }
  for (const inner of block.inner) {
    if (!isText(inner, `the given block ${name}`, reading.report)) continue;
    const { notebook, pictures } = readText(inner, reading);
    if (reading.open) {
      reading.open.markdown += `\n\n${notebook}`;
      reading.open.pictures.push(...pictures);
    } else {
      reading.open = { kind: "text", id: "", line: inner.from + 1, markdown: notebook, pictures };
      reading.headings.set(reading.open, reading.heading);
      reading.cells.push(reading.open);
    }
  }
  const found = name === "" ? undefined : definition(name, line, reading);
  if (found) reading.cells.push({ kind: "given", id: name, line, name, code: found.code });
  [name, ...(found?.brings ?? [])].forEach((n) => reading.available.add(n));
  reading.open = undefined;
}

export function readWritten(block: Block, [name = "", ...words]: string[], reading: Reading): void {
  const { report, cells } = reading;
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
  const settings = readSettings(words, ["points"], what, line, report);
  const points = number("points", settings.points, 1, 100, what, line, report);
  const question = readTexts(
    block.inner.filter((b) => isText(b, what, report)),
    reading,
  );
  if (question.markdown === "") {
    report(line, `${what} asks nothing: write the question into its block`);
  }
  cells.push({
    kind: "written",
    id: name,
    line,
    name,
    points,
    question: question.notebook,
    pictures: question.pictures,
  });
  reading.open = undefined;
}
