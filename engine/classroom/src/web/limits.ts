/**
 * How much somebody may ask of the server in a minute. A campus may send 800 students from one
 * address, so whoever has signed in is counted by who they are, and only the others by address.
 */
import { BlockList, isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import { ClassError, readPart } from "../given.js";
import { userKey } from "./access.js";

export interface WebLimits {
  /**
   * Proxies beside those of this machine whose X-Forwarded-For is believed: addresses, networks.
   */
  trustedProxies: string[];
  /** Requests in a minute by somebody who has signed in. */
  requestsPerUser: number;
  /** Requests in a minute by all from one address who haven't. */
  requestsPerAddress: number;
}

export const DEFAULT_LIMITS: WebLimits = {
  trustedProxies: [],
  requestsPerUser: 600,
  // signing in takes five requests, so a class of 800 can do it in one minute, twice over
  requestsPerAddress: 8000,
};

const MAX_REQUESTS = 1_000_000;

/** "10.0.0.5" or "10.0.0.0/8" */
function isNetwork(text: unknown): text is string {
  if (typeof text !== "string") return false;
  const [address, bits, ...rest] = text.split("/");
  const family = isIP(address!);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  try {
    new BlockList().addSubnet(address!, Number(bits), family === 4 ? "ipv4" : "ipv6");
    return /^\d+$/.test(bits);
  } catch {
    return false;
  }
}

/** The part `web` of class.yaml. @throws ClassError */
export function readLimits(file: string, given: unknown): WebLimits {
  const part = readPart(file, "web", given, Object.keys(DEFAULT_LIMITS)) ?? {};
  const { trustedProxies = [] } = part;
  const proxies: unknown[] = Array.isArray(trustedProxies) ? trustedProxies : [trustedProxies];
  if (!proxies.every(isNetwork)) {
    const wrong = JSON.stringify(proxies.find((p) => !isNetwork(p)));
    throw new ClassError(
      `${file}: web.trustedProxies must list addresses or networks such as 10.0.0.0/8, got ${wrong}`,
    );
  }
  const count = (key: "requestsPerUser" | "requestsPerAddress") => {
    const value = part[key] ?? DEFAULT_LIMITS[key];
    if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_REQUESTS) {
      return Number(value);
    }
    const expected = `a whole number from 1 to ${MAX_REQUESTS}`;
    throw new ClassError(`${file}: web.${key} must be ${expected}, got ${JSON.stringify(value)}`);
  };
  return {
    trustedProxies: proxies,
    requestsPerUser: count("requestsPerUser"),
    requestsPerAddress: count("requestsPerAddress"),
  };
}

/** Proxies on this machine are always believed. */
export const trustedBy = ({ trustedProxies }: WebLimits) => ["loopback", ...trustedProxies];

/** Whose requests are counted together. */
const countedAs = ({ session, ip }: FastifyRequest) =>
  session ? userKey(session.user) : `address ${ip}`;

const MINUTE_MS = 60_000;
/** Users and addresses that are counted at a time. */
const MAX_COUNTED = 20_000;

/** Options of @fastify/rate-limit, which runs after the session is known. */
export const limitOptions = (limits: WebLimits) => ({
  timeWindow: MINUTE_MS,
  cache: MAX_COUNTED,
  keyGenerator: countedAs,
  max: ({ session }: FastifyRequest) =>
    session ? limits.requestsPerUser : limits.requestsPerAddress,
  errorResponseBuilder: (_request: FastifyRequest, { after }: { after: string }) =>
    Object.assign(new Error(`Too many requests: try again in ${after}.`), { statusCode: 429 }),
});
