/** The places for files: the queue's own server, or S3. */
import { createHash, randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import { PREFIX } from "./connect";
import { FilesAway, isFull, type Files } from "./files";
import { openS3 } from "./s3";
import { EXPIRES, LARGEST } from "./work";

function inServer(redis: Redis): Files {
  const key = (name: string) => `${PREFIX}:file:${name}`;
  return {
    place: "the queue's own server",
    async put(name, bytes) {
      try {
        await redis.set(key(name), bytes, "EX", EXPIRES);
      } catch (e) {
        if (!isFull((e as Error).message)) throw e;
        throw new FilesAway("the queue's memory (maxmemory) is full", { cause: e });
      }
    },
    async get(name) {
      const size = await redis.strlen(key(name));
      if (size > LARGEST) throw new Error("its file is larger than a notebook may be");
      return (await redis.getBuffer(key(name))) ?? undefined;
    },
    async remove(name) {
      await redis.del(key(name));
    },
  };
}

/** Puts a file there, reads it and removes it again. @throws a sentence where that fails */
async function tryOut(files: Files): Promise<void> {
  const bytes = randomBytes(32);
  const name = createHash("sha256").update(bytes).digest("hex");
  try {
    await files.put(name, bytes);
    const found = await files.get(name);
    await files.remove(name);
    if (found?.equals(bytes)) return;
  } catch (e) {
    throw new Error(`files can't be kept in ${files.place}: ${(e as Error).message}`, { cause: e });
  }
  throw new Error(`files can't be kept in ${files.place}: what was written can't be read`);
}

/**
 * @param where s3://bucket/prefix, the queue's server unless given
 * @param endpoint of a server that speaks S3, Amazon's unless given
 */
export async function openFiles(redis: Redis, where?: string, endpoint?: string): Promise<Files> {
  const files = where === undefined ? inServer(redis) : openS3(where, endpoint);
  await tryOut(files);
  return files;
}
