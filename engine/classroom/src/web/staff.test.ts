/** Who of the staff sees and changes what, and what forms keep when they are rejected. */
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { markup } from "grader/reports";
import { courseRoot } from "grader/files";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Class } from "../class.js";
import {
  handIn,
  LESSONS,
  newFolder,
  removeFolders,
  result,
  student,
  testClass,
} from "../class.testing.js";
import { gradebook } from "../gradebook/rows.js";
import { changeRubric, readRubric } from "../marking/rubric.js";
import { readRequests } from "../requests/requests.js";
import { readMarks, readStudents } from "../sql/read.js";
import { openSqlite } from "../sql/sqlite.js";
import { addGrade, addHandIn, addPublication, putStudent } from "../sql/write.js";
import { changeStaff } from "../staff/staff.js";
import { Access, makeTokens, staffKey } from "./access.js";
import { COOKIE } from "./context.js";
import { server } from "./server.js";

afterAll(removeFolders);

const HOST = "127.0.0.1:8765";
const LESSON = LESSONS[0]!;
const AT = `/lessons/${LESSON.id}`;
const SECTIONS = { ada: "A", ben: "A", cy: "B" };
const STAFF = [
  { email: "gus@x.edu", name: "Gus", role: "grader", sections: "A", seesNames: false },
  { email: "nora@x.edu", name: "Nora", role: "grader", sections: "", seesNames: true },
  { email: "ina@x.edu", name: "Ina", role: "instructor", sections: "A", seesNames: false },
  { email: "ira@x.edu", name: "Ira", role: "instructor", sections: "", seesNames: false },
  { email: "olga@x.edu", name: "Olga", role: "owner", sections: "", seesNames: false },
];

let classroom: Class;
let app: FastifyInstance;
let access: Access;
/** By the name before the @ of an address, or a student's id. */
const cookies = new Map<string, string>();

async function fill(): Promise<void> {
  for (const [id, section] of Object.entries(SECTIONS)) {
    await putStudent(classroom.sql, student(id, { name: `Name of ${id}`, section }));
    await addHandIn(classroom.sql, handIn(id));
    const text = id === "cy" ? "Another answer." : "It adds up.";
    const written = [{ name: "why", points: 2, text }];
    await addGrade(classroom.sql, handIn(id), undefined, result(id, 5, { written }));
  }
  for (const member of STAFF) await changeStaff(classroom, { ...member, by: "Olga" });
}

beforeAll(async () => {
  const folder = newFolder();
  classroom = await testClass(await openSqlite(join(folder, "gradebook.sqlite")), folder);
  classroom.root = courseRoot();
  await fill();
  access = new Access(folder);
  const report = async () => ({ title: "Report", body: markup`<p>all</p>` });
  const assets = new Map<string, { type: string; text: string }>();
  app = await server(classroom, { url: `http://${HOST}`, access, assets, report });
  const keys = [...STAFF.map(({ email }) => staffKey(email)), ...Object.keys(SECTIONS)];
  for (const [key, token] of await makeTokens(folder, keys)) {
    cookies.set(key.replace(/^staff:|@.*$/g, ""), access.signIn(token)!);
  }
});
afterAll(async () => {
  await app.close();
  await classroom.sql.close();
});

const headers = (who: string) => ({ host: HOST, cookie: `${COOKIE}=${cookies.get(who)}` });
const get = (who: string, url: string) => app.inject({ url, headers: headers(who) });
const post = (who: string, url: string, fields: [string, string][]) =>
  app.inject({
    method: "POST",
    url,
    headers: { ...headers(who), "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams([
      ["_csrf", access.session(cookies.get(who))!.csrf],
      ...fields,
    ]).toString(),
  });

test.each([
  ["/roster", { gus: 404, nora: 200, ina: 200, olga: 200, ada: 404 }],
  ["/grades", { gus: 404, nora: 200, ina: 200, olga: 200, ada: 404 }],
  [AT, { gus: 200, nora: 200, ina: 200, olga: 200, ada: 404 }],
  [`${AT}/marking/why`, { gus: 200, nora: 200, ina: 200, olga: 200, ada: 404 }],
  [`${AT}/rubric/why`, { gus: 404, nora: 404, ina: 404, olga: 200, ada: 404 }],
  [`${AT}/students/ada`, { gus: 404, nora: 200, ina: 200, olga: 200, ada: 200 }],
  [`${AT}/students/cy`, { gus: 404, nora: 200, ina: 404, olga: 200, ada: 404 }],
  ["/students/ada/total", { gus: 404, nora: 200, ina: 200, olga: 200, ada: 200 }],
  ["/students/cy/total", { gus: 404, nora: 200, ina: 404, olga: 200, ada: 404 }],
  [`${AT}/report`, { gus: 404, nora: 404, ina: 404, olga: 200, ada: 404 }],
  ["/export/csv", { gus: 404, nora: 404, ina: 404, olga: 200, ada: 404 }],
  ["/export/total", { gus: 404, nora: 404, ina: 404, olga: 200, ada: 404 }],
  ["/requests", { gus: 404, nora: 404, ina: 200, olga: 200, ada: 404 }],
  ["/audit", { gus: 404, nora: 404, ina: 404, ira: 200, olga: 200, ada: 404 }],
  ["/roster/ada", { gus: 404, nora: 404, ina: 404, ira: 200, olga: 200, ada: 404 }],
  ["/roster/ada/data", { gus: 404, nora: 404, ina: 404, ira: 200, olga: 200, ada: 404 }],
  ["/staff", { gus: 404, nora: 404, ina: 404, ira: 404, olga: 200, ada: 404 }],
])("%s", async (url, expected) => {
  const replies = Object.keys(expected).map(async (who) => [who, (await get(who, url)).statusCode]);
  expect(Object.fromEntries(await Promise.all(replies))).toEqual(expected);
});

test.each(STAFF.map(({ email }) => email.split("@")[0]!))(
  "%s: the navigation leads to all pages of the class that open, and to no other",
  async (who) => {
    const [nav] = /<nav.*?<\/nav>/s.exec((await get(who, "/")).body)!;
    const links = [...nav.matchAll(/href="([^"]*)"/g)].map(([, at]) => at!);
    const pages = ["/", "/grades", "/roster", "/requests", "/audit", "/staff"];
    const replies = await Promise.all(pages.map((at) => get(who, at)));
    expect(links).toEqual(pages.filter((_, i) => replies[i]!.statusCode === 200));
  },
);

test("only an owner erases, and a roster leads to what is kept for whoever may see it", async () => {
  const form: [string, string][] = [
    ["reason", "asked for it"],
    ["confirm", "ada"],
  ];
  for (const who of ["gus", "nora", "ina", "ira", "ada"]) {
    expect((await post(who, "/roster/ada/erase", form)).statusCode, who).toBe(404);
  }
  expect((await readStudents(classroom.sql)).map(({ id }) => id)).toContain("ada");
  expect((await get("ira", "/roster/ada")).body).not.toContain("/roster/ada/erase");
  expect((await get("olga", "/roster/ada")).body).toContain("/roster/ada/erase");
  for (const who of ["nora", "ina"]) {
    expect((await get(who, "/roster")).body, who).not.toContain("/roster/ada");
  }
  expect((await get("ira", "/roster")).body).toContain('href="/roster/ada"');
});

test("who has sections sees nobody else, and a grader without names sees none", async () => {
  for (const url of ["/roster", "/grades", AT]) {
    const { body } = await get("ina", url);
    expect(body, url).toContain("Name of ada");
    expect(body, url).not.toContain("Name of cy");
  }
  for (const url of ["/", AT, `${AT}/marking/why`]) {
    expect((await get("gus", url)).body, url).not.toMatch(/Name of|ada@|1001/);
  }
  expect((await get("gus", `${AT}/marking/why`)).body).not.toContain("Another answer.");
});

test("only who decides decides, and only in their sections", async () => {
  const fields: [string, string][] = [
    ["points", "7"],
    ["reason", "oral exam"],
  ];
  const set = async (who: string, id: string) =>
    (await post(who, `${AT}/students/${id}/override`, fields)).statusCode;
  expect([await set("gus", "ada"), await set("nora", "ada"), await set("ina", "cy")]).toEqual([
    404, 404, 404,
  ]);
  expect((await post("ina", `${AT}/publish`, [])).statusCode).toBe(404);
  expect(await set("ina", "ada")).toBe(303);
  const [row] = await gradebook(classroom, LESSON);
  expect(row!.override).toMatchObject({ points: 7, by: "Ina" });
});

const codeIn = (body: string) => /name="code" value="(\w+)"/.exec(body)?.[1] ?? "";
const seenIn = (body: string) => /name="seen" value="([^"]*)"/.exec(body)?.[1] ?? "";

test("two who mark get different answers; a mark that came meanwhile is not overwritten unseen", async () => {
  const change = { id: "", points: "1", sentence: "Names the sum", by: "Olga" };
  await changeRubric(classroom, LESSON, "why", change);
  const [item] = await readRubric(classroom.sql, LESSON.id, "why");
  const url = `${AT}/marking/why`;
  const gus = (await get("gus", url)).body;
  expect(gus).toContain("2 equal answers, which are marked once.");
  const olga = (await get("olga", url)).body;
  expect(olga).toContain("Another answer.");
  expect(olga).toContain("Gus marks this question now");
  expect((await get("nora", url)).body).toContain("What is left is open with others.");
  // Nora opens the same answer by its address and is warned; both save
  const code = codeIn(gus);
  const nora = (await get("nora", `${url}?code=${code}`)).body;
  expect(nora).toContain("Gus has this answer open now.");
  const saved = await post("gus", `${url}?code=${code}`, [
    ["code", code],
    ["seen", seenIn(gus)],
    ["item", item!.id],
    ["points", ""],
    ["comment", "short"],
  ]);
  expect(saved.statusCode).toBe(303);
  const marks = await readMarks(classroom.sql, LESSON.id);
  expect(marks.map((m) => [m.points, m.by, m.items?.length])).toEqual([
    [1, "Gus", 1],
    [1, "Gus", 1],
  ]);
  const late = (seen: string): [string, string][] => [
    ["code", code],
    ["seen", seen],
    ["points", "2"],
    ["comment", "my own long comment"],
  ];
  const rejected = await post("nora", `${url}?code=${code}`, late(seenIn(nora)));
  expect(rejected.statusCode).toBe(400);
  expect(rejected.body).toContain("Gus has given 1 points meanwhile");
  expect(rejected.body).toContain("my own long comment");
  const again = await post("nora", `${url}?code=${code}`, late(seenIn(rejected.body)));
  expect(again.statusCode).toBe(303);
});

test.each([
  [
    "olga",
    `${AT}/students/ada/override`,
    { points: "many", reason: "typed one" },
    "must be a number",
  ],
  ["olga", `${AT}/students/ada/override`, { points: "3", reason: " " }, "The reason is missing"],
  [
    "olga",
    `${AT}/students/ada/extension`,
    { until: "soon", reason: "typed two" },
    "must look like",
  ],
  ["olga", `${AT}/students/ada/accommodation`, { time: "long", reason: "typed three" }, "2 days"],
  ["olga", `${AT}/rubric/why`, { id: "", points: "9", sentence: "typed four" }, "from −2 to 2"],
  ["olga", "/roster/ada/erase", { reason: "typed five", confirm: "ben" }, "write ada"],
  ["olga", "/roster/ada/erase", { reason: " ", confirm: "ada" }, "The reason is missing"],
  ["olga", "/staff", { email: "eve@x.edu", role: "grader", sections: "Z" }, "no section Z"],
])("%s, %s: a rejected form says why and keeps what was typed", async (who, url, values, why) => {
  const reply = await post(who, url, Object.entries(values));
  expect(reply.statusCode).toBe(400);
  const alerts = /role="alert">([^<]*)/.exec(reply.body)?.[1] ?? "";
  expect(alerts.toLowerCase()).toContain(why.toLowerCase());
  for (const typed of Object.values(values).filter((v) => /typed|@|^(many|soon|long|Z)$/.test(v))) {
    expect(reply.body).toContain(typed);
  }
});

test("a student asks below a published grade, about nobody else's, and is answered", async () => {
  await addPublication(classroom.sql, { lesson: LESSON.id, published: true, by: "Olga", at: "" });
  const request: [string, string][] = [
    ["about", "why"],
    ["message", "I named the sum."],
  ];
  const ada = `${AT}/students/ada`;
  for (const who of ["ben", "olga", "nora"]) {
    expect((await post(who, `${ada}/request`, request)).statusCode, who).toBe(404);
  }
  expect((await post("ada", `${ada}/request`, request)).statusCode).toBe(303);
  const rejected = await post("ada", `${ada}/request`, request);
  expect(rejected.body).toContain("You have asked about this already");
  expect(rejected.body).toContain(">I named the sum.</textarea>");
  const [open] = await readRequests(classroom.sql);
  expect((await get("ina", "/requests")).body).toContain("I named the sum.");
  const answer: [string, string][] = [
    ["request", open!.id],
    ["message", "Half a point more."],
  ];
  expect((await post("ina", `${AT}/students/ben/answer`, answer)).statusCode).toBe(404);
  expect((await post("ina", `${ada}/answer`, answer)).statusCode).toBe(303);
  const { body } = await get("ada", ada);
  expect(body).toContain("Half a point more.");
  expect(body).not.toContain("Ina");
});

test("rights that are taken away end at once", async () => {
  expect((await get("ina", "/roster")).statusCode).toBe(200);
  const ina = { ...STAFF[2]!, by: "Olga" };
  await changeStaff(classroom, { ...ina, role: "grader" });
  expect((await get("ina", "/roster")).statusCode).toBe(404);
  await changeStaff(classroom, { ...ina, role: "none" });
  expect((await get("ina", AT)).statusCode).toBe(401);
});
