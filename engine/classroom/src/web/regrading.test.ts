/** Grading again from the browser, and what can be downloaded. */
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gradeLesson, type GradeTasks } from "../gradebook/grade.js";
import { readGrades } from "../sql/read.js";
import { classOfTwo, graderOf } from "../gradebook/regrade.testing.js";
import { removeFolders } from "../class.testing.js";
import { Access } from "./access.js";
import { COOKIE } from "./context.js";
import { server } from "./server.js";

afterAll(removeFolders);

const HOST = "127.0.0.1:8765";
const { classroom, lesson } = await classOfTwo();
const access = new Access(classroom.folder);
const at = `/lessons/${lesson.id}`;
/** What grades now. */
let grade: GradeTasks = graderOf(8);
let app: Awaited<ReturnType<typeof server>>;
let cookie: string;

beforeAll(async () => {
  await gradeLesson(classroom, lesson, { grade });
  const grading = { grade: ((...all) => grade(...all)) as GradeTasks };
  const report = () => Promise.reject(new Error("not here"));
  app = await server(classroom, {
    url: `http://${HOST}`,
    access,
    assets: new Map(),
    report,
    grading,
  });
  cookie = access.signIn(access.instructorToken("Eva"))!;
});
afterAll(async () => {
  await app.close();
  await classroom.sql.close();
});

const headers = () => ({ host: HOST, cookie: `${COOKIE}=${cookie}` });
const get = (url: string) => app.inject({ url, headers: headers() });
const post = (url: string, more: { [name: string]: string } = {}) =>
  app.inject({
    method: "POST",
    url,
    headers: { ...headers(), "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ _csrf: access.session(cookie)!.csrf, ...more }).toString(),
  });
const earned = async () =>
  (await readGrades(classroom.sql, lesson.id)).map((g) => [g.points, g.by]);

/** The page, once nothing runs any more. */
async function settled() {
  for (;;) {
    const page = await get(`${at}/regrade`);
    if (page.headers.refresh === undefined) return page;
    await new Promise((done) => setTimeout(done, 10));
  }
}

test("who changes by how much is shown, and accepted by a click under a name", async () => {
  expect((await get(`${at}/regrade`)).body).toContain(">Compare<");
  grade = graderOf(9.5);
  expect((await post(`${at}/regrade`)).statusCode).toBe(303);
  const { body } = await settled();
  expect(body).toContain("2 hand-ins compared, 2 change");
  expect(body).toContain("<td>8</td><td>9.5</td><td>+1.5</td>");
  expect(await earned()).toEqual(Array(2).fill([8, ""]));
  const refused = await post(`${at}/regrade/accept`, { digest: "other" });
  expect([refused.statusCode, await earned()]).toEqual([400, Array(2).fill([8, ""])]);
  const [, digest] = /name="digest" value="(\w+)"/.exec(body)!;
  expect((await post(`${at}/regrade/accept`, { digest: digest! })).statusCode).toBe(303);
  expect(await earned()).toEqual(Array(2).fill([9.5, "Eva"]));
  expect((await get(at)).body).toContain("9.5 of 10");
});

test("one at a time; it can be stopped, and a failure is said", async () => {
  grade = async (_root, _tasks, _seed, { signal }) => {
    while (!signal!.aborted) await new Promise((done) => setTimeout(done, 5));
    signal!.throwIfAborted();
  };
  // other content, so that there is something to do
  await classroom.sql.run("UPDATE grades SET seed = 8");
  await post(`${at}/regrade`);
  expect((await post(`${at}/regrade`)).body).toContain("is being compared");
  expect((await get(`${at}/regrade`)).headers.refresh).toBe("3");
  await post(`${at}/regrade/stop`);
  expect((await settled()).body).not.toContain("It failed");
  grade = () => Promise.reject(new Error("bubblewrap is missing"));
  await post(`${at}/regrade`);
  expect((await settled()).body).toContain("It failed: bubblewrap is missing");
});

test("tables of all lessons, and feedback as the platform takes it back", async () => {
  const table = await get("/export/csv");
  expect(table.headers["content-disposition"]).toContain("grades-csv.csv");
  expect(table.body).toContain("ada@x.edu");
  expect((await get(at)).body).toContain(`href="${at}/feedback/plain"`);
  const archive = await get(`${at}/feedback/plain`);
  const files = Object.keys(unzipSync(archive.rawPayload)).sort();
  expect(files).toEqual(["ada/feedback.html", "ben/feedback.html"]);
  for (const url of [`${at}/feedback/moodle`, "/export/toString"]) {
    expect((await get(url)).statusCode).toBe(404);
  }
});
