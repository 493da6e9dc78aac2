/**
 * Tells GitHub Classroom the points of `course grade`: node classroom.mjs grades/class.json.
 * Classroom reads them from two notices of the run, in the form of its own reporter
 * (github.com/classroom-resources/autograding-grading-reporter).
 */
import { appendFileSync, readFileSync } from "node:fs";

const round = (points) => Math.round(points * 100) / 100;
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** A workflow command. */
const notice = (title, text) => console.log(`::notice title=${title}::${text}`);

const { graded } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const exercises = graded.flatMap((one) => one.exercises);
const totalPoints = round(sum(graded.map(({ points }) => points)));
const maxPoints = round(sum(graded.map((one) => one.maxPoints)));

const rows = exercises.map((e) => {
  const points = e.notGraded ? "not graded" : `${round(e.points)} of ${round(e.maxPoints)}`;
  return `| ${e.name} | ${points} |`;
});
const table = ["| exercise | points |", "|---|---|", ...rows].join("\n");
if (process.env.GITHUB_STEP_SUMMARY) {
  appendFileSync(process.env.GITHUB_STEP_SUMMARY, `${table}\n`);
}

notice("Autograding complete", `Points ${totalPoints}/${maxPoints}`);
notice("Autograding report", JSON.stringify({ totalPoints, maxPoints }));
