/** What the commands of a class share. */
import { chmodSync } from "node:fs";
import type { GraderOptions } from "grader/commands";
import { writeDurably } from "grader/files";
import type { Class } from "../class.js";
import { ClassError } from "../given.js";
import { lessonNamed, type Lesson } from "../lessons.js";

type OptionValue = string | number | undefined;

/** As the command line reads them. */
export interface ClassOptions extends GraderOptions {
  lesson?: OptionValue;
  roster?: string;
  title?: OptionValue;
  timeZone?: string;
  database?: string;
  worksheet?: string;
  fileTimes?: boolean;
  read?: string;
  reason?: OptionValue;
  by?: OptionValue;
  to?: string;
  out?: string;
  accept?: boolean;
  url?: string;
  from?: string;
  name?: OptionValue;
  role?: string;
  sections?: OptionValue;
  names?: boolean;
  student?: OptionValue;
  unfinished?: boolean;
  preview?: boolean;
  budget?: OptionValue;
  seed?: OptionValue;
}

export interface ActionContext {
  classroom: Class;
  args: string[];
  options: ClassOptions;
}

/** The lesson that is named. */
export const lessonOf = ({ classroom, options }: ActionContext): Lesson =>
  lessonNamed(classroom.lessons, options.lesson);

/** What requireArg says where nobody is named. */
export const STUDENT = "the student (number, email, login or name)";

/** @throws ClassError where an argument is missing */
export function requireArg(arg: string | undefined, what: string): string {
  if (arg === undefined || arg === "") throw new ClassError(`course class: ${what} is missing`);
  return arg;
}

/** Under whose name decisions are recorded. */
export const byWhom = ({ by }: { by?: OptionValue }) =>
  String(by ?? process.env.USER ?? "instructor");

/** Writes a whole file or none, readable by its owner alone. @returns the file */
export async function writePrivately(file: string, data: string | Uint8Array): Promise<string> {
  await writeDurably(file, data); // a table that is cut off would lose grades on the platform
  chmodSync(file, 0o600);
  return file;
}
