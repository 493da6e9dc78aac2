/** A class of 800: what is kept is never out of date, and 100 who ask at once are answered. */
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import type { Class } from "../class.js";
import type { Lesson } from "../lessons.js";
import { openSqlite } from "../sql/sqlite.js";
import {
  handIn,
  LESSONS,
  newFolder,
  removeFolders,
  result,
  student,
  testClass,
} from "../class.testing.js";
import {
  addExtension,
  addGrade,
  addHandIn,
  addMark,
  addOverride,
  addPublication,
  now,
  putStudent,
} from "../sql/write.js";
import { addAccommodation, addExcusal } from "../gradebook/grantedRows.js";
import { erase } from "../records/erase.js";
import { Access, makeTokens } from "./access.js";
import { cacheGradebooks, cacheByLesson } from "./cache.js";
import { PAGE_ROWS } from "./listing.js";
import { COOKIE } from "./context.js";
import { server } from "./server.js";

afterAll(removeFolders);

const STUDENTS = 800;
const AT_ONCE = 100;
const LESSON = LESSONS[0]!;
const idOfStudent = (i: number) => `student-${i}`;

/** As long as what the grader says of five exercises. */
const exercises = Array.from({ length: 5 }, (_, i) => ({
  name: `f${i}`,
  points: 2,
  maxPoints: 2,
  with: "own" as const,
  groups: [{ group: "values" as const, ok: true, points: 2, maxPoints: 2 }],
  failures: [{ name: "a case", message: "expected other values than these. ".repeat(60) }],
})) as never;

async function classOf(students: number): Promise<{ classroom: Class; file: string }> {
  const folder = newFolder();
  const file = join(folder, "gradebook.sqlite");
  const classroom = await testClass(await openSqlite(file), folder);
  await classroom.sql.transaction(async (tx) => {
    for (let i = 0; i < students; i++) {
      const id = idOfStudent(i);
      await putStudent(tx, student(id));
      for (const { id: lesson } of LESSONS) {
        const h = handIn(id, { lesson, id: `${lesson}-${id}` });
        await addHandIn(tx, h);
        await addGrade(tx, h, undefined, result(id, i % 11, { lesson, exercises }));
      }
    }
    for (const { id: lesson } of LESSONS) {
      await addPublication(tx, { lesson, published: true, by: "Eva", at: now() });
    }
  });
  return { classroom, file };
}

test("a gradebook is read again after every kind of change, also by another process", async () => {
  const { classroom, file } = await classOf(2);
  const other = await openSqlite(file); // as another process has it
  const books = cacheGradebooks(classroom);
  const [id, lesson] = [idOfStudent(0), LESSON.id];
  const h = handIn(id, { lesson, id: `${lesson}-${id}` });
  const by = { by: "Eva", at: now(), reason: "ill" };
  const row = async () => (await books(LESSON)).find((r) => r.student.id === id)!;
  const changes: [() => Promise<void>, object][] = [
    [
      () => addMark(other, { handIn: h.id, question: "why", points: 1, comment: "", ...by }),
      { writtenPoints: 1 },
    ],
    [() => addOverride(other, { lesson, student: id, points: 7, ...by }), { points: 7 }],
    [() => addExtension(other, { lesson, student: id, until: now(), ...by }), { extension: by }],
    [
      () => addAccommodation(other, { student: id, minutes: 1440 * 300, ...by }),
      { accommodation: by },
    ],
    [() => addExcusal(other, { lesson, student: id, state: "none", ...by }), { status: "graded" }],
    [() => putStudent(other, student(id, { name: "Zoë" })), { student: { name: "Zoë" } }],
    [
      () => addHandIn(other, handIn(id, { lesson, id: "new", attempt: 9 })),
      { status: "waits for the grader" },
    ],
    [() => addGrade(other, { ...h, id: "new" }, undefined, result(id, 3)), { exercisePoints: 3 }],
  ];
  for (const [change, becomes] of changes) {
    const before = await books(LESSON);
    expect(await books(LESSON)).toBe(before);
    await change();
    expect(await books(LESSON)).not.toBe(before);
    expect(await row()).toMatchObject(becomes);
  }
  await other.close();
  await classroom.sql.close();
});

test("a gradebook is read again after somebody is erased and somebody else is added", async () => {
  const { classroom } = await classOf(2);
  await putStudent(classroom.sql, student("gone"));
  const books = cacheGradebooks(classroom);
  const ids = async () => (await books(LESSON)).map((r) => r.student.id);
  expect(await ids()).toContain("gone");
  await erase(classroom, "gone", { reason: "asked for it", by: "Eva" });
  await putStudent(classroom.sql, student("new"));
  expect(await ids()).not.toContain("gone");
  await classroom.sql.close();
});

test("what is made of a lesson is made once, until the lesson changes, or once more if it fails", async () => {
  const { classroom } = await classOf(2);
  const [first, second] = LESSONS as [Lesson, Lesson];
  const made: string[] = [];
  const keep = cacheByLesson(classroom, async ({ id }) => {
    made.push(id);
    if (made.length === 1) throw new Error("once");
    return id;
  });
  await expect(keep(first)).rejects.toThrow("once");
  for (const lesson of [first, first, second, second]) expect(await keep(lesson)).toBe(lesson.id);
  expect(made).toEqual([first.id, first.id, second.id]);
  const handed = handIn(idOfStudent(0), { lesson: second.id, id: "new", attempt: 9 });
  await addHandIn(classroom.sql, handed);
  await addMark(classroom.sql, {
    handIn: "new",
    question: "why",
    points: 1,
    comment: "",
    by: "",
    at: "",
  });
  await keep(first);
  await keep(second);
  expect(made.slice(3)).toEqual([second.id]); // the other lesson is as before
  await classroom.sql.close();
});

test("100 at once get the gradebook of 800, and 100 students their grades", async () => {
  const { classroom } = await classOf(STUDENTS);
  const ids = Array.from({ length: AT_ONCE }, (_, i) => idOfStudent(i + 1));
  const tokens = await makeTokens(classroom.folder, ids);
  const access = new Access(classroom.folder);
  const report = () => Promise.reject(new Error("not here"));
  const options = { url: "http://127.0.0.1", access, assets: new Map(), report };
  const app = await server(classroom, options);
  await app.listen({ host: "127.0.0.1", port: 0 });
  options.url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const cookieOf = (token: string) => `${COOKIE}=${access.signIn(token)!}`;
  const get = async (path: string, cookie: string) => {
    const reply = await fetch(options.url + path, { headers: { cookie } });
    return { status: reply.status, text: await reply.text() };
  };
  const read = vi.spyOn(classroom.sql, "snapshot");
  const measure = async (what: string, ask: (i: number) => ReturnType<typeof get>) => {
    read.mockClear();
    const start = performance.now();
    const replies = await Promise.all(ids.map((_, i) => ask(i)));
    const ms = Math.round(performance.now() - start);
    console.log(`${AT_ONCE} at once, ${what}: ${ms} ms, ${read.mock.calls.length} gradebooks read`);
    expect(new Set(replies.map((r) => r.status))).toEqual(new Set([200]));
    return replies;
  };
  const instructor = cookieOf(access.instructorToken());
  const table = `/lessons/${LESSON.id}`;
  const [first] = await measure("the gradebook", () => get(table, instructor));
  expect(first!.text.match(/<tr>/g)).toHaveLength(PAGE_ROWS + 1);
  expect(read.mock.calls.length).toBe(1);
  const cookies = ids.map((id) => cookieOf(tokens.get(id)!));
  const mine = await measure("students' grades", (i) => get("/me", cookies[i]!));
  expect(mine[10]!.text).toContain(`/students/${ids[10]}`);
  expect(read.mock.calls.length).toBe(LESSONS.length - 1); // one is known
  await measure("all grades", () => get("/grades", instructor));
  await measure("students' reports", (i) => get(`${table}/students/${ids[i]}/report`, cookies[i]!));
  expect(read.mock.calls.length).toBe(0);
  await app.close();
  await classroom.sql.close();
});
