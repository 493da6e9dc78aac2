/**
 * Who is at the queue, graders and workers, with their versions: so that each can say why nothing
 * happens. A list in the server whose entries expire unless they are renewed; nothing depends on it
 * but sentences.
 */
import { hostname } from "node:os";
import type { Redis } from "ioredis";
import { z } from "zod";
import { PREFIX } from "./connect";

const presence = z.strictObject({
  kind: z.enum(["grader", "worker"]),
  host: z.string().regex(/^[\w.-]{1,100}$/),
  pid: z.int(),
  version: z.string().regex(/^[\w.+-]{1,100}$/),
});
export type Presence = z.infer<typeof presence>;

const KEY = `${PREFIX}:present`;
/** Seconds. */
const RENEWED = 5;
const EXPIRES = 20;

const here = (kind: Presence["kind"], version: string): Presence => ({
  ...{ kind, version },
  host:
    hostname()
      .replace(/[^\w.-]/g, "-")
      .slice(0, 100) || "unknown",
  pid: process.pid,
});

export const nameOf = ({ host, pid }: Presence) => `${host}:${pid}`;

async function look(redis: Redis, entry: string): Promise<Presence[]> {
  const [seconds] = await redis.time();
  const now = Number(seconds);
  await redis.zadd(KEY, now + EXPIRES, entry);
  await redis.zremrangebyscore(KEY, "-inf", now);
  await redis.expire(KEY, EXPIRES);
  const entries = await redis.zrange(KEY, 0, -1);
  return entries.flatMap((text) => {
    try {
      return [presence.parse(JSON.parse(text))];
    } catch {
      return []; // somebody else's
    }
  });
}

/**
 * Is present until it is closed.
 * @param others is told of all that are there, at once and every few seconds
 */
export async function bePresent(
  redis: Redis,
  kind: Presence["kind"],
  version: string,
  others: (all: Presence[]) => void,
): Promise<{ me: Presence; close(): Promise<void> }> {
  const me = here(kind, version);
  const entry = JSON.stringify(me);
  let asking = false;
  const renew = async () => {
    if (asking) return; // the server is away
    asking = true;
    others(await look(redis, entry));
    asking = false;
  };
  await renew();
  const timer = setInterval(() => void renew().catch(() => (asking = false)), 1000 * RENEWED);
  return {
    me,
    close: async () => {
      clearInterval(timer);
      if (redis.status === "ready") await redis.zrem(KEY, entry);
    },
  };
}
