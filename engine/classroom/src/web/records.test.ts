/** Who changed what, and what is kept about a student, in a browser. */
import { existsSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { unzipSync } from "fflate";
import { markup } from "grader/reports";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storedFile, type Class } from "../class.js";
import { removeFolders } from "../class.testing.js";
import { fullClass } from "../records/backup.testing.js";
import { readHandIns, readStudents } from "../sql/read.js";
import { Access, wholeClass } from "./access.js";
import { COOKIE } from "./context.js";
import { server } from "./server.js";

const HOST = "127.0.0.1:8765";
let classroom: Class;
let app: FastifyInstance;
let cookie: string;
let csrf: string;

beforeAll(async () => {
  classroom = await fullClass(["ada", "ben"]);
  const access = new Access(classroom.folder);
  const report = async () => ({ title: "Report", body: markup`` });
  app = await server(classroom, { url: `http://${HOST}`, access, assets: new Map(), report });
  cookie = access.begin(wholeClass("owner", "Ida"));
  csrf = access.session(cookie)!.csrf;
});
afterAll(async () => {
  await app.close();
  await classroom.sql.close();
  removeFolders();
});

const ask = (url: string, body?: { [name: string]: string }) =>
  app.inject({
    method: body ? "POST" : "GET",
    url,
    headers: {
      host: HOST,
      cookie: `${COOKIE}=${cookie}`,
      ...(body ? { "content-type": "application/x-www-form-urlencoded" } : {}),
    },
    payload: body && new URLSearchParams({ _csrf: csrf, ...body }).toString(),
  });

test("changes are listed with who made them, and are found by a name", async () => {
  const all = await ask("/audit");
  expect(all.body).toContain("set the points to 7 by hand: ada was ill");
  expect(all.body).toContain("marked why: 1.5 points, good");
  const found = (await ask("/audit?find=ben")).body;
  expect(found).toContain("ben was ill");
  expect(found).not.toContain("ada was ill");
  expect(found).toMatch(/Changes 1–\d+ of \d+/);
  expect((await ask("/audit?find=nothing")).body).toContain("Nothing is found.");
});

test("a student's page says what is kept, and its download is on record", async () => {
  const shown = (await ask("/roster/ada")).body;
  expect(shown).toContain("hand ins: 1");
  expect(shown).not.toContain("ben was ill");
  const archive = await ask("/roster/ada/data");
  expect(Object.keys(unzipSync(archive.rawPayload))).toContain("data.json");
  expect((await ask("/roster/ada")).body).toMatch(/<td>Ida<\/td><td>export: all data<\/td>/);
});

test("a student is erased only when the form is confirmed and gives a reason", async () => {
  const file = storedFile(
    classroom,
    (await readHandIns(classroom.sql)).find((h) => h.student === "ada")!,
  );
  for (const wrong of [
    { reason: "asked", confirm: "ben" },
    { reason: " ", confirm: "ada" },
  ]) {
    expect((await ask("/roster/ada/erase", wrong)).statusCode).toBe(400);
    expect(existsSync(file)).toBe(true);
  }
  expect((await ask("/roster/ada/erase", { reason: "asked", confirm: "ada" })).statusCode).toBe(
    303,
  );
  expect((await readStudents(classroom.sql)).map(({ id }) => id)).toEqual(["ben"]);
  expect(existsSync(file)).toBe(false);
  expect((await ask("/roster/ada")).statusCode).toBe(404);
  expect((await ask("/audit")).body).toMatch(/<td>Ida<\/td><td>erase: a student: .* asked<\/td>/);
});
