/**
 * course class collect: takes what a platform gives for download, finds whose each file is, keeps
 * the notebooks and lists everything else with the reason. Doing it again adds nothing.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { type LessonEntry, makeFolders, readManifest, writeDurably } from "grader/files";
import { type Class, storedFile } from "../class.js";
import {
  isSystemFile,
  MAX_NOTEBOOK_BYTES,
  openSource,
  type SourceFile,
  tooLarge,
} from "./sources.js";
import { readLayout, type AttributedFile, type SkippedFile } from "./layouts.js";
import { type Lesson, lessonOf } from "../lessons.js";
import { matcher } from "../roster/match.js";
import { readHandIns, readStudents } from "../sql/read.js";
import type { HandIn, Platform, Student } from "../types.js";
import { readUnmatched, writeUnmatched } from "./unmatched.js";
import { readWorksheet, type Worksheet } from "./worksheet.js";
import { addHandIn, addHandInUpdate, idOf, now } from "../sql/write.js";

export interface CollectOptions {
  /** Moodle's grading worksheet of the assignment. */
  worksheet?: string;
  /** Takes each file's own time as the time of the hand-in, where the platform says none. */
  fileTimes?: boolean;
}

export interface CollectResult {
  platform: Platform;
  /** Hand-ins that are new. */
  added: HandIn[];
  /** How many were there already. */
  known: number;
  /** Hand-ins that were there already and count again, since the download has them once more. */
  again: HandIn[];
  /** How many of those known already got a time, or another one. */
  retimed: number;
  /** Of each student who handed in several notebooks together, the notebooks. */
  together: HandIn[][];
  /** Files that match no student, or more than one; unmatched.csv takes an answer. */
  unmatched: SkippedFile[];
  /** Files of a known student that aren't hand-ins. */
  skipped: SkippedFile[];
  /** Students who have no hand-in of the lesson, from this run or an earlier one. */
  missing: Student[];
  /** Hand-ins of the download whose time is unknown. */
  withoutTime: number;
}

/** A source whose student is known and whose file has been looked at. */
interface IdentifiedFile {
  source: AttributedFile;
  student: Student;
  sha256: string;
  lesson?: string;
}

const sha256Of = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Why a file can't be a hand-in, before it is read. */
function refusalReason({ path, bytes, error }: SourceFile): string | undefined {
  if (error !== undefined) return error;
  if (/\.(zip|7z|rar|tar|t?gz)$/i.test(path)) return "is an archive: unpack it in its place";
  if (!/\.ipynb$/i.test(path)) return "is not a notebook (.ipynb)";
  return bytes > MAX_NOTEBOOK_BYTES ? tooLarge(bytes) : undefined;
}

/** Reads the file. @returns what was found, or why it is no hand-in */
async function inspect(source: AttributedFile, student: Student, lessons: LessonEntry[]) {
  const reason = refusalReason(source.file);
  if (reason !== undefined) return { reason };
  try {
    const bytes = await source.file.read();
    return { source, student, sha256: sha256Of(bytes), lesson: lessonOf(bytes, lessons) };
  } catch (e) {
    return { reason: (e as Error).message };
  }
}

/**
 * Of what a student handed in together: notebooks of the lesson; where there is none, the damaged
 * ones, so that the gradebook shows that somebody handed in something that can't be graded.
 */
function chooseNotebooks(
  together: IdentifiedFile[],
  lesson: string,
): { taken: IdentifiedFile[]; skipped: SkippedFile[] } {
  const right = together.filter((f) => f.lesson === lesson);
  const damaged = together.filter((f) => f.lesson === undefined);
  const taken = right.length > 0 ? right : damaged;
  const skipped = together
    .filter((f) => !taken.includes(f))
    .map(({ source: { path }, lesson: other }) => ({
      path,
      reason:
        other === undefined
          ? "is not a notebook of the course; another file of the same hand-in is"
          : `is the notebook of ${other}, not of ${lesson}`,
    }));
  return { taken, skipped };
}

function groupBy<T>(all: T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

const groupTogether = (found: IdentifiedFile[]) => [
  ...groupBy(found, ({ student, source }) => `${student.id} ${source.group}`).values(),
];

/** Writes a file that is named by its content; once this is done it is on the disk, whole. */
async function storeFile(file: string, bytes: Buffer): Promise<void> {
  if (existsSync(file)) return;
  makeFolders(dirname(file));
  await writeDurably(file, bytes);
}

interface CollectContext {
  classroom: Class;
  lesson: Lesson;
  options: CollectOptions;
  worksheet?: Worksheet;
  collectedAt: string;
}

function toHandIn(
  { source: source, student, sha256 }: IdentifiedFile,
  context: CollectContext,
): HandIn {
  const { platform, path, late, attempt, file, hint } = source;
  const own = context.options.fileTimes ? file.time : undefined;
  const listed = hint.participant && context.worksheet?.times.get(hint.participant);
  const at = source.at ?? (listed || own);
  return {
    id: idOf(context.lesson.id, student.id, platform, path, sha256),
    lesson: context.lesson.id,
    student: student.id,
    platform,
    path,
    sha256,
    ...(at === undefined ? {} : { at }),
    late,
    attempt,
    collectedAt: context.collectedAt,
  };
}

/** What a download changes in the gradebook. */
interface HandInChanges extends Pick<CollectResult, "added" | "again" | "retimed" | "together"> {
  /** Known hand-ins that get an update. */
  updated: HandIn[];
}

const deliveryKey = ({ student, platform, path }: HandIn) =>
  JSON.stringify([student, platform, platform === "gradescope" ? path.split("/")[0] : ""]);

const newestOf = (handIns: HandIn[]) => {
  const last = handIns.reduce((max, h) => (h.collectedAt > max ? h.collectedAt : max), "");
  return handIns.filter((h) => h.collectedAt === last);
};

/** Compares the download with what is known: files of a student are compared as a whole. */
function compareHandIns(handIns: HandIn[], before: HandIn[]): HandInChanges {
  const known = new Map(before.map((h) => [h.id, h]));
  const changes: HandInChanges = { added: [], again: [], retimed: 0, together: [], updated: [] };
  const knownByStudent = groupBy(before, deliveryKey);
  for (const [key, all] of groupBy(handIns, deliveryKey)) {
    const delivered = [...new Map(all.map((h) => [h.id, h])).values()];
    if (new Set(delivered.map((h) => h.sha256)).size > 1) changes.together.push(delivered);
    const current = newestOf(knownByStudent.get(key) ?? []);
    const isSame =
      current.length === delivered.length &&
      delivered.every((h) => current.some((c) => c.id === h.id));
    if (isSame) {
      const timed = delivered.map((h) => ({ ...h, at: h.at ?? known.get(h.id)!.at }));
      const changed = timed.filter((h) => {
        const old = known.get(h.id)!;
        return h.at !== old.at || h.late !== old.late;
      });
      changes.retimed += changed.length;
      // all of them, so that they stay together
      if (changed.length > 0) changes.updated.push(...timed);
      continue;
    }
    changes.added.push(...delivered.filter((h) => !known.has(h.id)));
    for (const handIn of delivered.filter((h) => known.has(h.id))) {
      const still = current.find((c) => c.id === handIn.id);
      changes.updated.push({ ...handIn, at: handIn.at ?? still?.at });
      if (!still) changes.again.push(handIn);
    }
  }
  return changes;
}

/** Stores the files first, then all rows in one transaction, so every row has its file. */
async function storeHandIns(
  taken: IdentifiedFile[],
  context: CollectContext,
): Promise<HandInChanges & { all: HandIn[]; delivered: HandIn[] }> {
  const { classroom, lesson } = context;
  const before = await readHandIns(classroom.sql, lesson.id);
  const handIns = taken.map((found) => toHandIn(found, context));
  for (const [i, handIn] of handIns.entries()) {
    const bytes = await taken[i]!.source.file.read();
    if (sha256Of(bytes) !== handIn.sha256) throw new Error(`${handIn.path} has just changed`);
    await storeFile(storedFile(classroom, handIn), bytes);
  }
  const changes = compareHandIns(handIns, before);
  await classroom.sql.transaction(async (tx) => {
    for (const handIn of changes.added) await addHandIn(tx, handIn);
    for (const handIn of changes.updated) await addHandInUpdate(tx, handIn);
  });
  const current = new Map([...before, ...changes.added, ...changes.updated].map((h) => [h.id, h]));
  const delivered = [...new Set(handIns.map(({ id }) => id))].map((id) => current.get(id)!);
  return { ...changes, all: [...current.values()], delivered };
}

/** All files of the source, sorted by what becomes of them. */
interface SortedFiles extends Pick<CollectResult, "platform" | "unmatched" | "skipped"> {
  taken: IdentifiedFile[];
}

async function sortFiles(
  files: SourceFile[],
  students: Student[],
  context: CollectContext,
): Promise<SortedFiles> {
  const { classroom, lesson, worksheet } = context;
  const layout = await readLayout(files.filter(({ path }) => !isSystemFile(path)));
  const { lessons } = readManifest(classroom.root);
  const match = matcher(students, worksheet?.students);
  const answers = readUnmatched(classroom, lesson.id, students);
  const sorted: SortedFiles = {
    platform: layout.platform,
    taken: [],
    unmatched: [],
    skipped: layout.skipped,
  };
  const found: IdentifiedFile[] = [];
  for (const source of layout.attributed) {
    const whose = answers.get(source.path) ?? match(source.hint);
    if ("reason" in whose) {
      sorted.unmatched.push({ path: source.path, reason: whose.reason });
      continue;
    }
    const owners = "student" in whose ? [whose.student] : whose;
    for (const student of owners) {
      const looked = await inspect(source, student, lessons);
      if ("reason" in looked) sorted.skipped.push({ path: source.path, reason: looked.reason! });
      else found.push(looked);
    }
  }
  for (const together of groupTogether(found)) {
    const { taken, skipped } = chooseNotebooks(together, lesson.id);
    sorted.taken.push(...taken);
    sorted.skipped.push(...skipped);
  }
  return sorted;
}

/** @throws ClassError where the source can't be read or is refused; then nothing changes */
export async function collect(
  classroom: Class,
  lesson: Lesson,
  path: string,
  options: CollectOptions = {},
): Promise<CollectResult> {
  const zone = classroom.settings.timeZone;
  const worksheet = options.worksheet ? readWorksheet(options.worksheet, zone) : undefined;
  const context: CollectContext = { classroom, lesson, options, worksheet, collectedAt: now() };
  const source = await openSource(path, zone);
  try {
    const students = await readStudents(classroom.sql);
    const { taken, platform, unmatched, skipped } = await sortFiles(
      source.files,
      students,
      context,
    );
    const { all, delivered, added, again, retimed, together } = await storeHandIns(taken, context);
    await writeUnmatched(classroom, lesson.id, unmatched);
    const have = new Set(all.map(({ student }) => student));
    return {
      platform,
      added,
      known: taken.length - added.length,
      again,
      retimed,
      together,
      unmatched,
      skipped,
      missing: students.filter((s) => s.active && !have.has(s.id)),
      withoutTime: delivered.filter((h) => h.at === undefined && !h.late).length,
    };
  } finally {
    source.close();
  }
}
