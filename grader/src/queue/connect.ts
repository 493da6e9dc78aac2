/**
 * A connection to the queue's server: Valkey, or Redis 6.2 and later. After it has been there once,
 * everything waits for it while it is away.
 */
import { Redis, type RedisOptions } from "ioredis";

/** Says something to whoever runs the grader or a worker. */
export type Say = (text: string) => void;

export interface Connection {
  redis: Redis;
  /** The URL without its password. */
  place: string;
  close(): void;
}

const FORMS =
  "redis://[user:password@]host:port, rediss:// for TLS, or unix:///path/of/the.sock for a socket";
/** What prefixes of names in the server are ours. */
export const PREFIX = "course";
const PORT = 6379;
const LONGEST_PAUSE = 2000;
const CONNECT_MS = 10_000;

function parse(text: string): URL {
  try {
    const url = new URL(text);
    if (["redis:", "rediss:", "unix:"].includes(url.protocol)) return url;
  } catch {
    /* said below, without the text, which may hold a password */
  }
  throw new Error(`--queue: expected ${FORMS}`);
}

function databaseOf({ protocol, pathname, searchParams }: URL): number {
  const text = protocol === "unix:" ? searchParams.get("db") : pathname.slice(1);
  const db = Number(text ?? 0);
  if (Number.isInteger(db) && db >= 0) return db;
  throw new Error(`--queue: expected the number of a database after the port, got ${text}`);
}

/** What a URL says. */
export function optionsOf(text: string): { options: RedisOptions; place: string } {
  const url = parse(text);
  const decoded = (part: string) => (part === "" ? undefined : decodeURIComponent(part));
  const options: RedisOptions = {
    username: decoded(url.username),
    password: decoded(url.password),
    db: databaseOf(url),
  };
  if (url.protocol === "unix:") {
    return { options: { ...options, path: decodeURIComponent(url.pathname) }, place: url.pathname };
  }
  const port = url.port === "" ? PORT : Number(url.port);
  const host = url.hostname === "" ? "localhost" : url.hostname.replace(/^\[|\]$/g, "");
  const tls = url.protocol === "rediss:" ? { tls: { servername: host } } : {};
  return { options: { ...options, ...tls, host, port }, place: `${host}:${port}` };
}

const reasonOf = (e: unknown) => {
  const { code, message } = e as NodeJS.ErrnoException;
  return message || code || "it doesn't answer";
};

/** Tells once that the server is away, and once that it is back. */
function tellOutages(redis: Redis, place: string, say: Say): void {
  let away = false;
  const told = (why: string) => {
    if (!away) say(`The queue at ${place} is away (${why}): waiting until it is back.`);
    away = true;
  };
  redis.on("error", (e: unknown) => told(reasonOf(e)));
  redis.on("reconnecting", () => told("the connection was lost"));
  redis.on("ready", () => {
    if (away) say(`The queue at ${place} is back.`);
    away = false;
  });
}

/** @throws a sentence where it can't be reached */
export async function connect(url: string, say: Say): Promise<Connection> {
  const { options, place } = optionsOf(url);
  let wasThere = false;
  const redis = new Redis({
    ...options,
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (wasThere ? Math.min(100 * times, LONGEST_PAUSE) : null),
  });
  let why: unknown;
  const note = (e: unknown) => (why = e);
  redis.on("error", note);
  try {
    await redis.connect();
    await redis.ping();
  } catch (e) {
    redis.disconnect();
    throw new Error(
      `--queue: the queue at ${place} can't be reached (${reasonOf(why ?? e)}): is valkey-server running ` +
        "there, and are address and password right?",
      { cause: e },
    );
  }
  wasThere = true;
  redis.off("error", note);
  tellOutages(redis, place, say);
  return { redis, place, close: () => redis.disconnect() };
}
