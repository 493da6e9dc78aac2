/** Decisions that are taken back, go beyond a lesson's points, or aren't published yet. */
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { removeFolders } from "./class.testing.js";
import { classCommand } from "./commands/actions.js";
import * as messages from "./commands/messages.js";
import { accommodate, excuse } from "./gradebook/decide.js";
import { extend, override } from "./gradebook/overrides.js";
import { pendingChanges, publish, readPublished } from "./gradebook/published.js";
import { readAudit } from "./records/audit.js";
import { ask } from "./requests/requests.js";
import { notebookOf, ROSTER, situation } from "./situations.testing.js";
import { changeStaff } from "./staff/staff.js";
import { Access, makeTokens, staffKey } from "./web/access.js";

afterAll(removeFolders);
afterEach(() => {
  vi.restoreAllMocks();
});

const by = { by: "Eva", reason: "a reason" };
const ZONE = "Europe/Berlin";

test("an extension is taken back, and what it covered costs something again", async () => {
  const class_ = await situation();
  const { classroom, lesson } = class_;
  await class_.collect({ "lovelaceada_LATE_4711_90_06.ipynb": notebookOf(10, "") });
  await class_.grade();
  const to = (until: string) => extend(classroom, lesson, { who: "1001", until, ...by });
  await expect(to("none")).rejects.toThrow("Ada Lovelace has no extension in 00-small");
  expect(await to("2027-05-08 12:00")).toMatchObject({ percentOff: 0, points: 10 });
  const row = await to("none");
  expect(row).toMatchObject({ percentOff: 10, points: 9, extension: undefined });
  expect(row.deadline).toBe("2027-05-03T21:59:00.000Z");
  expect(messages.extended(row, ZONE)).toContain("no extension holds now");
  expect((await readAudit(classroom)).map(({ what }) => what)).toContain(
    "took back the extension: a reason",
  );
  await expect(to("none")).rejects.toThrow("no extension");
  await accommodate(classroom, { who: "1001", time: "2 days", ...by });
  await to("2027-05-08 12:00");
  expect(messages.extended(await to("none"), ZONE)).toContain("more time in every lesson still");
  await accommodate(classroom, { who: "1001", time: "none", ...by });
  expect(await class_.row("1001")).toMatchObject({ points: 9 });
  await class_.close();
});

test("points above the lesson's are taken as extra credit, and said loudly", async () => {
  const class_ = await situation();
  const set = (points: string) =>
    override(class_.classroom, class_.lesson, { who: "1001", points, ...by });
  expect(messages.overridden(await set("14"), ZONE)).toBe(
    "Ada Lovelace, 00-small: 14 of 14 points; set by Eva: a reason; deadline 2027-05-03 23:59\n" +
      "The student reads the reason, too, once this is published.",
  );
  expect(messages.overridden(await set("15"), ZONE)).toContain(
    "Attention: 15 points are more than the 14 of the lesson, and count as extra credit.",
  );
  await expect(set("141")).rejects.toThrow("from 0 to 140 (10 times what the lesson has)");
  await class_.close();
});

test("what publishing changes is said before it happens, and taken back is published, too", async () => {
  const class_ = await situation();
  const { classroom, lesson } = class_;
  const pending = async () =>
    (await pendingChanges(classroom, lesson)).map(
      (c) => `${c.student.name}: ${c.before?.points} → ${c.after.points} ${c.reasons.join(" ")}`,
    );
  await class_.collect({ "1001/06.ipynb": notebookOf(6, "") });
  await class_.grade();
  await excuse(classroom, lesson, { who: "1002", state: "excused", ...by });
  expect(await pending()).toEqual([
    "Ada Lovelace: undefined → 6 ",
    "Ben Okri: undefined → undefined ",
  ]);
  expect(await publish(classroom, lesson, "Eva")).toBe(2);
  expect(await pending()).toEqual([]);
  await override(classroom, lesson, { who: "1001", points: "8", ...by });
  await excuse(classroom, lesson, { who: "1002", state: "none", ...by });
  const changes = [
    "Ada Lovelace: 6 → 8 Set by hand: a reason.",
    "Ben Okri: undefined → undefined It counts again.",
  ];
  expect(await pending()).toEqual(changes);
  const log = vi.spyOn(console, "log").mockReturnValue(undefined);
  const { root, folder } = classroom;
  await classCommand(root, ["publish", folder], { lesson: "00", preview: true });
  expect(log.mock.lastCall![0]).toContain("00-small is published; 2 grades are new or changed:");
  expect(log.mock.lastCall![0]).toContain("Ada Lovelace (1001): 6 → 8 of 14. Set by hand");
  expect(await pending()).toEqual(changes);
  await classCommand(root, ["publish", folder], { lesson: "00", by: "Eva" });
  expect(log.mock.lastCall![0]).toContain("2 of them new or changed:\n  Ada Lovelace");
  const seen = await readPublished(classroom.sql, lesson.id);
  expect([seen.get("1001")?.row.points, seen.get("1002")?.row.excusal]).toEqual([8, undefined]);
  await class_.close();
});

test("whoever loses a role loses the link, and a new role doesn't bring it back", async () => {
  const class_ = await situation();
  const { folder } = class_.classroom;
  const staff = { email: "gus@x.edu", name: "Gus", sections: "", seesNames: false, by: "Olga" };
  const give = (role: string) => changeStaff(class_.classroom, { ...staff, role });
  await give("grader");
  const tokens = await makeTokens(folder, [staffKey(staff.email), "1001"]);
  const access = new Access(folder);
  expect(access.signIn(tokens.get(staffKey(staff.email))!)).toBeDefined();
  await give("none");
  await give("grader");
  expect(access.signIn(tokens.get(staffKey(staff.email))!)).toBeUndefined();
  expect(access.signIn(tokens.get("1001")!)).toBeDefined();
  await class_.close();
});

test("requests have a limit where class.yaml sets one, from what the student saw last", async () => {
  const yaml = `title: T\ntimeZone: ${ZONE}\nlessons: { 00-small: }\nrequests: { days: 7 }\n`;
  const class_ = await situation(ROSTER, yaml);
  const { classroom, lesson } = class_;
  await class_.collect({ "1001/06.ipynb": notebookOf(6, "") });
  await class_.grade();
  await publish(classroom, lesson, "Eva");
  const { sql } = classroom;
  await sql.run("UPDATE publications SET at = ?", ["2027-01-01T11:00:00.000Z"]);
  await sql.run("UPDATE published_rows SET at = ?", ["2027-01-01T11:00:00.000Z"]);
  const request = { student: "1001", about: "", message: "Please look." };
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2027-01-08T10:59:00.000Z") });
  await ask(classroom, lesson, request);
  vi.setSystemTime(new Date("2027-01-08T11:01:00.000Z"));
  const late = { ...request, about: "why" };
  await expect(ask(classroom, lesson, late)).rejects.toThrow("possible until 2027-01-08 12:00");
  // publishing again gives time to those for whom something is new
  await publish(classroom, lesson, "Eva");
  await expect(ask(classroom, lesson, late)).rejects.toThrow("possible until");
  await override(classroom, lesson, { who: "1001", points: "8", ...by });
  await publish(classroom, lesson, "Eva");
  await ask(classroom, lesson, late);
  vi.useRealTimers();
  await class_.close();
});
