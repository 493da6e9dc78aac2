/**
 * A sheet for an oral exam: a student's own code, and three questions about it that are chosen by
 * what the code does. The same hand-in gives the same sheet.
 */
import { existsSync } from "node:fs";
import { readManifest } from "grader/files";
import { markup, nothing, type Markup } from "grader/reports";
import { storedFile, type Class } from "../class.js";
import type { Lesson } from "../lessons.js";
import { answersOf, knownOf } from "../report/answers.js";
import { ClassError } from "../settings.js";
import { idOf } from "../sql/write.js";
import type { Row } from "../types.js";
import { findingsIn, type Finding } from "./features.js";

export interface OralQuestion extends Finding {
  exercise: string;
}

export interface OralSheet {
  student: { id: string; name: string; number: string };
  lesson: Lesson;
  answers: { exercise: string; code: string; isWritten: boolean }[];
  questions: OralQuestion[];
}

const QUESTIONS = 3;

/** Those that differ in what they are about, and in the exercise, as far as there are enough. */
export function chooseQuestions(all: OralQuestion[], student: string): OralQuestion[] {
  const order = (q: OralQuestion) => idOf(student, q.exercise, q.kind);
  const sorted = [...all].sort((a, b) => a.rank - b.rank || (order(a) < order(b) ? -1 : 1));
  const chosen: OralQuestion[] = [];
  const isNew = (q: OralQuestion, key: "exercise" | "kind") =>
    !chosen.some((c) => c[key] === q[key]);
  const passes: ((q: OralQuestion) => boolean)[] = [
    (q) => q.rank < 3 && isNew(q, "exercise") && isNew(q, "kind"),
    (q) => q.rank < 3 && isNew(q, "kind"),
    (q) => isNew(q, "kind"),
    () => true,
  ];
  for (const isWanted of passes) {
    for (const q of sorted) {
      if (chosen.length < QUESTIONS && !chosen.includes(q) && isWanted(q)) chosen.push(q);
    }
  }
  return chosen;
}

const linesOf = (code: string) => code.split("\n").map((line) => line.trim());

/** @throws ClassError where nothing was handed in */
export function oralSheet(classroom: Class, lesson: Lesson, row: Row): OralSheet {
  const { student, handIn } = row;
  if (!handIn) throw new ClassError(`${student.name} has handed in nothing for ${lesson.title}`);
  const file = storedFile(classroom, handIn);
  if (!existsSync(file)) {
    throw new ClassError(`${file} is missing: put it back as your backup has it`);
  }
  const entry = readManifest(classroom.root).lessons.find(({ id }) => id === lesson.id)!;
  // knownOf lists the shipped cells before the solutions, which belong to an exercise
  const shippedCells = knownOf(classroom.root, entry).filter(({ exercise }) => exercise === "");
  const shipped = new Set(shippedCells.flatMap(({ code }) => linesOf(code)));
  const codes = answersOf(file, student.id, entry);
  const answers = codes.map(({ exercise, code }) => ({
    exercise,
    code,
    isWritten: linesOf(code).some((line) => line !== "" && !shipped.has(line)),
  }));
  const questions = answers.flatMap(({ exercise, code }) =>
    findingsIn(code, shipped).map((finding) => ({ ...finding, exercise })),
  );
  return { student, lesson, answers, questions: chooseQuestions(questions, student.id) };
}

const codeList = (code: string): Markup => markup`<pre tabindex="0" role="group"
aria-label="Code">${code
  .split("\n")
  .map((line, i) => `${String(i + 1).padStart(3)}  ${line}`)
  .join("\n")}</pre>`;

function questionItem(q: OralQuestion): Markup {
  return markup`<li><p><strong>${q.question}</strong></p>
<p>${q.exercise}, line ${q.line}: <code>${q.code}</code></p>
<p>Listen for: ${q.listenFor}.</p><p>Answer: ____________________ Points: ______</p></li>`;
}

/** What stands on the sheet, in a page or in a file. */
export function oralBody({ student, lesson, answers, questions }: OralSheet): Markup {
  const few =
    questions.length < QUESTIONS
      ? markup`<p>There is too little code of the student's own for ${QUESTIONS} questions.</p>`
      : nothing;
  const written = answers.filter(({ isWritten }) => isWritten);
  const unwritten = answers.filter(({ isWritten }) => !isWritten).map(({ exercise }) => exercise);
  const missing =
    unwritten.length > 0 ? markup`<p>As shipped: ${unwritten.join(", ")}.</p>` : nothing;
  const code = written.map((a) => markup`<h3>${a.exercise}</h3>${codeList(a.code)}`);
  return markup`<h1>Oral exam: ${student.name}${student.number ? ` (${student.number})` : ""}</h1>
<p>${lesson.title}. The questions are chosen by what the student’s own code does; shipped lines are
left out.</p><h2>Questions</h2><ol>${questions.map(questionItem)}</ol>${few}
<h2>The student’s code</h2>${missing}${code}`;
}

const STYLE = `body{font:11pt/1.45 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #999;padding:.6rem;font-size:9pt}
li{break-inside:avoid;margin-bottom:1rem}h3,li p{margin:.3rem 0}`;

/** One file that needs nothing else, to be printed. */
export const oralFile = (sheet: OralSheet): string =>
  markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Oral exam: ${sheet.student.name}</title>
<style>${STYLE}</style></head><body>${oralBody(sheet)}</body></html>
`.text;
