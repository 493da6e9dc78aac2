/** 800 students behind the one address of a campus, and somebody there who asks too often. */
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseSettings } from "../settings.js";
import { openSqlite } from "../sql/sqlite.js";
import { putStudent } from "../sql/write.js";
import { join } from "node:path";
import { newFolder, removeFolders, SETTINGS, student, testClass } from "../class.testing.js";
import type { Class } from "../class.js";
import { markup } from "grader/reports";
import { Access, makeTokens, userKey, wholeClass } from "./access.js";
import { COOKIE } from "./context.js";
import { readLimits } from "./limits.js";
import { server } from "./server.js";

afterAll(removeFolders);

const URL = "https://grades.x.edu";
const PROXY = "10.20.0.1";
const CAMPUS = "192.0.2.7";
const STUDENTS = Array.from({ length: 800 }, (_, i) => `s${1000 + i}`);

let classroom: Class;
let access: Access;
let tokens: Map<string, string>;
let app: FastifyInstance;

async function start(web: string): Promise<FastifyInstance> {
  const ids = classroom.lessons.map(({ id }) => id);
  classroom.settings = parseSettings(`${SETTINGS}web: ${web}\n`, "class.yaml", ids);
  const report = async () => ({ title: "Report", body: markup`` });
  const assets = new Map([["web.css", { type: "text/css", text: "" }]]);
  return server(classroom, { url: URL, access, assets, report });
}

beforeAll(async () => {
  const folder = newFolder();
  classroom = await testClass(await openSqlite(join(folder, "gradebook.sqlite")), folder);
  for (const id of STUDENTS) await putStudent(classroom.sql, student(id));
  tokens = await makeTokens(folder, STUDENTS);
  access = new Access(folder);
});
afterAll(() => classroom.sql.close());

interface Asked {
  url: string;
  cookie?: string;
  token?: string;
  /** Who the proxy says has asked. */
  from?: string;
  /** Who has opened the connection. */
  remoteAddress?: string;
}

const ask = ({ url, cookie, token, from = CAMPUS, remoteAddress = PROXY }: Asked) =>
  app.inject({
    method: token === undefined ? "GET" : "POST",
    url,
    remoteAddress,
    headers: {
      host: "grades.x.edu",
      "x-forwarded-for": from,
      ...(cookie === undefined ? {} : { cookie: `${COOKIE}=${cookie}` }),
      ...(token === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
    },
    payload: token === undefined ? undefined : new URLSearchParams({ token }).toString(),
  });

/** Everything that a browser asks for until the student sees their grades. */
async function signIn(id: string): Promise<{ codes: number[]; cookie: string }> {
  const first = [
    await ask({ url: "/" }),
    await ask({ url: "/sign-in" }),
    await ask({ url: "/assets/web.css" }),
  ];
  const entered = await ask({ url: "/sign-in", token: tokens.get(id)! });
  const cookie = /course-session=([^;]+)/.exec(String(entered.headers["set-cookie"]))?.[1] ?? "";
  const mine = [await ask({ url: "/", cookie }), await ask({ url: "/me", cookie })];
  return { codes: [...first, entered, ...mine].map((r) => r.statusCode), cookie };
}

test("800 sign in within a minute, and one who asks too often stops nobody else", async () => {
  app = await start(`{ trustedProxies: [10.20.0.0/16] }`);
  const cookies: string[] = [];
  for (const id of STUDENTS) {
    const { codes, cookie } = await signIn(id);
    expect(codes, id).toEqual([303, 200, 200, 303, 303, 200]);
    cookies.push(cookie);
  }
  const [greedy, neighbor] = cookies;
  let allowed = 0;
  while ((await ask({ url: "/me", cookie: greedy })).statusCode === 200) allowed++;
  expect(allowed).toBeGreaterThan(500);
  expect(allowed).toBeLessThanOrEqual(600);
  const refused = await ask({ url: "/me", cookie: greedy });
  expect(refused.statusCode).toBe(429);
  expect(refused.body).toContain("Too many requests: try again in");
  expect((await ask({ url: "/me", cookie: neighbor })).statusCode).toBe(200);
  // a second browser of the same student is the same student
  const again = await signIn(STUDENTS[0]!);
  expect(again.codes.slice(-1)).toEqual([429]);
  await app.close();
});

test("somebody without a session is counted by address, and signed-in neighbors go on", async () => {
  app = await start(`{ trustedProxies: [10.20.0.1], requestsPerAddress: 20 }`);
  const { cookie } = await signIn(STUDENTS[1]!);
  const codes: number[] = [];
  for (let i = 0; i < 30; i++) codes.push((await ask({ url: "/sign-in" })).statusCode);
  expect(codes.filter((c) => c === 429).length).toBeGreaterThanOrEqual(10);
  expect((await ask({ url: "/me", cookie })).statusCode).toBe(200);
  expect((await ask({ url: "/sign-in", from: "192.0.2.8" })).statusCode).toBe(200);
  await app.close();
});

test("X-Forwarded-For of somebody who is no trusted proxy changes nothing", async () => {
  app = await start(`{ trustedProxies: [10.20.0.1], requestsPerAddress: 20 }`);
  const forged = (i: number) =>
    ask({ url: "/sign-in", remoteAddress: "203.0.113.9", from: `10.1.1.${i}` });
  const codes: number[] = [];
  for (let i = 0; i < 30; i++) codes.push((await forged(i)).statusCode);
  expect(codes.filter((c) => c === 429)).toHaveLength(10);
  // nor does what a student writes there before the proxy does
  const before = (i: number) => ask({ url: "/sign-in", from: `10.1.1.${i}, 192.0.2.9` });
  const behind: number[] = [];
  for (let i = 0; i < 30; i++) behind.push((await before(i)).statusCode);
  expect(behind.filter((c) => c === 429)).toHaveLength(10);
  await app.close();
});

test.each([
  ["{ trustedProxies: [everybody] }", "web.trustedProxies must list addresses or networks"],
  ["{ trustedProxies: [10.0.0.0/33] }", "web.trustedProxies must list addresses or networks"],
  ["{ requestsPerUser: 0 }", "web.requestsPerUser must be a whole number from 1"],
  ["{ perUser: 5 }", "web.perUser is unknown"],
  ["5", "web must hold trustedProxies"],
])("%s is refused in a sentence", (web, sentence) => {
  expect(() =>
    parseSettings(`${SETTINGS}web: ${web}\n`, "class.yaml", ["06-attention", "07-cheaper"]),
  ).toThrow(sentence);
});

test("whoever signs in again and again ends their own oldest session, and nobody else's", () => {
  const sessions = new Access(newFolder());
  const other = sessions.begin({ role: "student", id: "other" });
  const first = sessions.begin({ role: "student", id: "greedy" });
  for (let i = 0; i < 50; i++) sessions.begin({ role: "student", id: "greedy" });
  expect(sessions.session(first)).toBeUndefined();
  expect(sessions.session(other)).toBeDefined();
});

test("somebody of the staff is one user, whatever their role and name are by now", () => {
  const eva = { ...wholeClass("owner", "Eva"), email: "eva@x.edu" };
  const before = { ...eva, role: "grader" as const, name: "eva@x.edu", seesNames: false };
  expect(userKey(before)).toBe(userKey(eva));
  const others = [
    { ...eva, email: "eve@x.edu" },
    wholeClass("owner", "Eva"),
    wholeClass("instructor", "Eva"),
    { role: "student" as const, id: "Eva" },
  ];
  expect(new Set([eva, ...others].map(userKey)).size).toBe(5);
});

test("networks of both kinds are taken", () => {
  const proxies = ["10.0.0.5", "10.0.0.0/8", "::1", "fd00::/8"];
  expect(readLimits("class.yaml", { trustedProxies: proxies }).trustedProxies).toEqual(proxies);
});
