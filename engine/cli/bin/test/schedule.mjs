/**
 * Runs steps side by side, as many as there are cores. A step is
 * { name, run, cores, needs, waits, after }: what it runs; how many cores it fills, 1 unless given;
 * the parts of this machine without which it cannot run; those that it uses where they are; and the
 * steps that come before it.
 */
import { availableParallelism } from "node:os";
import { Sentence } from "../../../install/run.mjs";
import { failures, heading, notRun, rows } from "./report.mjs";

const PROGRESS_INTERVAL_MS = 15_000;
/** The summary repeats this many lines of a failed step, whose output stands far above. */
const MAX_LAST_LINES = 20;

/** The counts of a step from its result, which is an exit code or the counts of a test run. */
const countsOf = (result) =>
  typeof result === "object"
    ? result
    : { passed: result === 0 ? 1 : 0, failed: result === 0 ? 0 : 1 };

const lastLines = (output) =>
  output
    .trimEnd()
    .split("\n")
    .slice(-MAX_LAST_LINES)
    .map((line) => `    ${line}`)
    .join("\n");

/** Runs a step, prints what it printed, and adds its row; an error counts as a failure. */
async function runStep({ name, run }, record) {
  const start = Date.now();
  const failuresBefore = failures.length;
  let output = "";
  let counts;
  console.log(`${name} …`);
  try {
    const onOutput = (text) => {
      output += text;
      record?.(name, text);
    };
    counts = countsOf(await run(onOutput));
  } catch (e) {
    output += `${e instanceof Sentence ? e.message : e.stack}\n`;
    counts = { passed: 0, failed: 1 };
  }
  rows.push({ name, seconds: (Date.now() - start) / 1000, ...counts });
  if (counts.failed > 0 && failures.length === failuresBefore) {
    failures.push(`${name}, its last lines:\n${lastLines(output)}`);
  }
  heading(name);
  if (output.trim()) console.log(output.trimEnd());
}

/** Why a step cannot run, once all that it needs is known. */
const reasonsAgainst = ({ needs = [] }, lacking) =>
  needs.filter((word) => lacking.has(word)).map((word) => lacking.get(word));

/**
 * @param steps in the order in which they should start; one that has to wait lets others pass
 * @param known the words of the machine's parts that have been looked for, or installed
 * @param changed calls back whenever a word becomes known
 * @param lacking word → a sentence
 * @param record called with what a step prints while it runs
 */
export async function runSteps(
  steps,
  { known, changed, lacking, record, cores = availableParallelism() },
) {
  const waiting = [...steps];
  const running = new Map();
  const finished = new Set();
  const free = () => cores - [...running.keys()].reduce((sum, step) => sum + step.cores, 0);
  const ready = ({ needs = [], waits = [], after = [] }) =>
    [...needs, ...waits].every((word) => known.has(word)) &&
    after.every((name) => finished.has(name) || !steps.some((step) => step.name === name));
  let wake;
  changed(() => wake?.());

  const start = (step) => {
    const reasons = reasonsAgainst(step, lacking);
    if (reasons.length > 0) {
      notRun.push(`${step.name}: ${reasons.join(" ")}`);
      finished.add(step.name);
      return;
    }
    const done = runStep(step, record).finally(() => {
      running.delete(step);
      finished.add(step.name);
      wake?.();
    });
    running.set(step, { done, since: Date.now() });
  };
  const progress = ([{ name }, { since }]) =>
    `${name} ${Math.round((Date.now() - since) / 1000)} s`;
  const timer = setInterval(() => {
    if (running.size > 0) console.log(`  ${[...running].map(progress).join(", ")}`);
  }, PROGRESS_INTERVAL_MS);

  while (waiting.length + running.size > 0) {
    const slept = new Promise((done) => (wake = done));
    const next = waiting.findIndex(
      (step) => ready(step) && (running.size === 0 || (step.cores ?? 1) <= free()),
    );
    if (next >= 0) start({ cores: 1, ...waiting.splice(next, 1)[0] });
    else await slept;
  }
  clearInterval(timer);
}
