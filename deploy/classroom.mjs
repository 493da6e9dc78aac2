/**
 * Tells GitHub Classroom the points of `course grade`: node classroom.mjs grades/class.json.
 * Classroom reads them from two notices of the run, in the form of its own reporter
 * (github.com/classroom-resources/autograding-grading-reporter).
 */
import { appendFileSync, readFileSync } from "node:fs";

const round = (points) => Math.round(points * 100) / 100;
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** A workflow command. */
const notice = (title, says) => console.log(`::notice title=${title}::${says}`);

const { graded } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const exercises = graded.flatMap((one) => one.exercises);
const totalPoints = round(sum(graded.map(({ earned }) => earned)));
const maxPoints = round(sum(graded.map(({ of }) => of)));

const rows = exercises.map((e) => {
  const points = e.notGraded ? "not graded" : `${round(e.earned)} of ${round(e.of)}`;
  return `| ${e.name} | ${points} |`;
});
const table = ["| exercise | points |", "|---|---|", ...rows].join("\n");
if (process.env.GITHUB_STEP_SUMMARY) {
  appendFileSync(process.env.GITHUB_STEP_SUMMARY, `${table}\n`);
}

notice("Autograding complete", `Points ${totalPoints}/${maxPoints}`);
notice("Autograding report", JSON.stringify({ totalPoints, maxPoints }));
