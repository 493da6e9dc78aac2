/** The `:::` blocks of a lesson that become cells: exercise, given and written. */
import { roleOf, type Block } from "./markdown.js";
import type { Report } from "./problems.js";
import { offerOf } from "./offer.js";
import { addToText, IDENTIFIER, type Reading } from "./reading.js";
import { numberSetting, readSettings, type Place } from "./settings.js";
import type { Definition } from "./syntax.js";
import { readText, readTexts, type Text } from "./text.js";

const EXERCISE_SETTINGS = ["points", "difficulty", "minutes", "uses"] as const;

export function readExercise(
  block: Block,
  [name = "", ...words]: string[],
  reading: Reading,
): void {
  const { report, cells } = reading;
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
  const place = { what, line, report };
  const settings = readSettings(words, EXERCISE_SETTINGS, place);
  const points = numberSetting("points", settings.points, [1, 100], place);
  const difficulty = numberSetting("difficulty", settings.difficulty, [1, 5], place);
  const minutes = numberSetting("minutes", settings.minutes, [1, 600], place);
  const statement = textIn(block, what, reading);
  const hints = block.inner.filter(isHint).map((hint) => textIn(hint, "a hint", reading));
  checkExerciseTexts(statement, hints, what, line, report);
  const found = define(name, line, reading);
  if (found) checkExerciseDefinition(name, found, line, reading);
  cells.push({
    kind: "exercise",
    id: name,
    line,
    name,
    points,
    difficulty,
    minutes,
    statement: statement.notebook,
    offer: found ? offerIn(found, settings.uses, place, reading) : "",
    hints: hints.map((h) => h.notebook),
    pictures: [...new Set([statement, ...hints].flatMap((t) => t.pictures))],
    stub: found?.stub ?? "",
    checks: found?.checks ?? [],
    solution: found?.code ?? "",
  });
  reading.open = undefined;
}

const offerIn = (found: Definition, uses: string | undefined, place: Place, reading: Reading) =>
  offerOf(found, offeredNames(found, uses, place, reading), reading.solutions);

/** Names from `uses=linear,gelu`; without it, what the solution's answer takes from solutions. */
function offeredNames(
  { needs, answerNeeds }: Definition,
  uses: string | undefined,
  { what, line, report }: Place,
  { available }: Reading,
): string[] {
  if (uses === undefined) {
    const ours = needs.filter(({ from }) => from.startsWith(".")).map(({ name }) => name);
    return answerNeeds.filter((name) => ours.includes(name));
  }
  const names = uses.split(",");
  for (const name of names) {
    if (available.has(name)) continue;
    report(line, `${what} offers ${name}, which the notebook doesn't have there: add it to uses`);
  }
  return names;
}

function checkExerciseTexts(
  statement: Text,
  hints: Text[],
  what: string,
  line: number,
  report: Report,
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
  { report, solutions }: Reading,
): void {
  if (found.noStub) {
    report(
      line,
      `${name} has no body to leave to the student: ` +
        `${found.noStub} in its file in solutions, or show it ready with ::: given ${name}`,
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

/** A definition shown ready, after the text of its block. */
export function readGiven(block: Block, [name = "", ...words]: string[], reading: Reading): void {
  const line = block.from + 1;
  const folded = words[0] === "fold=yes";
  if (name === "" || words.length > (folded ? 1 : 0)) {
    reading.report(
      line,
      "a given block has one name and at most fold=yes after it: write ::: given gelu",
    );
  }
  for (const inner of block.inner) {
    if (!isText(inner, `the given block ${name}`, reading.report)) continue;
    addToText(reading, inner.from + 1, readText(inner, reading));
  }
  const found = name === "" ? undefined : define(name, line, reading);
  const fold = folded ? { fold: "prepares" as const } : {};
  if (found) reading.cells.push({ kind: "given", id: name, line, name, code: found.code, ...fold });
  reading.open = undefined;
}

/** A question that is marked by hand. */
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
  const place = { what, line, report };
  const settings = readSettings(words, ["points"], place);
  const points = numberSetting("points", settings.points, [1, 100], place);
  const question = textIn(block, what, reading);
  if (question.markdown === "") {
    report(line, `${what} asks nothing: write the question into its block`);
  }
  const { notebook, pictures } = question;
  cells.push({ kind: "written", id: name, line, name, points, question: notebook, pictures });
  reading.open = undefined;
}

/**
 * The definition of that name in solutions. From here on the notebook has what it brings; what it
 * needs and the notebook doesn't have is reported.
 */
function define(name: string, line: number, reading: Reading): Definition | undefined {
  const { solutions, available, report } = reading;
  const found = solutions.define(name);
  if (found) {
    for (const need of found.needs) {
      if (!available.has(need.name)) reportNeed(name, need, line, report);
    }
  } else {
    report(
      line,
      `solutions have no ${name}: correct the name, or write ` +
        `solutions/src/<group>/${name}.ts and export it from the group's index.ts`,
    );
  }
  for (const brought of [name, ...(found?.brings ?? [])]) available.add(brought);
  return found;
}

function reportNeed(name: string, need: Definition["needs"][0], line: number, report: Report) {
  const isOurs = need.from.startsWith(".");
  const from = need.from === "." ? "its own file" : need.from;
  const remedy = isOurs
    ? `add ${need.name} to uses in the head, or put its exercise or given block before this`
    : "import it in the setup cell before this";
  report(line, `${name} needs ${need.name} from ${from}: ${remedy}`);
}

const isHint = (block: Block) => block.type === "container" && block.info === "hint";

/** The text of a block; what else it contains is reported, except hints in an exercise. */
function textIn(block: Block, what: string, reading: Reading): Text {
  const blocks = block.inner.filter((inner) => isText(inner, what, reading.report));
  return readTexts(blocks, reading);
}

/**
 * Whether a block is text. What may not be in `what` is reported; hints may be in an exercise,
 * where they are read on their own.
 */
function isText(block: Block, what: string, report: Report): boolean {
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
