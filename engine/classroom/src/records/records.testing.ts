/** What a student's data, an erasure and the audit must do in every database. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { openClass, type Class } from "../class.js";
import { addRoster } from "../commands/init.js";
import { newFolder } from "../class.testing.js";
import { plainTable, readGradebooks } from "../gradebook/export.js";
import { codeOf } from "../gradebook/marks.js";
import { writeSheets } from "../marking/sheets.js";
import { readHandIns, readStudents } from "../sql/read.js";
import { changeStaff } from "../staff/staff.js";
import { makeTokens, staffKey } from "../web/access.js";
import { auditTable, readAudit } from "./audit.js";
import { contentOf, fullClass, grader, killedAfter, lesson } from "./backup.testing.js";
import { erase, findStudent, keptAbout } from "./erase.js";
import { listFiles } from "./files.js";
import type { FileWork } from "./finishErasures.js";
import { studentData } from "./studentData.js";

const REASON = { reason: "asked for it", by: "Eva" };

/** Everything that the commands leave in a class's folder, for all students. */
async function fillFolder(classroom: Class): Promise<void> {
  const { folder } = classroom;
  const put = (path: string, text: string) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  await makeTokens(
    folder,
    (await readStudents(classroom.sql)).map(({ id }) => id),
  );
  for (const h of await readHandIns(classroom.sql)) {
    const name = `${h.student}-${h.sha256.slice(0, 12)}`;
    put(`reports/${lesson.id}/${name}.html`, "report");
    put(`reports/${lesson.id}/results/${name}.json`, "{}");
    put(`reports/${lesson.id}/gradescope/${name}/results.json`, "{}");
    put(`regrade/${lesson.id}/gradescope/${name}/results.json`, "{}");
  }
  put(`reports/${lesson.id}/class.csv`, "File\nada-0123456789ab\nben-0123456789ab\n");
  put(`reports/${lesson.id}-class.html`, "ada Lovelace and ben Lovelace");
  put("grades-csv.csv", plainTable(classroom, await readGradebooks(classroom, [lesson])));
  put("links.csv", "Name\nada Lovelace\n");
  put(`feedback-${lesson.id}-plain.zip`, "PK");
  for (const id of ["ada", "ben"]) put(`oral/${lesson.id}/${id}.html`, `${id} Lovelace`);
  const unmatched =
    "Path,Reason,Student\nAda.ipynb,is of nobody,ada@x.edu\nx.ipynb,is of nobody,\n";
  put(`hand-ins/${lesson.id}/unmatched.csv`, unmatched);
  await writeSheets(classroom, lesson);
}

/** Everything in the class's folder, as text: where a name is, it is found. */
function folderText(folder: string): string {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return names
    .map((f) => {
      const content = f.isFile() ? readFileSync(join(f.parentPath, f.name), "latin1") : "";
      return `${f.name}\n${content}`;
    })
    .join("\n");
}

async function expectErased(classroom: Class): Promise<void> {
  const rows = JSON.stringify(await contentOf(classroom));
  expect(rows).not.toMatch(/\bada\b/i);
  expect(rows).toContain("ben Lovelace");
  const events = await classroom.sql.all("SELECT * FROM events");
  expect(JSON.stringify(events)).not.toMatch(/\bada\b/i);
  expect(folderText(classroom.folder)).not.toMatch(/\bada\b/i);
  const handIn = (await readHandIns(classroom.sql)).find((h) => h.student === "ben")!;
  const sheet = join(classroom.folder, "marks", lesson.id, "why.csv");
  // the row of equal answers had Ada's code and is Ben's now
  expect(readFileSync(sheet, "utf8")).toContain(`${codeOf(handIn.id, "why")},why,since,2,1.5,good`);
  expect(listFiles(classroom.folder)).toContain(`oral/${lesson.id}/ben.html`);
  const access = JSON.parse(readFileSync(join(classroom.folder, "access.json"), "utf8")) as object;
  expect(Object.keys(access).sort()).toEqual(["ada2", "ben"]);
}

export function recordTests(database: () => string | undefined): void {
  test("a student's archive holds everything about them and nothing about others", async () => {
    const classroom = await fullClass(["ada", "ben"], database());
    await fillFolder(classroom);
    const ada = await findStudent(classroom, "ada@x.edu");
    const files = unzipSync(await studentData(classroom, ada));
    const text = (name: string) => Buffer.from(files[name]!).toString();
    const data = JSON.parse(text("data.json")) as { [table: string]: object[] };
    expect(Object.keys(data).sort()).toEqual([
      "accommodations",
      "excusals",
      "extensions",
      "grades",
      "hand_in_updates",
      "hand_ins",
      "marks",
      "overrides",
      "published_rows",
      "request_answers",
      "requests",
      "students",
    ]);
    expect(data.grades![0]).toMatchObject({
      result: { points: 9.1, cells: [{ message: "ada Lovelace" }] },
    });
    const all = Object.keys(files)
      .map((name) => `${name}\n${text(name)}`)
      .join("\n");
    expect(all).toContain("I am ada Lovelace");
    expect(all).not.toMatch(/\bben\b/);
    expect(Object.keys(files).filter((name) => name.startsWith("files/"))).toHaveLength(5);
    await classroom.sql.close();
  });

  test("after an erasure nothing of the student is in a row, a file or the database's own file", async () => {
    const classroom = await fullClass(["ada", "ben", "ada2"], database());
    await fillFolder(classroom);
    await changeStaff(classroom, grader("ADA@x.edu"));
    await makeTokens(classroom.folder, [staffKey("ada@x.edu")]);
    await expect(erase(classroom, "ada", REASON)).rejects.toThrow("is on the staff, too");
    await changeStaff(classroom, { ...grader("ada@x.edu"), role: "none" });
    const before = folderText(classroom.folder);
    expect(before).toMatch(/\bada\b/i);
    await expect(erase(classroom, "ada", { ...REASON, reason: " " })).rejects.toThrow("--reason");
    const named = { ...REASON, reason: "ada asked" };
    await expect(erase(classroom, "ada", named)).rejects.toThrow("must not name");
    const ada = await findStudent(classroom, "ada");
    const kept = await keptAbout(classroom, ada);
    expect(folderText(classroom.folder).length).toBe(before.length); // looking changes nothing
    expect(await erase(classroom, "ada", REASON)).toEqual(kept);
    await expectErased(classroom);
    await expect(erase(classroom, "ada", REASON)).rejects.toThrow("is not in the roster");
    expect((await readAudit(classroom))[0]!.what).toMatch(
      /^erase: a student: 15 rows and .*asked for it$/,
    );
    expect(await keptAbout(classroom, await findStudent(classroom, "ada2"))).toMatchObject({
      rows: {
        hand_ins: 1,
        grades: 1,
        marks: 1,
        accommodations: 1,
        excusals: 1,
        requests: 1,
        request_answers: 1,
      },
    });
    await classroom.sql.close();
  });

  test("killed at any moment, an erasure has not begun, or the next command finishes it", async () => {
    let kills = 0;
    for (let i = 0; i < 5; i++) {
      const classroom = await fullClass(["ada", "ben", "ada2"], database());
      await fillFolder(classroom);
      const before = await contentOf(classroom);
      await classroom.sql.close();
      const wasKilled = await killedAfter(
        classroom.root,
        ["erase", classroom.folder, "ada"],
        6 * i,
        database(),
      );
      if (wasKilled) kills++;
      const again = await openClass(classroom.root, classroom.folder);
      if ((await readStudents(again.sql)).some(({ id }) => id === "ada")) {
        expect(await contentOf(again)).toEqual(before);
      } else {
        await expectErased(again);
      }
      await again.sql.close();
    }
    expect(kills).toBeGreaterThan(0);
  }, 60_000);

  test("an erasure whose files were left is finished when the class is opened", async () => {
    const classroom = await fullClass(["ada", "ben", "ada2"], database());
    await fillFolder(classroom);
    const kept = await keptAbout(classroom, await findStudent(classroom, "ada"));
    const { sql, folder } = classroom;
    // as a process leaves it that is killed between the rows and the files
    const copy = kept.own.map((path) => [path, readFileSync(join(folder, path))] as const);
    await erase(classroom, "ada", REASON);
    for (const [path, data] of copy) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), data);
    }
    const work: FileWork = {
      remove: kept.own,
      tables: [],
      words: ["ada"],
      equal: {},
      keys: ["ada"],
    };
    await sql.run("INSERT INTO erasures (student, files, finished) VALUES (?, ?, 0)", [
      "ada",
      JSON.stringify(work),
    ]);
    await sql.close();
    const again = await openClass(classroom.root, folder);
    await expectErased(again);
    await again.sql.close();
  });

  test("the audit says who changed what and when, in a later table and in class.yaml, too", async () => {
    const classroom = await fullClass(["ada"], database());
    const { sql, folder } = classroom;
    await sql.run("CREATE TABLE later_things (student TEXT, color TEXT, by_whom TEXT, at TEXT)");
    await sql.run(
      "INSERT INTO later_things VALUES ('ada', 'red', 'Max', '2031-01-01T00:00:00.000Z')",
    );
    const roster = join(newFolder(), "roster.csv");
    writeFileSync(roster, "Name,Number,Email\nada King,ada,new@x.edu\nBen,b,\n");
    await addRoster(classroom, roster, "Ida");
    await sql.close();
    appendFileSync(join(folder, "class.yaml"), "web: { requestsPerUser: 50 }\n");
    const again = await openClass(classroom.root, folder);
    const entries = await readAudit(again);
    const table = auditTable(entries, new Map([["ada", "Ada"]]), "UTC").map((row) => row.join("|"));
    await again.sql.run("DROP TABLE later_things");
    await again.sql.close();
    const text = table.join("\n");
    expect(table[1]).toBe("2031-01-01 00:00|Max|later things: color red||Ada");
    expect(text).toMatch(/\|Eva\|marked why: 1.5 points, good\|00-small\|Ada/);
    expect(text).toMatch(/\|Eva\|set the points to 7 by hand: ada was ill\|00-small\|Ada/);
    expect(text).toContain("|Eva|took back the points set by hand: ada was ill|00-small|Ada");
    expect(text).toContain(
      "|Eva|extended the deadline to 2027-06-01 00:00: ada was ill|00-small|Ada",
    );
    expect(text).toContain("|Eva|published the grades|00-small|");
    expect(text).toMatch(
      /\|Ida\|roster: name ada Lovelace → ada King, email ada@x.edu → new@x.edu\|\|Ada/,
    );
    expect(text).toMatch(/\|Ida\|roster: 1 added\|\|/);
    expect(text).toMatch(/\|class.yaml changed: \+ web: \{ requestsPerUser: 50 \}/);
    expect(text).toContain("|Eva|gave 2 days more in every lesson: ada has a letter||Ada");
    expect(text).toContain(
      "|Eva|took back that the lesson is excused or missing: ada has a letter|00-small|Ada",
    );
    expect(text).toContain("|Eva|answered a request: ada is right|00-small|Ada");
    expect(text).toContain(
      "|Eva|gave Sam (sam@x.edu) rights: grader; the whole class; sees no names||",
    );
    expect(text).toContain("|Eva|set a rubric item of why to 1.5 points: Names the sum|00-small|");
    const times = entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
  });
}
