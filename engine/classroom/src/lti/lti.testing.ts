/** What a class and a learning platform must do with either database, against the mock platform. */
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { markup } from "grader/reports";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openClass, type Class } from "../class.js";
import { classCommand } from "../commands/actions.js";
import { excuse } from "../gradebook/decide.js";
import { gradebook } from "../gradebook/rows.js";
import { publish } from "../gradebook/published.js";
import { fullClass, grader, lesson } from "../records/backup.testing.js";
import { readAudit } from "../records/audit.js";
import { readStudents } from "../sql/read.js";
import { changeStaff } from "../staff/staff.js";
import { addOverride, addPublication, now } from "../sql/write.js";
import { Access, wholeClass } from "../web/access.js";
import { COOKIE } from "../web/context.js";
import { server } from "../web/server.js";
import { publicKeys } from "./key.js";
import { ASSISTANT, INSTRUCTOR, LEARNER, MockPlatform } from "./platform.testing.js";
import type { Member } from "./services.js";
import { addServices, readServices, readUsers } from "./store.js";
import { readPlatformRoster, sendGrades } from "./sync.js";

const HOST = "127.0.0.1:8765";
const FAST = { retryMs: 5 };

const learner = (
  user_id: string,
  name: string,
  number: string,
  more: Partial<Member> = {},
): Member => ({
  user_id,
  name,
  email: `${number}@x.edu`,
  lis_person_sourcedid: number,
  roles: [LEARNER],
  ...more,
});
const EVA: Member = { user_id: "u-eva", name: "Eva", email: "eva@x.edu", roles: [INSTRUCTOR] };
const MEMBERS: Member[] = [
  learner("u-1", "Ada King", "ada"),
  EVA,
  learner("u-2", "Ben Okri", "ben"),
  learner("u-3", "Cy Twombly", "cy", { roles: ["Learner"] }), // as Moodle writes it
  learner("u-4", "Di", "di", { status: "Inactive" }),
];

export function ltiTests(database: () => string | undefined): void {
  let platform: MockPlatform;
  let classroom: Class;

  beforeEach(async () => {
    const made = await fullClass(["ada", "ben", "gone"], database());
    await made.sql.close();
    platform = await MockPlatform.start(() => publicKeys(made.folder));
    platform.members = MEMBERS;
    appendFileSync(join(made.folder, "class.yaml"), platform.settings());
    classroom = await openClass(made.root, made.folder);
  });
  afterEach(async () => {
    await classroom.sql.close();
    await platform.stop();
  });

  const services = () => ({
    context: platform.context,
    title: "Spring",
    lineItems: `${platform.url}/lineitems?type_id=3`,
    memberships: `${platform.url}/members`,
  });
  const connect = () => addServices(classroom.sql, services(), { isConnected: true, by: "Eva" });
  const send = () => sendGrades(classroom, lesson, "Eva", FAST);
  const setPoints = (student: string, points: number) =>
    addOverride(classroom.sql, {
      lesson: lesson.id,
      student,
      points,
      reason: "oral",
      by: "Eva",
      at: now(),
    });

  test("the platform's roster is read page by page, and who left keeps their grades", async () => {
    await expect(readPlatformRoster(classroom, "Eva", FAST)).rejects.toThrow("no course of the");
    await connect();
    const change = await readPlatformRoster(classroom, "Eva", FAST);
    expect(change).toMatchObject({ added: 1, changed: 2, left: 1 });
    const students = new Map((await readStudents(classroom.sql)).map((s) => [s.id, s]));
    expect(students.get("ada")).toMatchObject({ name: "Ada King", email: "ada@x.edu" });
    expect(students.get("cy")).toMatchObject({ name: "Cy Twombly", active: true });
    expect(students.get("gone")).toMatchObject({ active: false });
    expect(await readUsers(classroom.sql)).toEqual(
      new Map([
        ["u-1", "ada"],
        ["u-2", "ben"],
        ["u-3", "cy"],
      ]),
    );
    expect((await gradebook(classroom, lesson)).find((r) => r.student.id === "gone")!.points).toBe(
      10.6,
    );
    // names that the platform keeps back later are those that are known
    platform.members = MEMBERS.map(({ user_id, roles, status }) => ({ user_id, roles, status }));
    expect(await readPlatformRoster(classroom, "Eva", FAST)).toMatchObject({ added: 0, left: 0 });
    platform.members = [...MEMBERS, { user_id: "u-9", roles: [LEARNER] }];
    await expect(readPlatformRoster(classroom, "Eva", FAST)).rejects.toThrow("neither address nor");
    platform.members = [EVA];
    await expect(readPlatformRoster(classroom, "Eva", FAST)).rejects.toThrow("names no learner");
    expect((await readStudents(classroom.sql)).filter((s) => s.active)).toHaveLength(3);
  });

  test("no grade is sent before it is published, and what was published is sent once", async () => {
    await connect();
    await readPlatformRoster(classroom, "Eva", FAST);
    const held = { lesson: lesson.id, published: false, by: "Eva", at: now() };
    await addPublication(classroom.sql, held);
    await expect(send()).rejects.toThrow("are not published");
    expect(platform.requests.filter((r) => r.startsWith("POST /lineitems"))).toEqual([]);
    await publish(classroom, lesson, "Eva");
    expect(await send()).toMatchObject({ sent: 2, unchanged: 0, unknown: ["gone Lovelace"] });
    expect(platform.lineItems).toMatchObject([
      { label: "Small", resourceId: "00-small", scoreMaximum: 14, tag: "points" },
    ]);
    expect(platform.scoreOf("u-1")).toMatchObject({
      scoreGiven: 10.6,
      scoreMaximum: 12,
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
    });
    // a decision that isn't published yet stays here
    await setPoints("ada", 3);
    expect(await send()).toMatchObject({ sent: 0, unchanged: 2 });
    expect(platform.scores).toHaveLength(2);
    await publish(classroom, lesson, "Eva");
    expect(await send()).toMatchObject({ sent: 1, unchanged: 1 });
    expect(platform.scoreOf("u-1")).toMatchObject({ scoreGiven: 3 });
    expect(platform.lineItems).toHaveLength(1);
    expect((await readAudit(classroom)).map((e) => e.what)).toContain(
      "sent 3 of 12 points to the platform",
    );
  });

  test("a score is taken back once the lesson is excused and published again", async () => {
    await connect();
    await readPlatformRoster(classroom, "Eva", FAST);
    expect((await send()).sent).toBe(2);
    await excuse(classroom, lesson, { who: "ada", state: "excused", reason: "ill", by: "Eva" });
    expect(await send()).toMatchObject({ sent: 0, unchanged: 2 });
    await publish(classroom, lesson, "Eva");
    expect(await send()).toMatchObject({ sent: 1, unchanged: 1 });
    expect(platform.scoreOf("u-1")!.scoreGiven).toBeUndefined();
    expect(await send()).toMatchObject({ sent: 0, unchanged: 2 });
  });

  test("points that may still change aren't sent", async () => {
    await connect();
    await readPlatformRoster(classroom, "Eva", FAST);
    await classroom.sql.run("DELETE FROM marks");
    await publish(classroom, lesson, "Eva");
    expect(await send()).toMatchObject({
      sent: 0,
      unfinished: ["Ada King", "Ben Okri", "gone Lovelace"],
    });
    expect(platform.scores).toEqual([]);
  });

  test("a platform that is away, busy or forgets tokens gets each grade once", async () => {
    await connect();
    platform.faults = [
      { path: /token/, status: 503, times: 2 },
      { path: /members/, status: 0, times: 2 },
      { path: /lineitems$/, status: 502, times: 1 },
      { path: /scores/, status: 429, headers: { "retry-after": "0" }, times: 2 },
      { path: /scores/, status: 500, times: 1 },
      { path: /scores/, status: 403, headers: { "x-rate-limit-remaining": "0.0" }, times: 1 },
    ];
    platform.isForgetful = true;
    await readPlatformRoster(classroom, "Eva", FAST);
    expect(await send()).toMatchObject({ sent: 2, refused: [] });
    expect(platform.scores.map((s) => s.userId).sort()).toEqual(["u-1", "u-2"]);
    expect(platform.faults.map((f) => f.times)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("a column on a later page is found, and one whose making got lost isn't used twice", async () => {
    await connect();
    await readPlatformRoster(classroom, "Eva", FAST);
    const column = (n: number, tag: string) => ({
      id: `${platform.url}/lineitems/${n}/lineitem?type_id=3`,
      label: "By hand",
      scoreMaximum: 10,
      resourceId: lesson.id,
      tag,
    });
    platform.lineItems = [column(1, "x"), column(2, "y"), column(3, "points"), column(4, "points")];
    await send();
    expect(platform.lineItems).toHaveLength(4);
    expect(platform.scores.every((s) => s.lineItem.includes("/lineitems/3/"))).toBe(true);
    // the first answer is lost after the column was made
    platform.lineItems = [];
    platform.scores = [];
    platform.lost = 1;
    expect((await send()).sent).toBe(2);
    expect(platform.lineItems).toHaveLength(2);
    expect(platform.scores.every((s) => s.lineItem.includes("/lineitems/1/"))).toBe(true);
  });

  test("a column in place of a deleted one, and another course, get all grades again", async () => {
    await connect();
    await readPlatformRoster(classroom, "Eva", FAST);
    expect(await send()).toMatchObject({ sent: 2 });
    expect(await send()).toMatchObject({ sent: 0, unchanged: 2 });
    platform.lineItems = [column(7)];
    platform.scores = [];
    expect(await send()).toMatchObject({ sent: 2, unchanged: 0 });
    expect(await send()).toMatchObject({ sent: 0, unchanged: 2 });

    function column(n: number) {
      const id = `${platform.url}/lineitems/${n}/lineitem?type_id=3`;
      return { id, label: "L", scoreMaximum: 10, resourceId: lesson.id, tag: "points" };
    }
  });

  test("a platform that stays away costs one sentence, and the next send goes on", async () => {
    await connect();
    await readPlatformRoster(classroom, "Eva", FAST);
    expect((await send()).sent).toBe(2);
    await setPoints("ada", 1);
    await setPoints("ben", 2);
    await publish(classroom, lesson, "Eva");
    await new Promise((resolve) => setTimeout(resolve, 1100)); // the mock counts in seconds
    platform.faults = [{ path: /scores/, status: 0, times: 6 }];
    await expect(send()).rejects.toThrow("does not answer");
    expect(await send()).toMatchObject({ sent: 2 });
    expect([platform.scoreOf("u-1"), platform.scoreOf("u-2")].map((s) => s?.scoreGiven)).toEqual([
      1, 2,
    ]);
  });

  test("a score that the platform refuses is named and keeps no other back", async () => {
    await connect();
    await readPlatformRoster(classroom, "Eva", FAST);
    platform.members = MEMBERS.filter((m) => m.user_id !== "u-1");
    const found = await send();
    expect(found).toMatchObject({ sent: 1, refused: [{ name: "Ada King" }] });
    expect(found.refused[0]!.reason).toContain("400");
    platform.members = MEMBERS;
    expect(await send()).toMatchObject({ sent: 1, refused: [] });
  });

  test("a key that the platform doesn't know is said in a sentence", async () => {
    await connect();
    const strange = await MockPlatform.start(() => ({ keys: [] }));
    classroom.settings.lti!.tokenUrl = `${strange.url}/token`;
    await expect(readPlatformRoster(classroom, "Eva", FAST)).rejects.toThrow(
      "refuses a token (invalid_client",
    );
    await strange.stop();
  });

  test("the commands: register, connect, roster, grades", async () => {
    const lines: string[] = [];
    const log = vi
      .spyOn(console, "log")
      .mockImplementation((line: string) => void lines.push(line));
    const run = (...words: string[]) =>
      classCommand(classroom.root, ["lti", classroom.folder, ...words], { by: "Ida" });
    try {
      await expect(run("connect", "course-1")).rejects.toThrow("has opened the class: none yet");
      await addServices(classroom.sql, services(), { isConnected: false, by: "eva@x.edu" });
      await run();
      await run("connect", platform.context);
      await run("roster");
      expect(await run("grades")).toBe(0);
    } finally {
      log.mockRestore();
    }
    const text = lines.join("\n");
    expect(text).toContain("initiation of sign-in             http://127.0.0.1:8765/lti/login");
    expect(text).toContain("Waiting: Spring, opened by eva@x.edu: connect course-4711");
    expect(text).toContain("Spring is connected.");
    expect(text).toContain("1 new");
    expect(text).toContain("00-small: 2 grades sent, 0 there already.");
    expect(platform.scores).toHaveLength(2);
  });

  launchTests(() => ({ platform, classroom }));
}

function launchTests(given: () => { platform: MockPlatform; classroom: Class }): void {
  let app: FastifyInstance;
  let access: Access;
  const origin = { host: HOST, origin: "https://canvas.x.edu" };

  async function start(): Promise<void> {
    const { classroom } = given();
    access = new Access(classroom.folder);
    const report = async () => ({ title: "Report", body: markup`` });
    app = await server(classroom, { url: `http://${HOST}`, access, assets: new Map(), report });
  }

  const post = (url: string, body: { [name: string]: string }, cookie = "") =>
    app.inject({
      method: "POST",
      url,
      headers: { ...origin, cookie, "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams(body).toString(),
    });

  interface Begun {
    cookie: string;
    state: string;
    nonce: string;
  }

  async function begin(): Promise<Begun> {
    const { platform } = given();
    const begun = await post("/lti/login", {
      iss: platform.url,
      login_hint: "u",
      lti_message_hint: "m",
      target_link_uri: `http://${HOST}/`,
    });
    const target = new URL(String(begun.headers.location));
    expect(Object.fromEntries(target.searchParams)).toMatchObject({
      scope: "openid",
      response_type: "id_token",
      response_mode: "form_post",
      prompt: "none",
      login_hint: "u",
      lti_message_hint: "m",
      redirect_uri: `http://${HOST}/lti/launch`,
    });
    const { searchParams: found } = target;
    const cookie = String(begun.headers["set-cookie"]).split(";")[0]!;
    return { cookie, state: found.get("state")!, nonce: found.get("nonce")! };
  }

  async function launch(user: Member, more: object = {}, forged: Partial<Begun> = {}) {
    const { cookie, state, nonce } = { ...(await begin()), ...forged };
    const id_token = await given().platform.idToken(user, nonce, more);
    return post("/lti/launch", { id_token, state }, cookie);
  }

  const userOf = (reply: Awaited<ReturnType<typeof launch>>) => {
    const cookies = [reply.headers["set-cookie"]].flat().join("\n");
    return access.session(new RegExp(`${COOKIE}=([^;]+)`).exec(cookies)?.[1])?.user;
  };
  const [ada] = MEMBERS;

  test("an instructor's launch waits until the course is connected; then all sign in by launches", async () => {
    await start();
    const { classroom, platform } = given();
    const early = await launch(EVA);
    expect(early.statusCode).toBe(403);
    expect(early.body).toContain("lti DIR connect course-4711");
    expect((await launch(ada!)).statusCode).toBe(403);
    expect(await readServices(classroom.sql)).toBeUndefined();
    const { url, context } = platform;
    const services = { context, title: "Spring", lineItems: "", memberships: `${url}/members` };
    await addServices(classroom.sql, services, { isConnected: true, by: "Ida" });
    const eva = await launch(EVA);
    expect(userOf(eva)).toEqual(wholeClass("instructor", "eva@x.edu"));
    // the launch brings what the platform has now
    expect((await readServices(classroom.sql))!.lineItems).toBe(`${url}/lineitems?type_id=3`);
    expect(userOf(await launch(ada!))).toEqual({ role: "student", id: "ada" });
    const known: Member = { user_id: "u-1", roles: [LEARNER] };
    expect(userOf(await launch(known))).toEqual({ role: "student", id: "ada" });
    await app.close();
  });

  test("the list of staff says what a launch opens, and never more than a role there does", async () => {
    await start();
    const { classroom, platform } = given();
    const { url, context } = platform;
    const services = { context, title: "S", lineItems: `${url}/l`, memberships: `${url}/members` };
    await addServices(classroom.sql, services, { isConnected: true, by: "Ida" });
    const assistant: Member = { ...EVA, roles: [INSTRUCTOR, ASSISTANT] };
    const only: Member = { ...EVA, roles: [ASSISTANT] };
    const eva = { ...grader("eva@x.edu"), name: "Eva" };
    const list = (role: string) => changeStaff(classroom, { ...eva, role });
    const opened = async (who: Member) => userOf(await launch({ ...who, email: "EVA@x.edu" }));
    expect(await opened(assistant)).toBeUndefined();
    await list("grader");
    for (const who of [assistant, only, EVA]) {
      expect(await opened(who)).toMatchObject({ role: "grader", email: "eva@x.edu" });
    }
    const other = { "https://purl.imsglobal.org/spec/lti/claim/context": { id: "other" } };
    expect((await launch(only, other)).statusCode).toBe(403);
    const cookie = access.begin((await opened(only))!);
    const form = new URLSearchParams({ _csrf: access.session(cookie)!.csrf });
    const headers = { host: HOST, cookie: `${COOKIE}=${cookie}` };
    const sent = await app.inject({
      method: "POST",
      url: `/lessons/${lesson.id}/send`,
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      payload: form.toString(),
    });
    expect(sent.statusCode).toBe(404);
    await list("instructor");
    expect(await opened(assistant)).toBeUndefined();
    expect(await opened(EVA)).toMatchObject({ role: "instructor", email: "eva@x.edu" });
    await list("owner");
    expect(await opened(assistant)).toBeUndefined();
    expect(await opened(EVA)).toEqual(wholeClass("instructor", "Eva"));
    expect(userOf(await launch({ ...EVA, email: undefined, name: undefined }))).toEqual(
      wholeClass("instructor", "u-eva"),
    );
    await app.close();
  });

  test("what isn't a launch of a member of this course is refused", async () => {
    await start();
    const { classroom, platform } = given();
    const services = { context: platform.context, title: "S", lineItems: "", memberships: "" };
    await addServices(classroom.sql, services, { isConnected: true, by: "Ida" });
    const context = "https://purl.imsglobal.org/spec/lti/claim/context";
    const other = { [context]: { id: "other", title: "Another" } };
    const stranger: Member = { user_id: "u-x", email: "x@x.edu", roles: [LEARNER] };
    const assistant: Member = { user_id: "u-t", roles: [INSTRUCTOR, ASSISTANT] };
    const recycled: Member = { ...ada!, user_id: "u-y", lis_person_sourcedid: "77" };
    const version = { "https://purl.imsglobal.org/spec/lti/claim/version": "1.1" };
    const foreign = await MockPlatform.start(() => ({ keys: [] }));
    const flow = await begin();
    const forged = await foreign.idToken(EVA, flow.nonce, {}, platform.url); // by a key of its own
    const refusals = [
      await launch(EVA, other),
      await launch(ada!, other),
      await launch(stranger),
      await launch(assistant),
      await launch(recycled),
      await launch(ada!, version),
      await launch(ada!, { nonce: "another" }),
      await launch(ada!, {}, { state: "another" }),
      await launch(ada!, {}, { cookie: "" }),
      await post("/lti/launch", { id_token: forged, state: flow.state }, flow.cookie),
      await post("/lti/login", { iss: "https://evil.example", login_hint: "u" }),
      await post("/lti/login", { iss: platform.url, login_hint: "u", client_id: "2" }),
      await launch({ user_id: "u-z", roles: [LEARNER] }),
    ];
    expect(refusals.at(-1)!.body).toContain("neither your email address nor your number");
    expect(refusals.map((r) => r.statusCode)).toEqual([
      403, 403, 403, 403, 403, 400, 401, 401, 401, 401, 403, 403, 403,
    ]);
    expect(refusals.map(userOf).filter(Boolean)).toEqual([]);
    await foreign.stop();
    // a launch is for one time
    const again = await begin();
    const id_token = await platform.idToken(ada!, again.nonce);
    const form = { id_token, state: again.state };
    expect((await post("/lti/launch", form, again.cookie)).statusCode).toBe(303);
    expect((await post("/lti/launch", form, again.cookie)).statusCode).toBe(401);
    await app.close();
  });

  test("the class shows its public key and nothing of the private one", async () => {
    await start();
    const shown = await app.inject({ url: "/lti/keys", headers: { host: HOST } });
    const [key] = (JSON.parse(shown.body) as { keys: object[] }).keys;
    expect(Object.keys(key!).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    expect(readFileSync(join(given().classroom.folder, "lti-key.json"), "utf8")).toContain('"d"');
    await app.close();
  });

  test("an instructor sends published grades by a button", async () => {
    await start();
    const { classroom, platform } = given();
    const { url, context } = platform;
    const lineItems = `${url}/lineitems?type_id=3`;
    const services = { context, title: "S", lineItems, memberships: `${url}/members` };
    await addServices(classroom.sql, services, { isConnected: true, by: "Ida" });
    await readPlatformRoster(classroom, "Ida", FAST);
    const cookie = access.begin(wholeClass("instructor", "Ida"));
    const headers = { host: HOST, cookie: `${COOKIE}=${cookie}` };
    const shown = await app.inject({ url: `/lessons/${lesson.id}`, headers });
    expect(shown.body).toContain("Send the published grades to the platform");
    const form = { _csrf: access.session(cookie)!.csrf };
    const sent = await app.inject({
      method: "POST",
      url: `/lessons/${lesson.id}/send`,
      headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams(form).toString(),
    });
    expect(sent.body).toContain("2 sent, 0 there already.");
    expect(platform.scores).toHaveLength(2);
    await app.close();
  });
}
