/**
 * The page of one student: each exercise with its groups, what went wrong first, and what kind of
 * mistake it looks like.
 */
import type { Batch, Graded } from "../batch";
import { waitsForValues, type Failure, type GroupResult } from "../../judge";
import type { ExerciseReport } from "../submission";
import { Markup, markup, nothing, outcome, points } from "./markup";

/** Of a group's failures, so many are shown; the first says most. */
const SHOWN = 3;
const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff; }
h1 { line-height: 1.2; } h2 { margin: 2rem 0 .3rem; border-top: 1px solid #ccc; padding-top: 1rem; } h2 span { float: right; }
table { border-collapse: collapse; margin: .5rem 0; } th, td { text-align: left; padding: .15rem 1.2rem .15rem 0; }
.diagnosis { background: #fff3cd; border-left: 4px solid #b58100; padding: .5rem .8rem; }
.ok { color: #14632a; } .bad { color: #a11212; } footer { margin-top: 3rem; color: #595959; font-size: .85rem; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; background: #f4f4f4; padding: .6rem; }`;

const mark = (g: GroupResult, failures: Failure[]) => {
  if (g.ok) return markup`<span class="ok">✓ right</span>`;
  return waitsForValues(g, failures)
    ? markup`counts once the values are right`
    : markup`<span class="bad">✗ wrong</span>`;
};

function exercise(e: ExerciseReport): Markup {
  const failures = e.failures
    .slice(0, SHOWN)
    .map((f) => markup`<li>Fails (${f.group}) where ${f.case}. ${f.says}</li>`);
  const more = e.failures.length - failures.length;
  return markup`
<section>
<h2>${e.name} <span>${e.notGraded ? "not graded" : `${points(e.earned)} of ${points(e.of)}`}</span></h2>
${e.note ? markup`<p>${e.note}</p>` : nothing}
${e.diagnosis ? markup`<p class="diagnosis">${e.diagnosis}</p>` : nothing}
${
  e.notGraded
    ? nothing
    : markup`<table><thead><tr><th scope="col">Group</th><th scope="col">Result</th><th scope="col">Points</th></tr></thead><tbody>
${e.groups.map((g) => markup`<tr><td>${g.group}</td><td>${mark(g, e.failures)}</td><td>${points(g.earned)} of ${points(g.of)}</td></tr>`)}
</tbody></table>`
}
${failures.length > 0 ? markup`<ul>${failures}${more > 0 ? markup`<li>and ${more} more of this kind</li>` : nothing}</ul>` : nothing}
</section>`;
}

export function studentPage(batch: Pick<Batch, "seed" | "version" | "course">, g: Graded): string {
  const cells = g.cells.map((c) => markup`<li>Cell ${c.number}: ${c.says}</li>`);
  const written = g.written.map(
    (w) =>
      markup`<section><h2>${w.name} <span>of ${points(w.points)}, to be marked by hand</span></h2><pre>${w.text}</pre></section>`,
  );
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${g.title}: ${g.file}</title><style>${new Markup(STYLE)}</style></head>
<body><main>
<h1>${g.title}: ${outcome(g)}</h1>
<p>${g.file}</p>
${g.exercises.map(exercise)}
${cells.length > 0 ? markup`<section><h2>Cells that did not run to their end</h2><ul>${cells}</ul></section>` : nothing}
${written}
</main>
<footer>${batch.course}, lesson ${g.lesson}. Seed ${batch.seed}, grader ${batch.version}, sha256 of the submission ${g.sha256}: the same three give the same points again.</footer>
</body></html>
`.text;
}
