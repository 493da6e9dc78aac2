/** What a check says, as HTML and as text, from the result alone. */
import {
  GROUP_NAMES,
  formatDiagnosis,
  waitsForValues,
  type Failure,
  type GroupResult,
} from "grader";
import { escapeHtml } from "../figures/html";
import type { AfterPass } from "./afterPass";
import { differenceHtml } from "./grids";
import {
  ERROR_COLOR,
  INFO_COLOR,
  bars,
  barsText,
  box,
  details,
  SUCCESS_COLOR,
  paragraph,
  plural,
  formatScore,
  renderMarkdown,
  withCode,
  type Bar,
} from "./html";
import type { CheckResult } from "./run";

export interface Report {
  name: string;
  result: CheckResult;
  /** The hints due so far, in Markdown, from vague to concrete. */
  hints: string[];
  /** How many there are in all. */
  hintCount: number;
  /** Whether to show how to continue without an answer. */
  showsWayOn: boolean;
  bars: Bar[];
  /** Sentences about progress.json, when there is something to say. */
  notes: string[];
  /** Empty unless the check passed. */
  afterPass: AfterPass;
}

/**
 * Says when the grade may be above the figure of a failed check: the grader puts the course's
 * functions in place of earlier ones of the lesson that are wrong.
 * @param code the text of the function that was checked
 * @param open earlier exercises of the lesson that have not passed
 */
export function earlierNote(name: string, code: string, open: string[]): string | undefined {
  const called = open.filter((other) => new RegExp(`\\b${other}\\b`).test(code));
  if (called.length === 0) return undefined;
  const names = called.join(", ");
  return (
    `${name} calls ${names}, and ${called.length === 1 ? "that hasn't" : "those haven't"} passed ` +
    `here yet. The grader also runs ${name} with the course's ${names}, and the better result counts: ` +
    "so your grade can be above these points."
  );
}

/** Whether the function is still the stub: it earns nothing, and its own line throws. */
function isStub({ name, result }: Report): boolean {
  const [first] = result.failures;
  const thrown = /not written yet: ([\w$]+)/.exec(first?.message ?? "")?.[1];
  return result.points === 0 && thrown === name;
}

function headline(report: Report): string {
  const { name, result } = report;
  if (isStub(report)) return `${name} is not written yet.`;
  const { points: earned, maxPoints: of, cases, failed } = result;
  const score = formatScore(earned, of);
  if (failed === 0) return passedHeadline(report, score);
  return `${name}: ${failed} of ${plural(cases, "case")} fail, ${score} so far.`;
}

/** All that a pass says in one line: cases and points, and on the lesson's last one its total. */
function passedHeadline({ name, result, afterPass }: Report, score: string): string {
  const { isFirst, seen, completion } = afterPass;
  const look = isFirst && seen ? ", after a look at the course's solution" : "";
  const line = `${name}: all ${result.cases} cases pass, ${score}${look}.`;
  return [line, completion].filter((s) => s !== undefined).join(" ");
}

/** The headline of an exercise's first pass, which the lab's extension celebrates. */
export const praiseOf = (report: Report): string | undefined =>
  report.afterPass.isFirst && headline(report);

export function groupLine(group: GroupResult, failures: Failure[]): string {
  const score = formatScore(group.points, group.maxPoints);
  return `${groupState(group, failures)}: ${GROUP_NAMES[group.group]}, ${score}`;
}

function groupState(group: GroupResult, failures: Failure[]): string {
  if (group.ok) return "✓ passed";
  if (waitsForValues(group, failures)) return "· counts once the values are right";
  return "✗ failed";
}

function firstFailure({ result }: Report): string | undefined {
  const [first] = result.failures;
  return first && `It fails on this case: ${first.case}. ${first.message}`;
}

/** On a website's page, checking runs the cell. */
const WRITE_IT = "Put your code in place of the line that throws, run it, and check again.";
const RUN_IT = ", run it,";
const writeItHtml = withCode(WRITE_IT).replace(
  RUN_IT,
  `<span class="course-run-it">${RUN_IT}</span>`,
);

/** What a function that is right can still do better; a wrong one has something else to mend. */
function leakNote({ name, result: { leaked, failed } }: Report): string | undefined {
  if (leaked === 0 || failed > 0) return undefined;
  return (
    `${name} leaves ${plural(leaked, "tensor")} behind on each call. That costs memory, ` +
    "not points: tf.tidy(() => …) around its body cleans up."
  );
}

const duration = (ms: number) =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

/** The sentences of a report, from which both forms are made. */
function sentences(report: Report) {
  const { failed, failures, groups, input, diagnosis, milliseconds } = report.result;
  const passed = failed === 0;
  // nothing is wrong with a stub, and a list of its failures would bury the sentence that helps
  if (isStub(report)) {
    const head = headline(report);
    return { passed, head, color: INFO_COLOR, groups: [], body: [WRITE_IT], time: undefined };
  }
  const known = formatDiagnosis(diagnosis);
  return {
    passed,
    head: `${passed ? "✓" : "✗"} ${headline(report)}`,
    color: passed ? SUCCESS_COLOR : ERROR_COLOR,
    groups: groups.map((group) => groupLine(group, failures)),
    body: [firstFailure(report), input, known, leakNote(report)].filter((s) => s !== undefined),
    time: `Checked in ${duration(milliseconds)}.`,
  };
}

/** Where to go after several failed checks: code, and what it does. */
const wayOnLines = (name: string): [code: string, what: string][] => [
  [
    `import { ${name} } from "solutions";`,
    "in a new cell continues with the reference solution; come back later.",
  ],
  [
    `showSolution("${name}");`,
    "imported from course, shows the solution and marks the exercise as seen.",
  ],
];

function wayOnHtml(name: string): string {
  const lines = wayOnLines(name).map(([code, what]) =>
    paragraph(`<code>${escapeHtml(code)}</code> ${escapeHtml(what)}`),
  );
  // the lab's extension has buttons in its place
  return `<div class="course-way-on">${details("A way on", lines.join(""))}</div>`;
}

/** A website's page has them in the exercise already. */
function hintsHtml(hints: string[], hintsInAll: number): string {
  const folds = hints.map((hint, i) =>
    details(`Hint ${i + 1} of ${hintsInAll}`, renderMarkdown(hint)),
  );
  return folds.length > 0 ? `<div class="course-hints">${folds.join("\n")}</div>` : "";
}

/** The next step; the lab's extension has a button in its place, and a website's page a link. */
function nextHtml({ next, sentence }: AfterPass): string {
  if (sentence === undefined) return "";
  const following = next && "exercise" in next ? [next.exercise] : [];
  const html = `<span class="course-next-step">${withCode(sentence, following)}</span>`;
  return `<div class="course-next">${paragraph(html)}</div>`;
}

/** The progress that the lab shows above a notebook and beside it. */
const barsHtml = (list: Bar[]): string =>
  list.length > 0 ? `<div class="course-bars">${bars(list)}</div>` : "";

/** The groups of cases. */
function groupsHtml(groups: string[]): string {
  if (groups.length === 0) return "";
  const items = groups.map((group) => `<li>${escapeHtml(group)}</li>`).join("");
  return `<ul style="margin: 0.4em 0; list-style: none; padding-left: 0.4em">${items}</ul>`;
}

const timeHtml = (time: string | undefined): string =>
  time === undefined ? "" : paragraph(`<small>${escapeHtml(time)}</small>`);

const headlineHtml = (head: string, name: string): string =>
  `<div class="course-headline">${paragraph(`<strong>${withCode(head, [name])}</strong>`)}</div>`;

export function reportHtml(report: Report): string {
  const { name, hints, hintCount: hintsInAll, showsWayOn, notes } = report;
  const said = sentences(report);
  const groups = groupsHtml(said.groups);
  const time = timeHtml(said.time);
  const parts = [
    headlineHtml(said.head, name),
    ...said.body.map((s) => paragraph(s === WRITE_IT ? writeItHtml : withCode(s, [name]))),
    hintsHtml(hints, hintsInAll),
    ...(showsWayOn ? [wayOnHtml(name)] : []),
    ...(report.result.difference ? [differenceHtml(report.result.difference)] : []),
    // a failed check is about its function alone
    ...(said.passed
      ? [details("Points by group of cases", groups + time), barsHtml(report.bars)]
      : [groups]),
    nextHtml(report.afterPass),
    ...notes.map((n) => paragraph(withCode(n, [name]))),
    ...(said.passed ? [] : [time]),
  ];
  return box(said.color, parts.join("\n"), isStub(report) ? "course-not-written" : undefined);
}

export function reportText(report: Report): string {
  const { name, hints, hintCount: hintsInAll, showsWayOn, notes } = report;
  const said = sentences(report);
  const { sentence } = report.afterPass;
  return [
    said.head,
    ...said.body,
    ...hints.map((hint, i) => `Hint ${i + 1} of ${hintsInAll}: ${hint.trim()}`),
    ...(showsWayOn ? wayOnLines(name).map(([code, what]) => `${code} ${what}`) : []),
    ...said.groups.map((g) => `  ${g}`),
    ...(said.passed ? [barsText(report.bars)] : []),
    ...(sentence ? [sentence] : []),
    ...notes,
    ...(said.time ? [said.time] : []),
  ].join("\n");
}
