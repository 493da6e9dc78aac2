/** A lesson's report as one HTML file that needs nothing else: numbers, tables, charts, a list. */
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type ExerciseStats, hardest } from "./statistics.js";
import { codeKey, type Report } from "./report.js";
import type { Pair } from "./similar.js";
import { showTime } from "../time.js";
import { Markup, markup, nothing } from "grader/reports";
import { browserCode } from "views/bundle";
import { charts } from "./charts.js";

const { resolve } = createRequire(import.meta.url);
const own = (name: string) => new URL(`../../src/report/browser/${name}`, import.meta.url);

/** What a page may hold of pairs with their code; the others are named. */
const SHOWN_CODE = 20;

const percent = (share: number) => `${Math.round(100 * share)} %`;
const cells = (values: (string | number)[]) => values.map((v) => markup`<td>${v}</td>`);
const heads = (names: string[]) => names.map((n) => markup`<th scope="col">${n}</th>`);
const table = (head: string[], rows: Markup[]) => markup`<div class="wide" tabindex="0" role="group"
aria-label="Table"><table><thead><tr>${heads(head)}</tr></thead><tbody>${rows}</tbody></table></div>`;

function summary(r: Report): Markup {
  const deadline = r.deadline ? ` Deadline: ${showTime(r.deadline, r.timeZone)}.` : "";
  const withoutTime = r.withoutTime
    ? ` The platform says no time for ${r.withoutTime} of the hand-ins.`
    : "";
  return markup`<p>${r.handedIn} of ${r.students} students handed in, ${r.late} of them late;
${r.notGraded} could not be graded.${deadline}${withoutTime}</p>`;
}

const exerciseRow = (e: ExerciseStats) =>
  markup`<tr><th scope="row">${e.name}</th>${cells([
    e.solved,
    e.partly,
    e.nothing,
    e.unwritten,
    e.notGraded,
    e.graded > 0 ? percent(e.share) : "–",
  ])}</tr>`;

function exercises(r: Report): Markup {
  if (r.exercises.length === 0) return nothing;
  const head = [
    "exercise",
    "solved",
    "partly",
    "no points",
    "not written",
    "not graded",
    "points earned",
  ];
  return markup`<h2>Exercises</h2>${table(head, r.exercises.map(exerciseRow))}`;
}

function questions(r: Report): Markup {
  if (r.questions.length === 0) return nothing;
  const rows = r.questions.map((q) => {
    const share = q.marked > 0 ? percent(q.share) : "–";
    return markup`<tr><th scope="row">${q.name}</th>${cells([q.marked, q.waiting, share])}</tr>`;
  });
  const head = ["question", "marked", "waiting", "points earned"];
  return markup`<h2>Written questions</h2>${table(head, rows)}`;
}

function worst(r: Report): Markup {
  const items = hardest(r)
    .slice(0, 5)
    .map(({ name, share }) => markup`<li>${name}: ${percent(share)} of its points</li>`);
  return items.length === 0 ? nothing : markup`<h2>Hardest questions</h2><ol>${items}</ol>`;
}

function mistakes(r: Report): Markup {
  const parts = r.exercises
    .filter((e) => e.mistakes.length > 0)
    .map((e) => {
      const items = e.mistakes.map(
        (s) => markup`<li><strong>${s.students.length}</strong> ${s.message}</li>`,
      );
      return markup`<h3>${e.name}</h3><ul>${items}</ul>`;
    });
  return parts.length === 0 ? nothing : markup`<h2>Where the others stand</h2>${parts}`;
}

function sideBySide(r: Report, { students, exercises }: Pair): Markup {
  const { exercise } = exercises[0]!;
  const codes = students.map((s) => {
    const label = `${r.names.get(s) ?? s}: ${exercise}`;
    const code = r.codes.get(codeKey(s, exercise)) ?? "";
    return markup`<figure><figcaption>${label}</figcaption>
<pre tabindex="0" role="group" aria-label="${label}">${code.slice(0, 6000)}</pre></figure>`;
  });
  return markup`<div class="pair">${codes}</div>`;
}

const comparedWith = ({ others }: Report) =>
  others.length > 0
    ? ` Compared with the answers in ${others.map((f) => basename(f)).join(", ")}, too.`
    : "";

/** Copies that are equal and say nothing about who wrote them. */
function equalCopies(r: Report): Markup {
  if (r.dictated.length === 0) return nothing;
  const items = r.dictated.map(({ exercise, students, reason }) => {
    const names = students.map((s) => r.names.get(s) ?? s).join(", ");
    return markup`<li><details><summary>${exercise}: ${students.length} equal answers, ${reason}</summary>
<p>${names}</p></details></li>`;
  });
  return markup`<h3>Equal, and no sign of copying</h3><p>These answers are equal but for names and
numbers, and the exercise leaves little choice, or many chose the same.</p><ul>${items}</ul>`;
}

function alike(r: Report): Markup {
  const items = r.pairs.map((p, i) => {
    const names = p.students.map((s) => r.names.get(s) ?? s).join(" and ");
    const shared = p.exercises.map((e) => `${e.exercise} ${percent(e.share)}`).join(", ");
    const head = markup`${names}: ${shared}`;
    if (i >= SHOWN_CODE) return markup`<li>${head}</li>`;
    return markup`<li><details><summary>${head}</summary>${sideBySide(r, p)}</details></li>`;
  });
  const list = items.length > 0 ? markup`<ol>${items}</ol>` : markup`<p>None.</p>`;
  return markup`<h2>Similar answers</h2>
<p>These answers share code that hardly anybody else has, with names, numbers and remarks taken out
and what was shipped subtracted. The percentage says how much of the shorter one’s unusual code is
shared; statements that do nothing hide nothing. It’s a list to look at, not a verdict: short answers
can meet by chance.${comparedWith(r)}</p>${list}${equalCopies(r)}`;
}

/** "</script" in a name must not end the script. */
const data = (value: unknown) => new Markup(JSON.stringify(value).replaceAll("<", "\\u003c"));

function figures(r: Report): Markup {
  const drawn = charts(r).map(
    ({ id, chart }) =>
      markup`<div class="chart" id="${id}"><script type="application/json">${data(
        chart,
      )}</script></div>`,
  );
  return markup`${drawn}`;
}

/** What draws the charts: plotly.js and our views. */
export const reportScript = () =>
  `${readFileSync(resolve("plotly.js-cartesian-dist-min"), "utf8")}\n` +
  browserCode(own("report.js"), { minify: true });
export const reportStyle = () => readFileSync(own("report.css"), "utf8");

/** What stands inside the page. */
export const reportBody = (r: Report): Markup => markup`<h1>${r.lesson.title}</h1>
<p class="where">${r.course} · ${r.title}</p>
${summary(r)}${figures(r)}${exercises(r)}${worst(r)}${mistakes(r)}${questions(r)}${alike(r)}`;

/** One file with everything in it. */
export function reportFile(r: Report): string {
  // a script ends at its first end tag, also inside a text
  const script = new Markup(reportScript().replaceAll("</script", "<\\/script"));
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${r.lesson.title}: report</title><style>${new Markup(reportStyle())}</style></head>
<body><main>${reportBody(r)}</main><script>${script}</script></body></html>
`.text;
}
