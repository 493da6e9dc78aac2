/**
 * course class collect: takes what a platform gives for download, finds whose each file is, keeps
 * the notebooks and lists everything else with the reason. Doing it again adds nothing.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { type LessonEntry, makeFolders, readManifest, writeDurably } from "grader/files";
import type { Class } from "./class.js";
import { isOfSystem, LARGEST, tooLarge, type SourceFile } from "./files.js";
import { readLayout, type Claim, type Left } from "./layout.js";
import type { Lesson } from "./lessons.js";
import { matcher } from "./match.js";
import { lessonOf } from "./notebook.js";
import { readHandIns, readStudents } from "./read.js";
import { openSource } from "./source.js";
import { storedFile } from "./stored.js";
import type { HandIn, Platform, Student } from "./types.js";
import { readUnmatched, writeUnmatched } from "./unmatched.js";
import { readWorksheet, type Worksheet } from "./worksheet.js";
import { addHandIn, idOf, now } from "./write.js";

export interface CollectOptions {
  /** Moodle's grading worksheet of the assignment. */
  worksheet?: string;
  /** Takes each file's own time as the time of the hand-in, where the platform says none. */
  fileTimes?: boolean;
}

export interface Collected {
  platform: Platform;
  /** Hand-ins that are new. */
  added: HandIn[];
  /** How many were there already. */
  known: number;
  /** Of nobody, or of more than one; unmatched.csv takes an answer. */
  unmatched: Left[];
  /** Of somebody, and not a hand-in. */
  left: Left[];
  /** Students of whom nothing is collected for the lesson, now or earlier. */
  missing: Student[];
  /** Hand-ins for which neither platform nor file says a time. */
  timeless: number;
}

/** A claim whose student is known and whose file has been looked at. */
interface Found {
  claim: Claim;
  student: Student;
  sha256: string;
  lesson?: string;
}

const sha256Of = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Why a file can't be a hand-in, before it is read. */
function refused({ path, bytes, error }: SourceFile): string | undefined {
  if (error !== undefined) return error;
  if (/\.(zip|7z|rar|tar|t?gz)$/i.test(path)) return "is an archive: unpack it in its place";
  if (!/\.ipynb$/i.test(path)) return "is not a notebook (.ipynb)";
  return bytes > LARGEST ? tooLarge(bytes) : undefined;
}

/** Reads the file. @returns what was found, or why it is no hand-in */
async function inspect(claim: Claim, student: Student, lessons: LessonEntry[]) {
  const says = refused(claim.file);
  if (says !== undefined) return { says };
  try {
    const bytes = await claim.file.read();
    return { claim, student, sha256: sha256Of(bytes), lesson: lessonOf(bytes, lessons) };
  } catch (e) {
    return { says: (e as Error).message };
  }
}

/**
 * Of what a student handed in together: notebooks of the lesson; where there is none, the damaged
 * ones, so that the gradebook shows that somebody handed in something that can't be graded.
 */
function choose(together: Found[], lesson: string): { taken: Found[]; left: Left[] } {
  const right = together.filter((f) => f.lesson === lesson);
  const damaged = together.filter((f) => f.lesson === undefined);
  const taken = right.length > 0 ? right : damaged;
  const left = together
    .filter((f) => !taken.includes(f))
    .map(({ claim: { place }, lesson: other }) => ({
      place,
      says:
        other === undefined
          ? "is not a notebook of the course; another file of the same hand-in is"
          : `is the notebook of ${other}, not of ${lesson}`,
    }));
  return { taken, left };
}

function grouped(found: Found[]): Found[][] {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const key = `${one.student.id} ${one.claim.group}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** Writes a file that is named by its content; once this is done it is on the disk, whole. */
async function keepFile(file: string, bytes: Buffer): Promise<void> {
  if (existsSync(file)) return;
  makeFolders(dirname(file));
  await writeDurably(file, bytes);
}

interface Room {
  of: Class;
  lesson: Lesson;
  options: CollectOptions;
  worksheet?: Worksheet;
  collectedAt: string;
}

function toHandIn({ claim, student, sha256 }: Found, room: Room): HandIn {
  const { platform, place, late, attempt, file, who } = claim;
  const own = room.options.fileTimes ? file.time : undefined;
  const listed = who.participant && room.worksheet?.times.get(who.participant);
  const at = claim.at ?? (listed || own);
  return {
    id: idOf(room.lesson.id, student.id, platform, place, sha256),
    ...{ lesson: room.lesson.id, student: student.id, platform, place, sha256 },
    ...(at === undefined ? {} : { at }),
    ...{ late, attempt, collectedAt: room.collectedAt },
  };
}

/** Keeps the files first, then all rows at once: a row's file is always there. */
async function keep(taken: Found[], room: Room): Promise<{ added: HandIn[]; all: HandIn[] }> {
  const { of, lesson } = room;
  const before = await readHandIns(of.sql, lesson.id);
  const known = new Set(before.map(({ id }) => id));
  const handIns = taken.map((found) => toHandIn(found, room));
  for (const [i, handIn] of handIns.entries()) {
    const bytes = await taken[i]!.claim.file.read();
    if (sha256Of(bytes) !== handIn.sha256) throw new Error(`${handIn.place} has just changed`);
    await keepFile(storedFile(of, handIn), bytes);
  }
  const added = handIns.filter(({ id }) => !known.has(id));
  await of.sql.transaction(async (tx) => {
    for (const handIn of added) await addHandIn(tx, handIn);
  });
  return { added, all: [...before, ...added] };
}

/** Everything in the source, looked at. */
interface Sorted extends Pick<Collected, "platform" | "unmatched" | "left"> {
  taken: Found[];
}

async function sort(files: SourceFile[], students: Student[], room: Room): Promise<Sorted> {
  const { of, lesson, worksheet } = room;
  const layout = await readLayout(files.filter(({ path }) => !isOfSystem(path)));
  const { lessons } = readManifest(of.root);
  const match = matcher(students, worksheet?.who);
  const answers = readUnmatched(of, lesson.id, students);
  const sorted: Sorted = { platform: layout.platform, taken: [], unmatched: [], left: layout.left };
  const found: Found[] = [];
  for (const claim of layout.claims) {
    const answer = answers.get(claim.place);
    const whose = answer ? { student: answer } : match(claim.who);
    if ("says" in whose) {
      sorted.unmatched.push({ place: claim.place, says: whose.says });
      continue;
    }
    const looked = await inspect(claim, whose.student, lessons);
    if ("says" in looked) sorted.left.push({ place: claim.place, says: looked.says! });
    else found.push(looked);
  }
  for (const together of grouped(found)) {
    const { taken, left } = choose(together, lesson.id);
    sorted.taken.push(...taken);
    sorted.left.push(...left);
  }
  return sorted;
}

/** @throws ClassError where the source can't be read or is refused; then nothing changes */
export async function collect(
  of: Class,
  lesson: Lesson,
  path: string,
  options: CollectOptions = {},
): Promise<Collected> {
  const zone = of.settings.timeZone;
  const worksheet = options.worksheet ? readWorksheet(options.worksheet, zone) : undefined;
  const room: Room = { of, lesson, options, worksheet, collectedAt: now() };
  const source = await openSource(path, zone);
  try {
    const students = await readStudents(of.sql);
    const { taken, platform, unmatched, left } = await sort(source.files, students, room);
    const { added, all } = await keep(taken, room);
    await writeUnmatched(of, lesson.id, unmatched);
    const have = new Set(all.map(({ student }) => student));
    const missing = students.filter((s) => s.active && !have.has(s.id));
    const timeless = added.filter((h) => h.at === undefined && !h.late).length;
    return {
      platform,
      added,
      known: taken.length - added.length,
      unmatched,
      left,
      missing,
      timeless,
    };
  } finally {
    source.close();
  }
}
