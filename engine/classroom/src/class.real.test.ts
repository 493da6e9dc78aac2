// needs: sandbox postgres
/** A class by its command, with the real grader: killed, marked, regraded, exported. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { makeSmallCourse, notebook, RIGHT, shippedCells } from "grader/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTable, writeTable } from "./csv.js";
import { startPostgres, type Server } from "./sql/sql.testing.js";
import { newFolder, removeFolders } from "./class.testing.js";

afterAll(removeFolders);

const bin = fileURLToPath(new URL("../../cli/bin/course.mjs", import.meta.url));
const course = makeSmallCourse();
const STUDENTS = 6;
const LESSON = ["--lesson", "00"];
let server: Server;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  course.remove();
  await server.stop();
});

const env = { ...process.env, COURSE_ROOT: course.root, COURSE_DEBUG: "" };
const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "class", ...args], {
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr + stdout);
  return stdout;
};

/** With an answer of the student's own in words. */
const answered = (cells: ReturnType<typeof shippedCells>) =>
  cells.map((cell) => (cell.role === "written" ? { ...cell, source: "It adds up." } : cell));

/** Every third student has one exercise wrong. */
function handIns(): string {
  const folder = newFolder();
  for (let i = 0; i < STUDENTS; i++) {
    const wrong = { ...RIGHT, double: "function double(x: tf.Tensor) {\n  return x.mul(3);\n}" };
    const at = join(folder, `Student ${i}_${100 + i}_assignsubmission_file_`);
    mkdirSync(at);
    writeFileSync(
      join(at, "n.ipynb"),
      notebook(answered(shippedCells(i % 3 === 0 ? wrong : RIGHT))),
    );
  }
  return folder;
}

function rosterFile(): string {
  const file = join(newFolder(), "roster.csv");
  const rows = Array.from({ length: STUDENTS }, (_, i) => [`Student ${i}`, `s${i}@x.edu`, `${i}`]);
  writeFileSync(file, writeTable([["Name", "Email", "Number"], ...rows]));
  return file;
}

/** Runs the command and kills it after so many results are on the disk. */
async function killedAfter(results: number, folder: string): Promise<void> {
  const child = spawn(process.execPath, [bin, "class", "grade", folder, ...LESSON], { env });
  const exit = once(child, "exit");
  const done = join(folder, "reports", "00-small", "results");
  const timer = setInterval(() => {
    const listed = spawnSync("ls", [done], { encoding: "utf8" }).stdout;
    if (listed.split("\n").filter((n) => n.endsWith(".json")).length >= results) {
      child.kill("SIGKILL");
    }
  }, 20);
  await exit;
  clearInterval(timer);
}

function points(folder: string): number[] {
  run("export", folder, ...LESSON);
  const table = readTable(readFileSync(join(folder, "grades-csv-00-small.csv")), "grades.csv");
  const column = table.header.indexOf("Points");
  return table.rows.map(({ cells }) => Number(cells[column])).sort((a, b) => a - b);
}

const RIGHT_POINTS = 12;
const WRONG_POINTS = 8;
const THIRD = STUDENTS / 3;

async function term(folder: string, database: string[], kills: number[]): Promise<void> {
  run("init", folder, "--roster", rosterFile(), "--time-zone", "UTC", ...database);
  expect(run("collect", folder, handIns(), ...LESSON)).toContain("6 new hand-ins");
  for (const results of kills) await killedAfter(results, folder);
  run("grade", folder, ...LESSON);
  expect(run("grade", folder, ...LESSON)).toContain("0 graded now");
  const before = [
    ...Array<number>(THIRD).fill(WRONG_POINTS),
    ...Array<number>(STUDENTS - THIRD).fill(RIGHT_POINTS),
  ];
  expect(points(folder)).toEqual(before);

  run("marks", folder, ...LESSON);
  const sheet = join(folder, "marks", "00-small", "why.csv");
  const text = readFileSync(sheet, "utf8");
  expect(text).not.toContain("Student");
  writeFileSync(sheet, text.replace(/,2,,/g, ",2,1.5,"));
  const read = ["marks", folder, ...LESSON, "--read", sheet, "--by", "Eva"];
  expect(run(...read)).toContain("6 marks new or changed");
  expect(run(...read)).toContain("0 marks new or changed");
  expect(points(folder)).toEqual(before.map((p) => p + 1.5));

  run("export", folder, ...LESSON, "--to", "feedback");
  const archive = unzipSync(readFileSync(join(folder, "feedback-00-small-moodle.zip")));
  const page = archive["Student 3_103_assignsubmission_file_/feedback.html"]!;
  expect(new TextDecoder().decode(page)).toContain("9.5 of 14 points");
}

test("in SQLite, and a correction that changes points once it is accepted", async () => {
  const folder = join(newFolder(), "class");
  await term(folder, [], [1, 3]);
  const solution = join(course.root, "solutions", "dist", "basics", "double.js");
  const source = readFileSync(solution, "utf8");
  writeFileSync(solution, source.replace("mul(2)", "mul(3)"));
  const before = points(folder);
  expect(() => run("regrade", folder, ...LESSON, "--accept")).toThrow("look at it first");
  const shown = run("regrade", folder, ...LESSON);
  expect(shown).toContain("6 hand-ins compared, 6 change");
  expect(shown).toContain("Student 3 (3): 9.5 → 13.5 (double 0 → 4)");
  expect(points(folder)).toEqual(before);
  expect(run("regrade", folder, ...LESSON, "--accept")).toContain("superseded");
  const after = before.map((p) => (p === WRONG_POINTS + 1.5 ? 13.5 : 9.5));
  expect(points(folder)).toEqual(after.sort((x, y) => x - y));
  writeFileSync(solution, source);
});

test("in PostgreSQL", async () => {
  await term(join(newFolder(), "class"), ["--database", server.url], [2]);
});
