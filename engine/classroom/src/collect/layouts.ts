/** Recognizes how a platform lays out hand-ins, from the names of files and folders alone. */
import { parseDocument } from "yaml";
import { naturalName } from "../roster/roster.js";
import { ClassError } from "../settings.js";
import type { SourceFile } from "./sources.js";
import type { Platform } from "../types.js";

/** What a file's path reveals about its student. */
export interface StudentHint {
  name?: string;
  email?: string;
  number?: string;
  canvasId?: string;
  /** Moodle's, of one assignment. */
  participant?: string;
  /** Any of the above, a login or our id. */
  anyId?: string;
}

/** A file, and the student that its path names. */
export interface AttributedFile {
  platform: Platform;
  hint: StudentHint;
  file: SourceFile;
  /** The path from the platform's own name on. */
  path: string;
  /** Files of one group were handed in together. */
  group: string;
  at?: string;
  late: boolean;
  attempt: number;
}

export interface Layout {
  platform: Platform;
  attributed: AttributedFile[];
  /** Files whose path names no student. */
  skipped: SkippedFile[];
}

/** A file that isn't a hand-in: its path, and a predicate that ends a sentence about it. */
export interface SkippedFile {
  path: string;
  reason: string;
}

const METADATA = "submission_metadata.yml";
/**
 * Moodle's mod/assign/classes/downloader.php names a folder "NAME_NUMBER_assignsubmission_PLUGIN";
 * older releases end it in one more "_", and so does every file where folders are turned off.
 */
const MOODLE = /^(.*?)_(\d+)_assignsubmission_[a-z]+(?:_|$)/;
/** Also the folder of a group that has no number. */
const MOODLE_LIKE = /_assignsubmission_[a-z]+(?:_|$)/;
/** Canvas's lib/content_zipper.rb: "NAME_LATE_USER_ATTACHMENT_FILE"; a name may hold "_". */
const CANVAS = /^(.+?)_(?:(LATE)_)?(\d+)_(\d+)_(.+)$/;
/** The same of an assignment that hides names: "anon_AbC1d_ATTACHMENT_FILE". */
const CANVAS_ANONYMOUS = /^(?:LATE_)?anon_([0-9A-Za-z]+)_(\d+)_(.+)$/;

const lastPart = (path: string) => path.slice(path.lastIndexOf("/") + 1);
const seconds = ({ time }: SourceFile) =>
  time === undefined ? 0 : Math.floor(Date.parse(time) / 1000);

function moodle(files: SourceFile[]): Layout {
  const layout: Layout = { platform: "moodle", attributed: [], skipped: [] };
  for (const file of files) {
    const parts = file.path.split("/");
    const index = parts.findIndex((part) => MOODLE.test(part));
    const found = index < 0 ? null : MOODLE.exec(parts[index]!);
    if (!found) {
      const isGroup = parts.some((part) => MOODLE_LIKE.test(part));
      const reason = isGroup
        ? "lies in the folder of a group: give each member the file in a folder of its own"
        : "lies in no folder of a student";
      layout.skipped.push({ path: file.path, reason });
      continue;
    }
    const [, name, participant] = found;
    layout.attributed.push({
      platform: "moodle",
      hint: { name: name!.replace(/_/g, " "), participant },
      file,
      path: parts.slice(index).join("/"),
      group: `${name}_${participant}`,
      late: false,
      attempt: seconds(file),
    });
  }
  return layout;
}

function canvas(files: SourceFile[]): Layout {
  const layout: Layout = { platform: "canvas", attributed: [], skipped: [] };
  for (const file of files) {
    const path = lastPart(file.path);
    const found = CANVAS.exec(path);
    if (CANVAS_ANONYMOUS.test(path)) {
      const reason = "is anonymous: show names in Canvas's assignment, and download again";
      layout.skipped.push({ path, reason });
      continue;
    }
    if (!found) {
      layout.skipped.push({ path, reason: "has no name of the form that Canvas gives" });
      continue;
    }
    const [, name, late, canvasId, attachment] = found;
    layout.attributed.push({
      platform: "canvas",
      hint: { name, canvasId },
      file,
      path,
      group: `canvas ${canvasId}`,
      late: late !== undefined,
      attempt: Number(attachment),
    });
  }
  return layout;
}

/** Ruby's time: "2027-05-03 21:14:31.123456000 Z". */
function rubyTime(text: unknown): string | undefined {
  const plain = String(text)
    .trim()
    .replace(/^(\S+) (\S+?)(?:\.\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)$/, "$1T$2$3")
    .replace(/UTC$/, "Z");
  const time = Date.parse(plain);
  return Number.isNaN(time) || !/(Z|[+-]\d\d:?\d\d)$/.test(plain)
    ? undefined
    : new Date(time).toISOString();
}

type Fields = { [key: string]: unknown };
/** Ruby's symbols begin with a colon. */
const field = (of: unknown, name: string): unknown =>
  typeof of === "object" && of !== null ? ((of as Fields)[`:${name}`] ?? (of as Fields)[name]) : "";
const textOf = (value: unknown) =>
  typeof value === "string" || typeof value === "number" ? String(value).trim() : "";

function submitters(entry: unknown): StudentHint[] {
  const all = field(entry, "submitters");
  return (Array.isArray(all) ? all : []).map((one: unknown) => ({
    name: naturalName(textOf(field(one, "name"))),
    number: textOf(field(one, "sid")),
    email: textOf(field(one, "email")).toLowerCase(),
  }));
}

function readMetadata(bytes: Buffer, path: string): Map<string, unknown> {
  const document = parseDocument(bytes.toString("utf8"), { schema: "core", logLevel: "silent" });
  const [problem] = document.errors;
  if (problem) throw new ClassError(`${path}: ${problem.message.split("\n")[0]}`);
  const all: unknown = document.toJS({ maxAliasCount: 100 });
  if (typeof all === "object" && all !== null) return new Map(Object.entries(all));
  throw new ClassError(`${path} lists no submissions`);
}

/** A team's file is handed in by each of its members. */
async function gradescope(files: SourceFile[], metadata: SourceFile): Promise<Layout> {
  const layout: Layout = { platform: "gradescope", attributed: [], skipped: [] };
  const entries = readMetadata(await metadata.read(), metadata.path);
  for (const file of files) {
    if (file === metadata) continue;
    const parts = file.path.split("/");
    const index = parts.findIndex((part) => entries.has(part));
    const group = parts[index];
    const entry = group === undefined ? undefined : entries.get(group);
    const members = submitters(entry);
    if (members.length === 0) {
      const reason = `is of no submitter that ${METADATA} names`;
      layout.skipped.push({ path: file.path, reason });
    }
    for (const hint of members) {
      layout.attributed.push({
        platform: "gradescope",
        hint,
        file,
        path: parts.slice(index).join("/"),
        group: group!,
        late: false,
        attempt: seconds(file),
        at: rubyTime(field(entry, "created_at")),
      });
    }
  }
  return layout;
}

/** A folder or a file for each student, named by number, login, email or name. */
function plain(files: SourceFile[]): Layout {
  const roots = new Set(files.map(({ path }) => path.split("/")[0]));
  // a folder around everything is not a student's
  const wrapped = roots.size === 1 && files.every(({ path }) => path.split("/").length > 2);
  const attributed = files.map((file): AttributedFile => {
    const path = wrapped ? file.path.slice(file.path.indexOf("/") + 1) : file.path;
    const first = path.split("/")[0]!;
    const name = path.includes("/") ? first : first.replace(/\.ipynb$/i, "");
    return {
      platform: "plain",
      hint: { anyId: name },
      file,
      path,
      group: name,
      late: false,
      attempt: seconds(file),
    };
  });
  return { platform: "plain", attributed, skipped: [] };
}

/** Finds the platform's layout and attributes each file to a student. */
export async function readLayout(files: SourceFile[]): Promise<Layout> {
  const metadata = files.find(({ path }) => lastPart(path) === METADATA);
  if (metadata) return gradescope(files, metadata);
  const notebooks = files.filter(({ path }) => /\.ipynb$/i.test(path));
  if (files.some(({ path }) => path.split("/").some((part) => MOODLE_LIKE.test(part)))) {
    return moodle(files);
  }
  const isCanvas = ({ path }: SourceFile) =>
    CANVAS.test(lastPart(path)) || CANVAS_ANONYMOUS.test(lastPart(path));
  if (notebooks.length > 0 && notebooks.filter(isCanvas).length * 2 >= notebooks.length) {
    return canvas(files);
  }
  return plain(files);
}
