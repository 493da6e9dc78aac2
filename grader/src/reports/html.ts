/**
 * The page of one student: each exercise with its groups, what went wrong first, and what kind of
 * mistake it looks like.
 */
import type { Graded } from "../batch/result";
import { formatDiagnosis } from "../exercise/diagnose";
import { GROUP_NAMES, waitsForValues, type Failure, type GroupResult } from "../exercise/judge";
import type { ExerciseReport } from "../submission/grade";
import { Markup, markup, nothing, outcome, points } from "./markup";

/** Of a group's failures, so many are shown; the first says most. */
const SHOWN = 3;
const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto;
  padding: 0 1rem; color: #1b1b1b; background: #fff; }
h1 { line-height: 1.2; }
h2 { margin: 2rem 0 .3rem; border-top: 1px solid #ccc; padding-top: 1rem; }
h2 span { float: right; }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { text-align: left; padding: .15rem 1.2rem .15rem 0; }
.diagnosis { background: #fff3cd; border-left: 4px solid #b58100; padding: .5rem .8rem; }
.ok { color: #14632a; } .bad { color: #a11212; }
footer { margin-top: 3rem; color: #595959; font-size: .85rem; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; background: #f4f4f4; padding: .6rem; }`;

function mark(g: GroupResult, failures: Failure[]): Markup {
  if (g.ok) return markup`<span class="ok">✓ right</span>`;
  return waitsForValues(g, failures)
    ? markup`counts once the values are right`
    : markup`<span class="bad">✗ wrong</span>`;
}

function groupTable({ groups, failures }: ExerciseReport): Markup {
  const rows = groups.map((g) => {
    const earned = markup`${points(g.points)} of ${points(g.maxPoints)}`;
    return markup`<tr><td>${GROUP_NAMES[g.group]}</td><td>${mark(g, failures)}</td><td>${earned}</td></tr>`;
  });
  const head = ["Group", "Result", "Points"].map((name) => markup`<th scope="col">${name}</th>`);
  return markup`<table><thead><tr>${head}</tr></thead><tbody>
${rows}
</tbody></table>`;
}

function failureList(failures: Failure[]): Markup {
  if (failures.length === 0) return nothing;
  const items = failures
    .slice(0, SHOWN)
    .map((f) => markup`<li>Case “${f.case}” fails. ${f.message}</li>`);
  const more = failures.length - items.length;
  if (more > 0) items.push(markup`<li>and ${more} more of this kind</li>`);
  return markup`<ul>${items}</ul>`;
}

function exercise(e: ExerciseReport): Markup {
  const earned = e.notGraded ? "not graded" : `${points(e.points)} of ${points(e.maxPoints)}`;
  return markup`
<section>
<h2>${e.name} <span>${earned}</span></h2>
${e.note ? markup`<p>${e.note}</p>` : nothing}
${e.diagnosis ? markup`<p class="diagnosis">${formatDiagnosis(e.diagnosis) ?? ""}</p>` : nothing}
${e.notGraded ? nothing : groupTable(e)}
${failureList(e.failures)}
</section>`;
}

function cellList(cells: Graded["cells"]): Markup {
  if (cells.length === 0) return nothing;
  const items = cells.map((c) => markup`<li>Cell ${c.number}: ${c.message}</li>`);
  return markup`<section><h2>Cells that did not run to their end</h2><ul>${items}</ul></section>`;
}

function writtenAnswer({ name, points: most, text }: Graded["written"][number]): Markup {
  const note = markup`<span>of ${points(most)}, to be marked by hand</span>`;
  return markup`<section><h2>${name} ${note}</h2><pre>${text}</pre></section>`;
}

function head(title: string): Markup {
  return markup`<head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${new Markup(STYLE)}</style></head>`;
}

function footer(course: string, g: Graded): Markup {
  const marks = `Seed ${g.seed}, grader ${g.version}, sha256 of the submission ${g.sha256}`;
  return markup`<footer>${course}, lesson ${g.lesson}.
${marks}: the same three give the same points again.</footer>`;
}

/** @param summary what comes first, such as the points after a late hand-in */
export function studentPage(course: string, g: Graded, summary: Markup = nothing): string {
  return markup`<!doctype html>
<html lang="en">${head(`${g.title}: ${g.file}`)}
<body><main>
<h1>${g.title}: ${outcome(g)}</h1>
<p>${g.file}</p>
${summary}
${g.exercises.map(exercise)}
${cellList(g.cells)}
${g.written.map(writtenAnswer)}
</main>
${footer(course, g)}
</body></html>
`.text;
}
