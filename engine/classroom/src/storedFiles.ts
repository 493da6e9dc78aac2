/** Where a class keeps what was handed in: each file under the student's id and its own hash. */
import { join } from "node:path";
import type { Class } from "./class.js";
import type { HandIn } from "./types.js";

const HASH_DIGITS = 12;

/** The name under which the grader's reports have it, without an ending. */
export const storedName = ({ student, sha256 }: Pick<HandIn, "student" | "sha256">) =>
  `${student}-${sha256.slice(0, HASH_DIGITS)}`;

/** The notebook's file, byte for byte as handed in. */
export const storedFile = ({ folder }: Pick<Class, "folder">, handIn: HandIn) =>
  join(folder, "hand-ins", handIn.lesson, `${storedName(handIn)}.ipynb`);

/** The folder of the grader's reports for a lesson: a page for each hand-in, the class files. */
export const reportsFolder = ({ folder }: Pick<Class, "folder">, lesson: string) =>
  join(folder, "reports", lesson);
