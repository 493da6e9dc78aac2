/** A resubmission after the grades were published: what becomes of marks, and who sees what. */
import { afterAll, expect, test } from "vitest";
import { removeFolders } from "../class.testing.js";
import { notebookOf, situation } from "../situations.testing.js";
import { addMark, addOverride, now } from "../sql/write.js";
import { Access } from "../web/access.js";
import { COOKIE } from "../web/context.js";
import { server } from "../web/server.js";
import { publish } from "./published.js";

afterAll(removeFolders);

const HOST = "127.0.0.1:8765";

async function marked() {
  const class_ = await situation();
  const mark = async (points: number) => {
    const { handIn } = await class_.row("1001");
    const given = { handIn: handIn!.id, question: "why", comment: "good", by: "Eva", at: now() };
    await addMark(class_.classroom.sql, { ...given, points });
  };
  await class_.collect({ "1001/06.ipynb": notebookOf(8, "Since it adds up.") });
  await class_.grade();
  await mark(2);
  return { ...class_, mark };
}

test("a mark stays with an answer that did not change, and leaves one that did", async () => {
  const class_ = await marked();
  expect(await class_.row("1001")).toMatchObject({ points: 10, status: "graded" });
  await class_.collect({ "1001/06.ipynb": notebookOf(9, "Since it adds up.\n") });
  await class_.grade();
  expect(await class_.row("1001")).toMatchObject({
    points: 11,
    writtenPoints: 2,
    status: "graded",
  });
  await class_.mark(1);
  expect((await class_.row("1001")).points).toBe(10);
  await class_.collect({ "1001/06.ipynb": notebookOf(9, "Another reason.") });
  await class_.grade();
  expect(await class_.row("1001")).toMatchObject({ points: 9, status: "waits for marks" });
  await class_.close();
});

test("a published grade changes when it is published again, and both sides see why", async () => {
  const class_ = await marked();
  const { classroom, lesson } = class_;
  expect(await publish(classroom, lesson, "Eva")).toBe(1);
  const access = new Access(classroom.folder);
  const report = () => Promise.reject(new Error("not here"));
  const options = { url: `http://${HOST}`, access, assets: new Map(), report };
  const app = await server(classroom, options);
  const instructor = access.signIn(access.instructorToken("Eva"))!;
  const ada = access.begin({ role: "student", id: "1001" });
  const ben = access.begin({ role: "student", id: "1002" });
  const page = async (cookie: string, url: string) =>
    (await app.inject({ url, headers: { host: HOST, cookie: `${COOKIE}=${cookie}` } })).body;
  const own = `/lessons/${lesson.id}/students/1001`;

  await class_.collect({ "1001/07.ipynb": notebookOf(3, "Another reason.") });
  await class_.grade();
  expect((await class_.row("1001")).points).toBe(3);
  for (const url of ["/me", own]) expect(await page(ada, url)).toContain("10 of 14");
  expect(await page(ada, own)).toContain("Something has changed since these grades were published");
  expect(await page(ada, own)).not.toContain("07.ipynb instead of");
  expect(await page(instructor, own)).toContain("3 of 14");
  expect(await page(instructor, own)).toContain(
    "not shown to students yet: Another hand-in counts: 1001/07.ipynb instead of 1001/06.ipynb.",
  );
  expect(await page(instructor, `/lessons/${lesson.id}`)).toContain("1 of them have changed since");

  // who hands in after the publication has nothing published
  await class_.collect({ "1002/06.ipynb": notebookOf(5) });
  await class_.grade();
  expect(await page(ben, "/me")).toContain("not published yet");
  expect(await page(ben, "/me")).not.toContain("5 of 14");

  expect(await publish(classroom, lesson, "Eva")).toBe(2);
  expect(await publish(classroom, lesson, "Eva")).toBe(0);
  expect(await page(ada, own)).toContain("3 of 14");
  expect(await page(ada, own)).toContain("Exercises: 8 before, 3 now.");
  expect(await page(ada, own)).toContain("Written answers: 2 before, 0 now.");
  expect(await page(ben, "/me")).toContain("5 of 14");
  expect(await page(instructor, `/lessons/${lesson.id}`)).not.toContain("have changed since");

  const decision = {
    lesson: lesson.id,
    student: "1001",
    reason: "oral exam",
    by: "Eva",
    at: now(),
  };
  await addOverride(classroom.sql, { ...decision, points: 12 });
  expect(await page(ada, "/me")).toContain("3 of 14");
  await app.close();
  await class_.close();
});
