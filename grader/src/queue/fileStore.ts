/**
 * Submissions on their way to a worker: the queue's server keeps each file under its hash. A worker
 * checks size and hash of what it reads, so nobody can replace one file by another.
 */
import { createHash, randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import { PREFIX } from "./connect";
import { FILE_TTL_S, MAX_FILE_BYTES, type JobData } from "./messages";

/** What is under a name never changes. */
export interface FileStore {
  put(name: string, bytes: Buffer): Promise<void>;
  /** Undefined where there is none. @throws where it is larger than any submission */
  get(name: string): Promise<Buffer | undefined>;
  remove(name: string): Promise<void>;
}

/** The server's memory is full for now; the file is not at fault. */
export class StoreFull extends Error {}

/** Whether an error of the server says that its memory is full. */
export const isFull = (message: string): boolean => message.includes("OOM command not allowed");

/** A worker's message where the file is gone, or was never put there. */
export const FILE_MISSING = "its file is not in the queue's own server";

function redisStore(redis: Redis): FileStore {
  const key = (name: string) => `${PREFIX}:file:${name}`;
  return {
    async put(name, bytes) {
      try {
        await redis.set(key(name), bytes, "EX", FILE_TTL_S);
      } catch (e) {
        if (!isFull((e as Error).message)) throw e;
        throw new StoreFull("the queue's memory (maxmemory) is full", { cause: e });
      }
    },
    async get(name) {
      const size = await redis.strlen(key(name));
      if (size > MAX_FILE_BYTES) throw new Error("its file is larger than a notebook may be");
      return (await redis.getBuffer(key(name))) ?? undefined;
    },
    async remove(name) {
      await redis.del(key(name));
    },
  };
}

/**
 * Writes a file, reads it and removes it again before anything depends on it.
 * @throws a sentence where that fails
 */
export async function openFileStore(redis: Redis): Promise<FileStore> {
  const store = redisStore(redis);
  const bytes = randomBytes(32);
  const name = createHash("sha256").update(bytes).digest("hex");
  const failed = "files can't be kept in the queue's own server";
  let found: Buffer | undefined;
  try {
    await store.put(name, bytes);
    found = await store.get(name);
    await store.remove(name);
  } catch (e) {
    throw new Error(`${failed}: ${(e as Error).message}`, { cause: e });
  }
  if (!found?.equals(bytes)) throw new Error(`${failed}: what was written can't be read`);
  return store;
}

/** @throws a sentence where the file is missing, or another than the job says */
export async function readFile(store: FileStore, { sha256, size }: JobData): Promise<Buffer> {
  const bytes = await store.get(sha256);
  if (!bytes) throw new Error(FILE_MISSING);
  const found = createHash("sha256").update(bytes).digest("hex");
  if (bytes.length === size && found === sha256) return bytes;
  throw new Error("its file is not the one that the job names");
}
