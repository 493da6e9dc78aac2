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

/** The place itself doesn't work for now, which is no file's fault. */
export class FilesAway extends Error {}

/** The job's file is gone, or was never put where this worker looks. */
export class NoFile extends Error {}

/** @throws NoFile, FilesAway; a sentence where the file is another than the job says */
export async function readFile(files: Files, { sha256, size }: JobData): Promise<Buffer> {
  const bytes = await files.get(sha256);
  if (!bytes) throw new NoFile(`its file is not in ${files.place}`);
  const found = createHash("sha256").update(bytes).digest("hex");
  if (bytes.length === size && found === sha256) return bytes;
  throw new Error("its file is not the one that the job names");
}
