/**
 * Requests to a platform's services: a token by the class's key (1EdTech Security Framework 1.0,
 * section 4.1.1), and retries where the platform is away or busy.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as openid from "openid-client";
import { ClassError, isLoopback } from "../given.js";
import { readKey } from "./key.js";
import type { Lti } from "./settings.js";

export interface PlatformRequest {
  method?: "GET" | "POST";
  scope: string;
  accept?: string;
  /** Sent as JSON of this type; made anew for each try, as a score's time must be. */
  body?: { type: string; make(): unknown };
}

export interface PlatformResponse {
  status: number;
  /** The body as JSON, undefined where there is none. */
  content: unknown;
  /** Address of the next page. */
  next?: string;
}

/** The platform says no, and asking again would change nothing. */
export class PlatformError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Platform {
  request(url: string, request: PlatformRequest): Promise<PlatformResponse>;
}

export interface PlatformOptions {
  /** Milliseconds before the second try; each further one waits twice as long. */
  retryMs?: number;
}

const MAX_TRIES = 6;
const RETRY_MS = 500;
const MAX_WAIT_MS = 60_000;
const TIMEOUT_MS = 20_000;
/** A token is renewed before it ends. */
const TOKEN_MARGIN_MS = 30_000;

/** Moodle takes no two scores of the same second. */
const CONFLICT_WAIT_MS = 1100;

export function configurationOf(lti: Lti, auth?: openid.ClientAuth): openid.Configuration {
  const server = {
    issuer: lti.issuer,
    authorization_endpoint: lti.authorizationUrl,
    token_endpoint: lti.tokenUrl,
    jwks_uri: lti.keysUrl,
  };
  const config = new openid.Configuration(server, lti.clientId, undefined, auth);
  config.timeout = TIMEOUT_MS / 1000;
  if ([lti.tokenUrl, lti.keysUrl].every((url) => isLoopback(new URL(url)))) {
    openid.allowInsecureRequests(config);
  }
  return config;
}

async function keyAuth(folder: string, { audience }: Lti): Promise<openid.ClientAuth> {
  const { kid, privateKey } = readKey(folder);
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("jwk", privateKey, algorithm, false, ["sign"]);
  return openid.PrivateKeyJwt(
    { key, kid },
    { [openid.modifyAssertion]: (_header, payload) => void (payload.aud = audience) },
  );
}

/** Milliseconds that the platform asks to wait, as seconds or as a date. */
function retryAfter(response: Response): number | undefined {
  const header = response.headers.get("retry-after");
  if (header === null) return undefined;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : 1000 * seconds;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), MAX_WAIT_MS);
}

/** Moodle's quotation marks here are typographic, in UTF-8, which a header shows byte by byte. */
const NEXT = /<([^>]+)>\s*;[^,]*rel\s*=\W*next\b/i;

/** Address of the next page, which Moodle writes as HTML would. */
function nextPage({ headers }: Response, url: string): string | undefined {
  const next = NEXT.exec(headers.get("link") ?? "")?.[1];
  return next && new URL(next.replaceAll("&amp;", "&"), url).href;
}

/** Canvas says 403 for too many requests (app/middleware/request_throttle.rb). */
function isThrottled({ status, headers }: Response): boolean {
  const left = headers.get("x-rate-limit-remaining");
  return status === 429 || (status === 403 && left !== null && Number(left) <= 0);
}

async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Tokens by scope, each for as long as the platform says. */
function tokens(config: openid.Configuration) {
  const kept = new Map<string, { token: string; ends: number }>();
  return {
    drop: (scope: string) => kept.delete(scope),
    async get(scope: string): Promise<string> {
      const known = kept.get(scope);
      if (known && known.ends > Date.now()) return known.token;
      const granted = await openid.clientCredentialsGrant(config, { scope });
      const lifetime = 1000 * (granted.expires_in ?? 60) - TOKEN_MARGIN_MS;
      kept.set(scope, { token: granted.access_token, ends: Date.now() + lifetime });
      return granted.access_token;
    },
  };
}

/** Whether the platform itself refuses the token, rather than being away. */
const isRefusal = (e: unknown): e is openid.ResponseBodyError =>
  e instanceof openid.ResponseBodyError && e.status < 500 && e.status !== 429;

function refusedToken(lti: Lti, e: openid.ResponseBodyError): ClassError {
  const why = [e.error, e.error_description].filter(Boolean).join(": ");
  return new ClassError(
    `${lti.tokenUrl} refuses a token (${why}): look at clientId and audience in class.yaml, and at ` +
      "the key's address and the services that the platform allows the tool",
    { cause: e },
  );
}

/** @param folder of the class, where its key is */
export async function openPlatform(
  folder: string,
  lti: Lti,
  { retryMs = RETRY_MS }: PlatformOptions = {},
): Promise<Platform> {
  const config = configurationOf(lti, await keyAuth(folder, lti));
  const granted = tokens(config);

  async function send(url: string, request: PlatformRequest): Promise<Response> {
    const { method = "GET", scope, accept, body } = request;
    const headers = new Headers({ authorization: `Bearer ${await granted.get(scope)}` });
    if (accept) headers.set("accept", accept);
    if (body) headers.set("content-type", body.type);
    const text = body && JSON.stringify(body.make());
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return fetch(url, { method, headers, body: text, signal, redirect: "error" });
  }

  /** One try. @returns the response, or how long to wait before the next try */
  async function attempt(url: string, request: PlatformRequest, wait: number, isLast: boolean) {
    let response: Response;
    try {
      response = await send(url, request);
    } catch (e) {
      if (isRefusal(e)) throw refusedToken(lti, e);
      if (!isLast) return wait;
      const why = (e as Error).message;
      throw new ClassError(`${url} does not answer: ${why}`, { cause: e });
    }
    const { status } = response;
    if (status === 401) granted.drop(request.scope);
    const isBusy = isThrottled(response) || status >= 500 || status === 401 || status === 409;
    if (!isBusy || isLast) return response;
    await response.body?.cancel();
    if (status === 409) return CONFLICT_WAIT_MS;
    return retryAfter(response) ?? wait;
  }

  return {
    async request(url, request) {
      for (let n = 1; ; n++) {
        const tried = await attempt(url, request, retryMs * 2 ** (n - 1), n === MAX_TRIES);
        if (typeof tried === "number") {
          await sleep(tried);
          continue;
        }
        const content = await contentOf(tried);
        if (!tried.ok) {
          const says = content === undefined ? "" : `: ${JSON.stringify(content).slice(0, 300)}`;
          throw new PlatformError(tried.status, `answers ${tried.status}${says}`);
        }
        const next = nextPage(tried, url);
        return { status: tried.status, content, ...(next ? { next } : {}) };
      }
    },
  };
}
