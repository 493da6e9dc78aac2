/**
 * A connection to the queue's server: Valkey, or Redis 6.2 and later. Once it has connected, all
 * requests wait while the server is away.
 */
import { Redis, type RedisOptions } from "ioredis";

/** Prints a line for whoever runs the grader or a worker. */
export type Log = (text: string) => void;

export interface Connection {
  redis: Redis;
  /** The URL without its password. */
  address: string;
  close(): void;
}

const FORMS =
  "redis://[user:password@]host:port, rediss:// for TLS, or unix:///path/of/the.sock for a socket";
/** Prefix of all our keys in the server. */
export const PREFIX = "course";
const DEFAULT_PORT = 6379;
const MAX_RECONNECT_DELAY_MS = 2000;
const CONNECT_TIMEOUT_MS = 10_000;

function parse(text: string): URL {
  try {
    const url = new URL(text);
    if (["redis:", "rediss:", "unix:"].includes(url.protocol)) return url;
  } catch {
    // the error below leaves out the text, which may hold a password
  }
  throw new Error(`--queue: expected ${FORMS}`);
}

function databaseOf({ protocol, pathname, searchParams }: URL): number {
  const text = protocol === "unix:" ? searchParams.get("db") : pathname.slice(1);
  const db = Number(text ?? 0);
  if (Number.isInteger(db) && db >= 0) return db;
  throw new Error(`--queue: expected the number of a database after the port, got ${text}`);
}

/** The options of a connection to a URL, and its address without the password. */
export function optionsOf(text: string): { options: RedisOptions; address: string } {
  const url = parse(text);
  const decoded = (part: string) => (part === "" ? undefined : decodeURIComponent(part));
  const options: RedisOptions = {
    username: decoded(url.username),
    password: decoded(url.password),
    db: databaseOf(url),
  };
  if (url.protocol === "unix:") {
    return {
      options: { ...options, path: decodeURIComponent(url.pathname) },
      address: url.pathname,
    };
  }
  const port = url.port === "" ? DEFAULT_PORT : Number(url.port);
  const host = url.hostname === "" ? "localhost" : url.hostname.replace(/^\[|\]$/g, "");
  const tls = url.protocol === "rediss:" ? { tls: { servername: host } } : {};
  return { options: { ...options, ...tls, host, port }, address: `${host}:${port}` };
}

const reasonOf = (e: unknown) => {
  const { code, message } = e as NodeJS.ErrnoException;
  return message || code || "it doesn't answer";
};

/** Logs once that the server is away, and once that it is back. */
function logOutages(redis: Redis, address: string, log: Log): void {
  let away = false;
  const onAway = (why: string) => {
    if (!away) log(`The queue at ${address} is away (${why}): waiting until it is back.`);
    away = true;
  };
  redis.on("error", (e: unknown) => onAway(reasonOf(e)));
  redis.on("reconnecting", () => onAway("the connection was lost"));
  redis.on("ready", () => {
    if (away) log(`The queue at ${address} is back.`);
    away = false;
  });
}

/** @throws a sentence where it can't be reached */
export async function connect(url: string, log: Log): Promise<Connection> {
  const { options, address } = optionsOf(url);
  let wasConnected = false;
  const redis = new Redis({
    ...options,
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (wasConnected ? Math.min(100 * times, MAX_RECONNECT_DELAY_MS) : null),
  });
  let why: unknown;
  const remember = (e: unknown) => (why = e);
  redis.on("error", remember);
  try {
    await redis.connect();
    await redis.ping();
  } catch (e) {
    redis.disconnect();
    throw new Error(
      `--queue: the queue at ${address} can't be reached (${reasonOf(why ?? e)}): is valkey-server running ` +
        "there, and are address and password right?",
      { cause: e },
    );
  }
  wasConnected = true;
  redis.off("error", remember);
  logOutages(redis, address, log);
  return { redis, address, close: () => redis.disconnect() };
}
