/** Every route of the server's own list, tried without rights: a new route can't be forgotten. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FastifyInstance } from "fastify";
import { courseRoot } from "grader/files";
import { markup } from "grader/reports";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Class, storedFile } from "../class.js";
import { readMarks } from "../sql/read.js";
import { gradebook } from "../gradebook/rows.js";
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
import { addGrade, addHandIn, addPublication, putStudent } from "../sql/write.js";
import { Access, makeTokens } from "./access.js";
import { COOKIE } from "./context.js";
import { server } from "./server.js";

afterAll(removeFolders);

const HOST = "127.0.0.1:8765";
const LESSON = LESSONS[0]!;
const SCRIPT = "<script>alert(1)</script>";
/** What only Ben and instructors may see. */
const SECRET = "ben-secret";
const publication = (published: boolean) => ({ lesson: LESSON.id, published, by: "Eva", at: "" });

let classroom: Class;
let app: FastifyInstance;
let access: Access;
let tokens: Map<string, string>;

beforeAll(async () => {
  const folder = newFolder();
  classroom = await testClass(await openSqlite(join(folder, "gradebook.sqlite")), folder);
  classroom.root = courseRoot();
  classroom.settings.web.requestsPerUser = 100_000; // of which these tests are many
  for (const id of ["ada", "ben"]) {
    await putStudent(classroom.sql, student(id, { name: `${id} ${SCRIPT}` }));
    const h = handIn(id);
    await addHandIn(classroom.sql, h);
    const written = [{ name: "why", points: 2, text: `${id}-secret ${SCRIPT}` }];
    await addGrade(classroom.sql, h, undefined, result(id, 5, { written, file: `${id}-secret` }));
    mkdirSync(dirname(storedFile(classroom, h)), { recursive: true });
    writeFileSync(storedFile(classroom, h), `${id}-secret`);
  }
  await addPublication(classroom.sql, publication(true));
  tokens = await makeTokens(folder, ["ada", "ben"]);
  access = new Access(folder);
  const report = async () => ({ title: "Report", body: markup`<h1>${SECRET}</h1>` });
  const assets = new Map([["web.css", { type: "text/css", text: "" }]]);
  app = await server(classroom, { url: `http://${HOST}`, access, assets, report });
});
afterAll(async () => {
  await app.close();
  await classroom.sql.close();
});

interface Asked {
  method?: string;
  url: string;
  cookie?: string;
  body?: { [name: string]: string };
  headers?: { [name: string]: string };
}

const ask = ({ method = "GET", url, cookie, body, headers }: Asked) =>
  app.inject({
    method: method as "GET",
    url,
    headers: {
      host: HOST,
      ...(cookie ? { cookie: `${COOKIE}=${cookie}` } : {}),
      ...(body ? { "content-type": "application/x-www-form-urlencoded" } : {}),
      ...headers,
    },
    payload: body && new URLSearchParams(body).toString(),
  });

/** An address of a route that is there, about Ben. */
const filled = (url: string) =>
  url
    .replace(":lesson", LESSON.id)
    .replace(":student", "ben")
    .replace(":question", "why")
    .replace(":to", "csv")
    .replace(":platform", "plain")
    .replace(":name", "web.css");
const ofRights = (...rights: string[]) => app.allRoutes.filter((r) => rights.includes(r.rights));
/** Rights that some of the staff have, and no other student. */
const STAFF = ["owner", "instructor", "section", "names", "marker", "own"];
const signedIn = (token: string) => access.signIn(token)!;
const asInstructor = () => signedIn(access.instructorToken("Eva"));

/** Neither shows what is Ben's nor does what was asked. */
async function refused(asked: Asked) {
  const before = JSON.stringify(await gradebook(classroom, LESSON));
  const reply = await ask(asked);
  expect([401, 403, 404], `${asked.method} ${asked.url}`).toContain(reply.statusCode);
  expect(reply.body).not.toContain(SECRET);
  expect(JSON.stringify(await gradebook(classroom, LESSON))).toBe(before);
  return reply;
}

const form = { points: "0", reason: "attack", until: "2030-01-01", comment: "x", code: "x" };
const bodyOf = ({ method }: { method: string }) => (method === "POST" ? form : undefined);

test("the list of routes holds what there is", () => {
  const paths = app.allRoutes.map((r) => `${r.method} ${r.url}`);
  expect(paths).toContain("GET /roster");
  expect(paths).toContain("POST /lessons/:lesson/students/:student/override");
  const open = ofRights("public").map((r) => r.url);
  expect([...new Set(open)].sort()).toEqual(["/", "/assets/:name", "/sign-in", "/sign-out"]);
});

test("the addresses are real: an instructor gets each of them", async () => {
  const cookie = asInstructor();
  for (const { url, method } of ofRights(...STAFF)) {
    if (method === "POST") continue;
    expect((await ask({ method, url: filled(url), cookie })).statusCode, url).toBe(200);
  }
});

test("without a cookie, with a forged one and with one that has ended", async () => {
  const ended = asInstructor();
  access.signOut(ended);
  for (const route of ofRights(...STAFF, "self", "student")) {
    for (const cookie of [undefined, "x", "a".repeat(43), ended, '{"role":"instructor"}', "%00"]) {
      const asked = { method: route.method, url: filled(route.url), cookie, body: bodyOf(route) };
      expect((await refused(asked)).statusCode).toBe(401);
    }
  }
});

test("another student sees nothing of Ben's and changes nothing", async () => {
  const cookie = signedIn(tokens.get("ada")!);
  const csrf = access.session(cookie)!.csrf;
  for (const route of ofRights(...STAFF, "self")) {
    const body = bodyOf(route) && { ...form, _csrf: csrf };
    await refused({ method: route.method, url: filled(route.url), cookie, body });
  }
  const mine = await ask({ url: "/me", cookie });
  expect(mine.statusCode).toBe(200);
  expect(mine.body).not.toContain("ben");
  const own = await ask({ url: `/lessons/${LESSON.id}/students/ada/report`, cookie });
  expect(own.body).toContain("ada-secret");
});

test("a student sees no grade before it is published, and again none when it is taken back", async () => {
  const cookie = signedIn(tokens.get("ben")!);
  const own = `/lessons/${LESSON.id}/students/ben`;
  const shown = async (url: string) => (await ask({ url, cookie })).body;
  expect(await shown(`${own}/report`)).toContain(SECRET);
  expect(await shown(own)).toContain("5 of 12 points");
  expect(await shown("/me")).toContain("5 of 12");
  const instructor = asInstructor();
  const { csrf: _csrf } = access.session(instructor)!;
  const decide = (word: string) =>
    ask({
      method: "POST",
      url: `/lessons/${LESSON.id}/${word}`,
      cookie: instructor,
      body: { _csrf },
    });
  expect((await decide("unpublish")).statusCode).toBe(303);
  expect((await ask({ url: `${own}/report`, cookie })).statusCode).toBe(404);
  for (const url of [own, "/me"]) {
    expect(await shown(url)).toContain("handed in, not published yet");
    expect(await shown(url)).not.toMatch(/\b5\b|waits for marks/);
  }
  expect(await shown(`${own}/notebook`)).toBe(SECRET);
  const seen = await ask({ url: `${own}/report`, cookie: instructor });
  expect(seen.body).toContain(SECRET);
  expect((await decide("publish")).statusCode).toBe(303);
  expect(await shown(`${own}/report`)).toContain(SECRET);
});

test("a student who may see a page may not change it", async () => {
  const cookie = signedIn(tokens.get("ben")!);
  const csrf = access.session(cookie)!.csrf;
  const posts = ofRights(...STAFF).filter((r) => r.method === "POST");
  expect(posts.length).toBeGreaterThan(2);
  for (const { method, url } of posts) {
    const reply = await refused({
      method,
      url: filled(url),
      cookie,
      body: { ...form, _csrf: csrf },
    });
    expect(reply.statusCode).toBe(404);
  }
});

test("forms without the session's own word, or from another site, change nothing", async () => {
  const cookie = asInstructor();
  const other = access.session(signedIn(tokens.get("ada")!))!.csrf;
  const { csrf } = access.session(cookie)!;
  for (const route of ofRights(...STAFF).filter((r) => r.method === "POST")) {
    const asked = { method: "POST", url: filled(route.url), cookie };
    for (const word of [{}, { _csrf: "" }, { _csrf: "x" }, { _csrf: other }]) {
      await refused({ ...asked, body: { ...form, ...(word as object) } });
    }
    const body = { ...form, _csrf: csrf };
    await refused({ ...asked, body, headers: { origin: "http://evil.example" } });
    await refused({ ...asked, body, headers: { host: "evil.example" } });
  }
});

test("paths that climb, and names that every object has", async () => {
  const cookie = asInstructor();
  const names = [
    "..%2f..%2fclass.yaml",
    "x%2f%2e%2e%2faccess.json",
    "....//",
    "%00",
    "a".repeat(900),
    "access.json",
    "gradebook.sqlite",
    "__proto__",
    "constructor",
    "toString",
    "%ff",
    "c:%5c",
  ];
  for (const { method, url } of app.allRoutes.filter((r) => r.url.includes(":"))) {
    for (const name of names) {
      const params = url.match(/:\w+/g)!;
      for (const param of params) {
        const asked = filled(url.replace(param, name));
        const reply = await ask({ method, url: asked, cookie, body: bodyOf({ method }) });
        expect(reply.statusCode, `${method} ${asked}`).toBeGreaterThanOrEqual(400);
        expect(reply.statusCode, `${method} ${asked}`).toBeLessThan(500);
        expect(reply.body).not.toContain("timeZone");
      }
    }
  }
  expect(readFileSync(join(classroom.folder, "access.json"), "utf8")).not.toContain(
    tokens.get("ada"),
  );
});

test("an instructor's link works once, and a new student's link ends the older one", async () => {
  const sign = (token: string) => ask({ method: "POST", url: "/sign-in", body: { token } });
  const once = access.instructorToken();
  const first = await sign(once);
  expect(first.statusCode).toBe(303);
  expect(first.headers["set-cookie"]).toMatch(/HttpOnly; SameSite=Lax/);
  expect((await sign(once)).statusCode).toBe(401);
  expect((await sign("")).statusCode).toBe(401);
  await makeTokens(classroom.folder, ["ben"]);
  expect((await sign(tokens.get("ben")!)).statusCode).toBe(401);
  expect((await sign(tokens.get("ada")!)).statusCode).toBe(303);
});

test("what students wrote is text, and no page allows a script of its own", async () => {
  const cookie = asInstructor();
  for (const { url, method } of ofRights(...STAFF)) {
    if (method !== "GET" || /notebook$|export|feedback/.test(url)) continue;
    const reply = await ask({ url: filled(url), cookie });
    expect(reply.body, url).not.toContain(SCRIPT);
    expect(reply.headers["content-security-policy"], url).toMatch(/^default-src 'none'/);
    expect(reply.headers["content-security-policy"], url).not.toMatch(/script-src[^;]*unsafe/);
  }
});

test("an instructor marks, sets points and extends", async () => {
  const cookie = asInstructor();
  const { csrf: _csrf } = access.session(cookie)!;
  const at = `/lessons/${LESSON.id}`;
  const shown = await ask({ url: `${at}/marking/why`, cookie });
  const [, code] = /name="code" value="(\w+)"/.exec(shown.body)!;
  const post = (url: string, body: object) =>
    ask({ method: "POST", url, cookie, body: { _csrf, ...body } });
  expect((await post(`${at}/marking/why`, { code, points: "3" })).statusCode).toBe(400);
  expect((await post(`${at}/marking/why`, { code, points: "" })).statusCode).toBe(400);
  const mark = { code: code!, points: "1,5", comment: "short" };
  expect((await post(`${at}/marking/why`, mark)).statusCode).toBe(303);
  const ben = `${at}/students/ben`;
  expect((await post(`${ben}/override`, { points: "7", reason: "" })).statusCode).toBe(400);
  expect((await post(`${ben}/override`, { points: "7", reason: "oral" })).statusCode).toBe(303);
  const late = { until: "2031-01-01 10:00", reason: "ill" };
  expect((await post(`${ben}/extension`, late)).statusCode).toBe(303);
  const rows = await gradebook(classroom, LESSON);
  const marks = await readMarks(classroom.sql, LESSON.id);
  const decided = rows.find((r) => r.student.id === "ben")!;
  const names = [...marks, decided.override!, decided.extension!].map((d) => d.by);
  expect(names).toEqual(["Eva", "Eva", "Eva"]);
  expect(rows.map((r) => r.writtenPoints).sort()).toEqual([0, 1.5]);
  expect(rows.find((r) => r.student.id === "ben")).toMatchObject({ points: 7, daysLate: 0 });
});

test("100 requests at a time", async () => {
  const cookie = asInstructor();
  const url = `/lessons/${LESSON.id}`;
  const replies = await Promise.all(Array.from({ length: 100 }, () => ask({ url, cookie })));
  expect(new Set(replies.map((r) => r.statusCode))).toEqual(new Set([200]));
});
