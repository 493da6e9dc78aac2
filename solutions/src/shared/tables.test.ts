// level: all
/**
 * No exercise can be answered from a table of its inputs, and no group of its cases by a constant:
 * over seeds, a case of each group has more inputs and more answers than a table would hold.
 */
import { createHash } from "node:crypto";
import { serialize } from "node:v8";
import {
  courseRoot,
  loadContent,
  random,
  readManifest,
  runCase,
  type Case,
  type Content,
  type Group,
} from "grader";
import { expect, test } from "vitest";
import "./shared.testing";

const MAX_TABLE_SIZE = 100;
/** How many seeds are tried. */
const SEEDS = 2 * MAX_TABLE_SIZE;
const DRAWN_GROUPS: Group[] = ["values", "shapes", "property", "gradient"];

/** Exercises that can't have more answers, with the reason; their inputs are drawn all the same. */
const FEW_ANSWERS: Record<string, string> = {
  verifySum: "it answers yes or no",
  failedRules: "it answers with the names of the few rules that a text breaks, one case for each",
};

const fingerprint = (value: unknown) =>
  createHash("sha1").update(serialize(value)).digest("base64");

async function answerOf({ solution, exercise }: Content, c: Case): Promise<unknown> {
  const outcome = await runCase(exercise.shader?.answer ?? solution, c);
  return "value" in outcome ? outcome.value : outcome.error;
}

/** For each group, the cases of it that are alike but for the seed, by title. */
function casesByTitle({ exercise }: Content): Map<Group, Map<string, Case[]>> {
  const found = new Map<Group, Map<string, Case[]>>();
  for (let seed = 0; seed < SEEDS; seed++) {
    for (const c of exercise.cases(random(seed))) {
      if (!DRAWN_GROUPS.includes(c.group)) continue;
      const titles = found.get(c.group) ?? new Map<string, Case[]>();
      found.set(c.group, titles.set(c.title, [...(titles.get(c.title) ?? []), c]));
    }
  }
  return found;
}

const countInputs = (cases: Case[]) => new Set(cases.map(({ args }) => fingerprint(args))).size;

/** How many different answers the cases have, counted until there are enough. */
async function countAnswers(content: Content, cases: Case[]): Promise<number> {
  const answers = new Set<string>();
  for (const [i, c] of cases.entries()) {
    answers.add(fingerprint(await answerOf(content, c)));
    const isEnough = answers.size > MAX_TABLE_SIZE;
    if (isEnough || answers.size + (cases.length - i - 1) <= MAX_TABLE_SIZE) break;
  }
  return answers.size;
}

/** The most answers that a case of the group has, among those with inputs that no table holds. */
async function mostAnswers(content: Content, titles: Map<string, Case[]>): Promise<number> {
  let most = 0;
  for (const cases of titles.values()) {
    if (countInputs(cases) <= MAX_TABLE_SIZE) continue;
    most = Math.max(most, await countAnswers(content, cases));
    if (most > MAX_TABLE_SIZE) break;
  }
  return most;
}

const names = readManifest(courseRoot()).lessons.flatMap(({ exercises }) =>
  exercises.map(({ name }) => name),
);
test.each(names)("%s", async (name) => {
  const content = loadContent(courseRoot(), name);
  const groups = casesByTitle(content);
  // a group that only the references have can be answered from them
  const fixed = content.references.map(({ group }) => group).filter((g) => !groups.has(g));
  expect(fixed.filter((group) => DRAWN_GROUPS.includes(group))).toEqual([]);
  expect(groups.size).toBeGreaterThan(0);
  for (const [group, titles] of groups) {
    if (FEW_ANSWERS[name] === undefined) {
      expect(await mostAnswers(content, titles), group).toBeGreaterThan(MAX_TABLE_SIZE);
      continue;
    }
    const inputs = [...titles.values()].map((cases) => countInputs(cases));
    expect(Math.max(...inputs), group).toBeGreaterThan(MAX_TABLE_SIZE);
    const answers = [...titles.values()].map(([first]) => answerOf(content, first!));
    expect(new Set((await Promise.all(answers)).map(fingerprint)).size, group).toBeGreaterThan(1);
  }
});
