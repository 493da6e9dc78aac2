/**
 * For the test of a term: course class grade and regrade with the real grader, which runs each
 * distinct file once. Whoever hands in the same bytes gets the same result, so 12,800 hand-ins of
 * few distinct answers are graded in minutes.
 */
import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import batch from "grader/batch";
import { openClass } from "../../dist/class.js";
import { gradeLesson } from "../../dist/gradebook/grade.js";
import { lessonNamed } from "../../dist/lessons.js";
import { regrade } from "../../dist/gradebook/regrade.js";

const hash = ({ path }) => createHash("sha256").update(readFileSync(path)).digest("hex");

async function onceEach(root, tasks, seed, options, keep) {
  const same = new Map();
  for (const task of tasks) {
    const key = hash(task);
    same.set(key, [...(same.get(key) ?? []), task]);
  }
  const firsts = [...same.values()].map(([first]) => first);
  const groups = new Map([...same.values()].map((group) => [group[0].id, group]));
  await batch.gradeTasks(root, firsts, seed, options, async (result, first) => {
    for (const task of groups.get(first.id)) {
      await keep({ ...result, file: task.file, id: task.id }, task);
    }
  });
}

const [action, root, folder, word] = process.argv.slice(2);
const of = await openClass(root, folder);
const lesson = lessonNamed(of.lessons, word);
const found = await { grade: gradeLesson, regrade }[action](of, lesson, { grade: onceEach });
await of.sql.close();
console.log(JSON.stringify({ graded: found.graded, changes: found.changes?.length }));
