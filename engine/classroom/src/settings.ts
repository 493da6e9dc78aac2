/** class.yaml: what a class is called, its lessons, until when, and what lateness costs. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { findLesson, noLesson } from "grader/files";
import { ClassError, type Given, isLoopback, isMap, knownKeys, readPart } from "./given.js";
import { type Lti, readLti } from "./lti/settings.js";
import { isTimeZone, readTime } from "./time.js";
import { readLimits, type WebLimits } from "./web/limits.js";

export { ClassError, isLoopback } from "./given.js";

export interface LateRule {
  /** Taken off the earned points for each day begun after the deadline. */
  percentPerDay: number;
  /** Minutes after the deadline that count as in time. */
  graceMinutes: number;
  /** Days after which nothing counts any more. */
  cutOffDays: number;
  /**
   * Late days that each student has for the term, which cost nothing, in the order of deadlines.
   */
  budgetDays?: number;
  /** The most of them that one lesson takes. */
  budgetDaysPerLesson?: number;
}

/** Lessons that count together in a student's total. */
export interface TotalGroup {
  name: string;
  /** Of the total, in relation to the other groups' weights. */
  weight: number;
  /** So many lessons with the lowest percentages don't count. */
  dropLowest: number;
  /** Lesson → its weight in the group. */
  lessons: Map<string, number>;
}

export interface TotalRule {
  groups: TotalGroup[];
}

/** A school's own sign-in, by OpenID Connect. */
export interface Oidc {
  issuer: string;
  clientId: string;
  /** The environment variable that holds the client's secret. */
  clientSecretEnv: string;
  /** Email addresses of instructors, who see and change everything, in small letters. */
  instructors: string[];
  /** What the provider calls the address by which students stand in the roster. */
  claim: string;
}

export interface Settings {
  title: string;
  timeZone: string;
  /** Lesson → its deadline in UTC, undefined where it has none. */
  lessons: Map<string, string | undefined>;
  /** Lesson → the name of its column in the platform's gradebook, where it isn't the title. */
  columns: Map<string, string>;
  late: LateRule;
  /** How lessons make up a student's total; where it isn't given, all points are added. */
  total?: TotalRule;
  /** postgres://…; a file beside class.yaml where there is none. */
  database?: string;
  /** Of the class in PostgreSQL. */
  schema?: string;
  oidc?: Oidc;
  lti?: Lti;
  web: WebLimits;
  /** Days after its publication in which a student may ask to look at a grade again. */
  requestDays?: number;
  /** Folders of other classes whose answers a report compares with this class's. */
  compareWith: string[];
}

export const SETTINGS_FILE = "class.yaml";

function number(file: string, given: Given, key: string, most: number, fallback: number): number {
  const value = given[key] ?? fallback;
  if (typeof value === "number" && value >= 0 && value <= most) return value;
  const got = JSON.stringify(value);
  throw new ClassError(`${file}: late.${key} must be a number from 0 to ${most}, got ${got}`);
}

const BUDGET_KEYS = ["budgetDays", "budgetDaysPerLesson"];

function readLate(file: string, given: unknown): LateRule {
  if (given !== undefined && given !== null && !isMap(given)) {
    throw new ClassError(`${file}: late must hold percentPerDay, graceMinutes and cutOffDays`);
  }
  const rule = given ?? {};
  const keys = ["percentPerDay", "graceMinutes", "cutOffDays", ...BUDGET_KEYS];
  knownKeys(file, "late.", rule, keys);
  const budget = BUDGET_KEYS.filter((key) => rule[key] !== undefined && rule[key] !== null);
  return {
    ...Object.fromEntries(budget.map((key) => [key, number(file, rule, key, 366, 0)])),
    percentPerDay: number(file, rule, "percentPerDay", 100, 0),
    graceMinutes: number(file, rule, "graceMinutes", 10_080, 0),
    cutOffDays: number(file, rule, "cutOffDays", 366, 366),
  };
}

function readDeadline(file: string, lesson: string, given: unknown, zone: string) {
  if (given === null || given === undefined) return undefined;
  const value = isMap(given) ? given.deadline : given;
  if (isMap(given)) knownKeys(file, `lessons.${lesson}.`, given, ["deadline", "column"]);
  if (value === null || value === undefined) return undefined;
  const time = typeof value === "string" ? readTime(value, zone) : undefined;
  if (time !== undefined) return time;
  throw new ClassError(
    `${file}: the deadline of ${lesson} must look like 2027-05-03 23:59, ` +
      `got ${JSON.stringify(value)}`,
  );
}

function readLessons(file: string, given: unknown, zone: string, known: string[]) {
  if (!isMap(given)) {
    throw new ClassError(`${file}: lessons must name them, each with its deadline`);
  }
  const lessons = new Map<string, string | undefined>();
  const columns = new Map<string, string>();
  for (const [word, value] of Object.entries(given)) {
    const id = findLesson(word, known);
    if (id === undefined) {
      throw new ClassError(`${file}: ${noLesson(word, known)}`);
    }
    if (lessons.has(id)) throw new ClassError(`${file}: ${id} is there twice`);
    lessons.set(id, readDeadline(file, id, value, zone));
    if (isMap(value) && value.column) columns.set(id, String(value.column));
  }
  return { lessons, columns };
}

/** Each lesson of a group counts the same, unless it has a weight of its own. */
function readGroupLessons(file: string, name: string, given: unknown, known: string[]) {
  const entries: [string, unknown][] = Array.isArray(given)
    ? given.map((word) => [String(word), 1])
    : Object.entries(isMap(given) ? given : {});
  if (entries.length === 0) {
    throw new ClassError(`${file}: total group ${name} must list its lessons`);
  }
  const lessons = new Map<string, number>();
  for (const [word, weight] of entries) {
    const id = findLesson(word, known);
    if (id === undefined) {
      throw new ClassError(`${file}: total group ${name}: ${noLesson(word, known)}`);
    }
    if (typeof weight !== "number" || !(weight > 0)) {
      throw new ClassError(`${file}: total group ${name}: the weight of ${id} must be above 0`);
    }
    lessons.set(id, weight);
  }
  return lessons;
}

function readGroup(file: string, given: unknown, known: string[]): TotalGroup {
  if (!isMap(given) || typeof given.name !== "string") {
    throw new ClassError(`${file}: each of total.groups needs a name, a weight and lessons`);
  }
  const { name, weight, dropLowest = 0 } = given;
  knownKeys(file, `total group ${name}: `, given, ["name", "weight", "dropLowest", "lessons"]);
  if (typeof weight !== "number" || !(weight > 0)) {
    throw new ClassError(`${file}: the weight of total group ${name} must be a number above 0`);
  }
  const lessons = readGroupLessons(file, name, given.lessons, known);
  const drop = Number(dropLowest);
  if (!Number.isInteger(drop) || drop < 0 || drop >= lessons.size) {
    const count = lessons.size === 1 ? "one lesson" : `${lessons.size} lessons`;
    throw new ClassError(
      `${file}: dropLowest of total group ${name} must be ` +
        `${lessons.size === 1 ? "0" : `a whole number from 0 to ${lessons.size - 1}`}: the group ` +
        `has ${count}, and one always counts; got ${String(dropLowest)}`,
    );
  }
  return { name, weight, dropLowest: drop, lessons };
}

/** @param known lessons of the class */
function readTotal(file: string, given: unknown, known: string[]): TotalRule | undefined {
  if (given === undefined || given === null) return undefined;
  if (!isMap(given) || !Array.isArray(given.groups) || given.groups.length === 0) {
    throw new ClassError(`${file}: total must hold groups, each with name, weight and lessons`);
  }
  knownKeys(file, "total.", given, ["groups"]);
  const groups = given.groups.map((group) => readGroup(file, group, known));
  const all = groups.flatMap(({ lessons }) => [...lessons.keys()]);
  const twice = all.find((id, i) => all.indexOf(id) !== i);
  if (twice) throw new ClassError(`${file}: ${twice} is in two groups of the total`);
  return { groups };
}

function readOidc(file: string, given: unknown): Oidc | undefined {
  if (given === undefined || given === null) return undefined;
  const keys = ["issuer", "clientId", "clientSecretEnv", "instructors", "claim"];
  if (!isMap(given)) throw new ClassError(`${file}: oidc must hold ${keys.join(", ")}`);
  knownKeys(file, "oidc.", given, keys);
  const text = (key: string, fallback?: string) => {
    const value = given[key] ?? fallback;
    if (typeof value === "string" && value !== "") return value;
    throw new ClassError(`${file}: oidc.${key} is missing or not a text`);
  };
  const issuer = text("issuer");
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (!url || (url.protocol !== "https:" && !isLoopback(url))) {
    throw new ClassError(`${file}: oidc.issuer must begin with https://, got ${issuer}`);
  }
  const { instructors = [] } = given;
  if (!Array.isArray(instructors) || !instructors.every((i) => typeof i === "string")) {
    throw new ClassError(`${file}: oidc.instructors must be a list of addresses`);
  }
  return {
    issuer,
    clientId: text("clientId"),
    clientSecretEnv: text("clientSecretEnv"),
    instructors: instructors.map((i) => i.toLowerCase()),
    claim: text("claim", "email"),
  };
}

const KEYS = [
  "title",
  "timeZone",
  "lessons",
  "late",
  "total",
  "database",
  "schema",
  "oidc",
  "lti",
  "web",
  "requests",
  "compareWith",
];

/** Undefined where requests have no limit. */
function readRequestDays(file: string, given: unknown): number | undefined {
  const days = readPart(file, "requests", given, ["days"])?.days;
  if (days === undefined || days === null) return undefined;
  if (typeof days === "number" && Number.isInteger(days) && days >= 1 && days <= 366) return days;
  throw new ClassError(
    `${file}: requests.days must be a whole number from 1 to 366, got ${JSON.stringify(days)}`,
  );
}

function readFolders(file: string, given: unknown): string[] {
  const folders = [given ?? []].flat() as unknown[];
  const texts = folders.filter((f): f is string => typeof f === "string" && f !== "");
  if (texts.length === folders.length) return texts;
  throw new ClassError(`${file}: compareWith must list folders of other classes`);
}

/** @throws ClassError */
export function parseSettings(text: string, file: string, lessons: string[]): Settings {
  const document = parseDocument(text, { schema: "core" });
  const [problem] = document.errors;
  if (problem) throw new ClassError(`${file}: ${problem.message.split("\n")[0]}`);
  const given: unknown = document.toJS();
  if (!isMap(given)) throw new ClassError(`${file} must hold title, timeZone and lessons`);
  knownKeys(file, "", given, KEYS);
  const { title, timeZone = "UTC", database, schema } = given;
  if (typeof title !== "string") throw new ClassError(`${file}: title must be the class's name`);
  if (typeof timeZone !== "string" || !isTimeZone(timeZone)) {
    throw new ClassError(`${file}: timeZone must be one such as Europe/Berlin, got ${timeZone}`);
  }
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(String(database))) {
    throw new ClassError(
      `${file}: database must begin with postgres://; without it, a file is used`,
    );
  }
  if (schema !== undefined && !/^[a-z][a-z0-9_]{0,62}$/.test(String(schema))) {
    throw new ClassError(`${file}: schema must be small letters, digits and underscores`);
  }
  const oidc = readOidc(file, given.oidc);
  const lti = readLti(file, given.lti);
  const taught = readLessons(file, given.lessons, timeZone, lessons);
  const requestDays = readRequestDays(file, given.requests);
  const total = readTotal(file, given.total, [...taught.lessons.keys()]);
  return {
    ...(lti ? { lti } : {}),
    ...(oidc ? { oidc } : {}),
    ...(total ? { total } : {}),
    ...(requestDays === undefined ? {} : { requestDays }),
    title,
    timeZone,
    ...taught,
    late: readLate(file, given.late),
    web: readLimits(file, given.web),
    compareWith: readFolders(file, given.compareWith),
    ...(database === undefined ? {} : { database: String(database) }),
    ...(schema === undefined ? {} : { schema: String(schema) }),
  };
}

/** @param lessons ids of the course's lessons */
export function readSettings(folder: string, lessons: string[]): Settings {
  const file = join(folder, SETTINGS_FILE);
  if (!existsSync(file)) {
    throw new ClassError(
      `${folder} has no ${SETTINGS_FILE}: course class init ${folder} makes one`,
    );
  }
  return parseSettings(readFileSync(file, "utf8"), file, lessons);
}
