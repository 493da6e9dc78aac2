/**
 * The registry of connected graders and workers with their versions, so that each can say why
 * nothing happens: a set in the server whose entries expire unless they are renewed. Only messages
 * depend on it.
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
const RENEWAL_S = 5;
const TTL_S = 20;

const presenceOf = (kind: Presence["kind"], version: string): Presence => ({
  kind,
  host:
    hostname()
      .replace(/[^\w.-]/g, "-")
      .slice(0, 100) || "unknown",
  pid: process.pid,
  version,
});

export const nameOf = ({ host, pid }: Presence) => `${host}:${pid}`;

/** Renews this program's entry. @returns everybody's */
async function renewEntry(redis: Redis, entry: string): Promise<Presence[]> {
  const [seconds] = await redis.time();
  const now = Number(seconds);
  await redis.zadd(KEY, now + TTL_S, entry);
  await redis.zremrangebyscore(KEY, "-inf", now);
  await redis.expire(KEY, TTL_S);
  const entries = await redis.zrange(KEY, 0, -1);
  return entries.flatMap((text) => {
    try {
      return [presence.parse(JSON.parse(text))];
    } catch {
      return []; // another program wrote it
    }
  });
}

/**
 * Keeps this program in the registry until it is closed.
 * @param onPresence called at once and every few seconds with all who are connected
 */
export async function announcePresence(
  redis: Redis,
  kind: Presence["kind"],
  version: string,
  onPresence: (all: Presence[]) => void,
): Promise<{ self: Presence; close(): Promise<void> }> {
  const self = presenceOf(kind, version);
  const entry = JSON.stringify(self);
  let renewing = false;
  const renew = async () => {
    if (renewing) return; // the server is away
    renewing = true;
    onPresence(await renewEntry(redis, entry));
    renewing = false;
  };
  await renew();
  const timer = setInterval(() => void renew().catch(() => (renewing = false)), 1000 * RENEWAL_S);
  return {
    self,
    close: async () => {
      clearInterval(timer);
      if (redis.status === "ready") await redis.zrem(KEY, entry);
    },
  };
}
