/** What a check says, as HTML and as text, from the result alone. */
import { waitsForValues } from "grader";
import { escapeHtml } from "../figures/html";
import {
  BAD,
  bars,
  barsText,
  box,
  details,
  GOOD,
  paragraph,
  points,
  renderMarkdown,
  type Bar,
} from "./html";
import type { CheckResult } from "./run";

export interface Report {
  name: string;
  result: CheckResult;
  /** Markdown, from vague to concrete, no more than are due. */
  hints: string[];
  /** How many there are in all. */
  hintsInAll: number;
  /** After three failed checks. */
  wayOn: boolean;
  bars: Bar[];
  /** Sentences about progress.json, when there is something to say. */
  notes: string[];
}

const GROUP_NAMES = {
  values: "values",
  shapes: "shapes",
  gradient: "gradient",
  property: "property",
  errors: "errors for wrong arguments",
  cost: "cost",
};
const UNWRITTEN = /not written yet: \w+/;

const plural = (n: number, one: string) => `${n} ${one}${n === 1 ? "" : "s"}`;

/** The sentences of a report, from which both forms are made. */
function sentences({ name, result }: Report) {
  const { earned, of, cases, failed, failures, groups, diagnosis, leaked, milliseconds } = result;
  const ok = failed === 0;
  const [first] = failures;
  const unwritten = first !== undefined && UNWRITTEN.test(first.says);
  return {
    ok,
    head: ok
      ? `${name}: all ${cases} cases pass, ${points(earned)} of ${points(of)} points.`
      : `${name}: ${failed} of ${plural(cases, "case")} fail, ${points(earned)} of ` +
        `${points(of)} points so far.`,
    groups: groups.map((g) => {
      const how = g.ok
        ? "✓ passed"
        : waitsForValues(g, failures)
          ? "· counts once the values are right"
          : "✗ failed";
      return `${how}: ${GROUP_NAMES[g.group]}, ${points(g.earned)} of ${points(g.of)} points`;
    }),
    first:
      first &&
      (unwritten
        ? `${name} is not written yet: put your code in place of the line that throws, run ` +
          "that cell, then this one."
        : `It fails on this case: ${first.case}. ${first.says}`),
    diagnosis: diagnosis && `This looks like a known mistake. ${diagnosis}`,
    leak:
      leaked > 0
        ? `${name} leaves ${plural(leaked, "tensor")} behind at each call, which costs no ` +
          "points but memory: tf.tidy(() => …) around its body cleans up."
        : undefined,
    time:
      "Checked in " +
      `${milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`}.`,
  };
}

const wayOnLines = (name: string): [code: string, what: string][] => [
  [
    `import { ${name} } from "solutions";`,
    "in a new cell goes on with ours; come back to yours later.",
  ],
  [
    `showSolution("${name}");`,
    "imported from course, shows the solution and marks the exercise as seen.",
  ],
];

export function reportHtml(report: Report): string {
  const { name, hints, hintsInAll, wayOn, notes } = report;
  const said = sentences(report);
  const parts = [
    paragraph(`<strong>${said.ok ? "✓" : "✗"} ${escapeHtml(said.head)}</strong>`),
    `<ul style="margin: 0.4em 0; list-style: none; padding-left: ` +
      `0.4em">${said.groups.map((g) => `<li>${escapeHtml(g)}</li>`).join("")}</ul>`,
    ...[said.first, said.diagnosis, said.leak]
      .filter((s) => s !== undefined)
      .map((s) => paragraph(escapeHtml(s))),
    ...hints.map((hint, i) => details(`Hint ${i + 1} of ${hintsInAll}`, renderMarkdown(hint))),
    ...(wayOn
      ? [
          details(
            "A way on",
            wayOnLines(name)
              .map(([code, what]) =>
                paragraph(`<code>${escapeHtml(code)}</code> ${escapeHtml(what)}`),
              )
              .join(""),
          ),
        ]
      : []),
    bars(report.bars),
    ...notes.map((n) => paragraph(escapeHtml(n))),
    `<p style="margin: 0.4em 0"><small>${escapeHtml(said.time)}</small></p>`,
  ];
  return box(said.ok ? GOOD : BAD, parts.join("\n"));
}

export function reportText(report: Report): string {
  const { name, hints, hintsInAll, wayOn, notes } = report;
  const said = sentences(report);
  return [
    `${said.ok ? "✓" : "✗"} ${said.head}`,
    ...said.groups.map((g) => `  ${g}`),
    ...[said.first, said.diagnosis, said.leak].filter((s) => s !== undefined),
    ...hints.map((hint, i) => `Hint ${i + 1} of ${hintsInAll}: ${hint.trim()}`),
    ...(wayOn ? wayOnLines(name).map(([code, what]) => `${code} ${what}`) : []),
    barsText(report.bars),
    ...notes,
    said.time,
  ].join("\n");
}
