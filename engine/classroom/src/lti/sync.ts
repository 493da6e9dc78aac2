/**
 * A class and a course of a learning platform: the roster comes from there, and published grades go
 * there. A grade that isn't published is never sent, and what was sent is stored after each score,
 * so a send that is killed goes on where it stopped.
 */
import type { Class } from "../class.js";
import { putRoster } from "../commands/init.js";
import { columnOf, isUnfinished } from "../gradebook/export.js";
import { readPublished, type PublishedRow } from "../gradebook/published.js";
import { ClassError } from "../given.js";
import type { Lesson } from "../lessons.js";
import type { Entry, RosterChange } from "../roster/roster.js";
import { readPublications, readStudents } from "../sql/read.js";
import type { Student } from "../types.js";
import { openPlatform, PlatformError, type Platform, type PlatformOptions } from "./client.js";
import { lineItemFor, readMembers, sendScore, type Member } from "./services.js";
import { addScore, putUser, readScores, readServices, readUsers, type Services } from "./store.js";

async function connected(
  classroom: Class,
  options: PlatformOptions = {},
): Promise<{ platform: Platform; services: Services }> {
  const { lti } = classroom.settings;
  if (!lti) throw new ClassError("class.yaml names no learning platform: add lti to it");
  const services = await readServices(classroom.sql);
  if (!services) {
    throw new ClassError(
      "no course of the platform is connected: open the class from there as its instructor, then " +
        "run course class lti DIR connect",
    );
  }
  return { platform: await openPlatform(classroom.folder, lti, options), services };
}

/** Roles are addresses, or in Moodle their last words. */
const isLearner = ({ roles }: Member) => roles.some((role) => /(^|#)Learner$/.test(role));
const isTestUser = ({ roles }: Member) => roles.some((role) => /#TestUser$/.test(role));
const isActive = ({ status = "Active" }: Member) => status === "Active";

/**
 * A member as a row of a roster. What the platform keeps back is taken from who it is known to be.
 */
function toEntry(member: Member, line: number, known: Student | undefined): Entry {
  const parts = [member.given_name, member.family_name].filter(Boolean).join(" ");
  return {
    line,
    name: member.name || parts || known?.name || member.email || "",
    email: (member.email ?? known?.email ?? "").toLowerCase(),
    number: member.lis_person_sourcedid || known?.number || "",
    login: "",
    canvasId: "",
    section: "",
    participant: "",
  };
}

const sameText = (a: string, b: string) => a !== "" && a.toLowerCase() === b.toLowerCase();

/** Reads the roster from the platform. @throws ClassError; then nothing changes */
export async function readPlatformRoster(
  classroom: Class,
  by: string,
  options?: PlatformOptions,
): Promise<RosterChange> {
  const { platform, services } = await connected(classroom, options);
  if (services.memberships === "") {
    throw new ClassError("the platform gives no roster: let the tool use its names and roles");
  }
  const { sql } = classroom;
  const all = await readMembers(platform, services.memberships);
  const learners = all.filter((m) => isLearner(m) && isActive(m) && !isTestUser(m));
  if (learners.length === 0) throw new ClassError("the platform names no learner in this course");
  const users = await readUsers(sql);
  const students = new Map((await readStudents(sql)).map((s) => [s.id, s]));
  const entries = learners.map((m, i) =>
    toEntry(m, i + 1, students.get(users.get(m.user_id) ?? "")),
  );
  const unnamed = entries.filter((e) => e.name === "" || (e.email === "" && e.number === ""));
  if (unnamed.length > 0) {
    throw new ClassError(
      `the platform gives no name, or neither address nor number, of ${unnamed.length} of ` +
        `${learners.length} learners: let it share them with the tool`,
    );
  }
  const change = await putRoster(classroom, entries, "the platform's roster", by);
  for (const [i, { email, number }] of entries.entries()) {
    const found = change.students.find((s) =>
      number !== "" ? sameText(s.number, number) : sameText(s.email, email),
    );
    if (found) await putUser(sql, learners[i]!.user_id, found.id);
  }
  return change;
}

export interface SentGrades {
  sent: number;
  /** The platform has these already. */
  unchanged: number;
  /** Names of students whose points may still change. */
  unfinished: string[];
  /** Names of students whom the platform's course doesn't have, as far as is known. */
  unknown: string[];
  refused: { name: string; reason: string }[];
}

/** The rows that students see. @throws ClassError where the lesson isn't published */
async function publishedRows({ sql }: Class, lesson: Lesson): Promise<Map<string, PublishedRow>> {
  const publication = (await readPublications(sql)).get(lesson.id);
  if (!publication?.published) {
    throw new ClassError(`the grades of ${lesson.id} are not published: publish them first`);
  }
  if (!publication.isFixed) {
    throw new ClassError(
      `the grades of ${lesson.id} were published by an older release: publish them again`,
    );
  }
  const rows = await readPublished(sql, lesson.id);
  return new Map([...rows].map(([student, { row }]) => [student, row]));
}

/**
 * Sends a lesson's published grades. One that the platform refuses doesn't keep the others.
 * @throws ClassError where the lesson isn't published, or the platform doesn't answer
 */
export async function sendGrades(
  classroom: Class,
  lesson: Lesson,
  by: string,
  options?: PlatformOptions,
): Promise<SentGrades> {
  const { sql } = classroom;
  const rows = await publishedRows(classroom, lesson);
  const { platform, services } = await connected(classroom, options);
  if (services.lineItems === "") {
    throw new ClassError("the platform takes no grades: let the tool make columns and send scores");
  }
  const item = await lineItemFor(platform, services.lineItems, {
    resourceId: lesson.id,
    label: columnOf(classroom, lesson),
    scoreMaximum: lesson.maxPoints,
  });
  const userIds = new Map([...(await readUsers(sql))].map(([user, student]) => [student, user]));
  const before = await readScores(sql, lesson.id, item.id);
  const names = new Map((await readStudents(sql)).map((s) => [s.id, s.name]));
  const found: SentGrades = { sent: 0, unchanged: 0, unfinished: [], unknown: [], refused: [] };
  for (const [student, row] of rows) {
    const name = names.get(student) ?? student;
    const { points, maxPoints } = row;
    const last = before.get(student);
    const isKnown = last
      ? last.points === points && last.maxPoints === maxPoints
      : points === undefined;
    const userId = userIds.get(student);
    if (isUnfinished(row)) found.unfinished.push(name);
    else if (isKnown) found.unchanged++;
    else if (userId === undefined) found.unknown.push(name);
    else {
      try {
        await sendScore(platform, item.id, { userId, points, maxPoints });
      } catch (e) {
        if (!(e instanceof PlatformError)) throw e;
        found.refused.push({ name, reason: e.message });
        continue;
      }
      await addScore(sql, lesson.id, { student, points, maxPoints, lineItem: item.id }, by);
      found.sent++;
    }
  }
  return found;
}
