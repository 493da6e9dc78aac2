/**
 * The other end of reader.ts, a process of its own: one notebook in, one submission or one sentence
 * out, with the id of the question.
 */
import type { LessonEntry } from "../files/manifest";
import { readSubmission, type Submission } from "./notebook";

export type ReadResult = { submission: Submission } | { error: string };

export interface ReadRequest {
  id: number;
  bytes: Uint8Array;
  /** Of processor time, in milliseconds. */
  limitMs: number;
}
export interface ReadResponse {
  id: number;
  result: ReadResult;
}

let lessons: LessonEntry[] = [];

/** Milliseconds of this process so far. */
function used(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function read({ bytes, limitMs }: ReadRequest): ReadResult {
  const start = used();
  try {
    const submission = readSubmission(bytes, lessons);
    // also where the parent was too busy to notice, so that the same file is always refused
    if (used() - start > limitMs) return { error: `takes longer than ${limitMs / 1000} s to read` };
    return { submission };
  } catch (e) {
    return { error: e instanceof Error ? e.message : String(e) };
  }
}

process.on("message", (message: ReadRequest | { lessons: LessonEntry[] }) => {
  if ("lessons" in message) lessons = message.lessons;
  else process.send!({ id: message.id, result: read(message) } satisfies ReadResponse);
});
// the grader has ended, perhaps killed
process.on("disconnect", () => process.exit(0));
