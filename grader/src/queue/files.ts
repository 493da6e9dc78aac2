/**
 * Where files wait for their workers: under their hash, in the queue's server (places.ts) or in S3
 * (s3.ts). Who reads one checks size and hash, so nobody can put one file in the place of another.
 */
import { createHash } from "node:crypto";
import type { JobData } from "./work";

/** A place for files; what is under a name never changes. */
export interface Files {
  /** For people. */
  place: string;
  put(name: string, bytes: Buffer): Promise<void>;
  /** Undefined where there is none. @throws where it is larger than any submission */
  get(name: string): Promise<Buffer | undefined>;
  remove(name: string): Promise<void>;
}

/** The place itself doesn't work for now, and no file is at fault. */
export class FilesAway extends Error {}

/** What a server says whose memory is full. */
export const isFull = (message: string): boolean => message.includes("OOM command not allowed");

/** How a worker's sentence begins where the file is gone, or was never put where it looks. */
export const NO_FILE = "its file is not in ";

/** @throws FilesAway; a sentence where the file is another than the job says */
export async function readFile(files: Files, { sha256, size }: JobData): Promise<Buffer> {
  const bytes = await files.get(sha256);
  if (!bytes) throw new Error(NO_FILE + files.place);
  const found = createHash("sha256").update(bytes).digest("hex");
  if (bytes.length === size && found === sha256) return bytes;
  throw new Error("its file is not the one that the job names");
}
