/**
 * Signing in at a school's own provider, by OpenID Connect: the authorization code flow with PKCE,
 * state and nonce. Whoever begins a sign-in gets a cookie, without which nobody can end it.
 */
import { randomBytes } from "node:crypto";
import * as client from "openid-client";
import { ClassError, isLoopback, type Oidc } from "../settings.js";
import type { Class } from "../class.js";
import { readStudents } from "../sql/read.js";
import { readStaff } from "../staff/staff.js";
import { wholeClass, type User } from "./access.js";
import { enter, limited, Refusal, type Provider, type WebContext } from "./context.js";

interface Flow {
  verifier: string;
  state: string;
  nonce: string;
  ends: number;
}

export const FLOW_SECONDS = 600;
const MAX_FLOWS = 10_000;
/** Seconds by which clocks may differ. */
const CLOCK_TOLERANCE_SECONDS = 30;
export const STALE = "This sign-in is out of date or not valid: sign in again.";

/** For whoever runs the server; the browser learns no more than it must. */
function note({ issuer }: Oidc, e: unknown): void {
  const { message, cause } = e as Error;
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  console.error(`Sign-in at ${issuer}: ${message}${why}`);
}

/** As the provider wants the secret; without its word, as the standard says. */
function authentication(secret: string): client.ClientAuth {
  const [post, basic] = [client.ClientSecretPost(secret), client.ClientSecretBasic(secret)];
  return (server, ...rest) => {
    const supported = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const one = supported.includes("client_secret_basic") ? basic : post;
    return one(server, ...rest);
  };
}

function discover({ issuer, clientId }: Oidc, secret: string): Promise<client.Configuration> {
  const server = new URL(issuer);
  const metadata = { [client.clockTolerance]: CLOCK_TOLERANCE_SECONDS };
  const execute = [client.enableNonRepudiationChecks];
  if (isLoopback(server)) execute.push(client.allowInsecureRequests);
  return client.discovery(server, clientId, metadata, authentication(secret), { execute });
}

/** What the provider says of whoever signed in, in the token or when asked. */
async function claimsOf(config: client.Configuration, { claim }: Oidc, tokens: Tokens) {
  const claims = tokens.claims()!;
  if (claims[claim] !== undefined || !config.serverMetadata().userinfo_endpoint) return claims;
  return client.fetchUserInfo(config, tokens.access_token, claims.sub);
}

type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;

/** @throws Refusal where nobody has checked whose address it is */
function addressOf(claims: { [name: string]: unknown }, claim: string): string {
  const address = claims[claim];
  const verified = claim !== "email" || ![false, "false"].includes(claims.email_verified as string);
  if (typeof address === "string" && address !== "" && verified) return address.toLowerCase();
  throw new Refusal(403, "Your school’s sign-in gives no verified address: ask your instructor.");
}

/** Flows that have begun, each of which ends once. */
export function flows() {
  const begun = new Map<string, Flow>();
  return {
    add(flow: Omit<Flow, "ends">): string {
      if (begun.size >= MAX_FLOWS) begun.delete(begun.keys().next().value!);
      const name = randomBytes(32).toString("base64url");
      begun.set(name, { ...flow, ends: Date.now() + 1000 * FLOW_SECONDS });
      return name;
    },
    take(name: string | undefined): Flow {
      const flow = name === undefined ? undefined : begun.get(name);
      if (name !== undefined) begun.delete(name);
      if (!flow || flow.ends < Date.now()) throw new Refusal(401, STALE);
      return flow;
    },
  };
}

/** Asks for the provider's addresses once; where it doesn't answer, again the next time. */
function configured(oidc: Oidc, secret: string) {
  let config: Promise<client.Configuration> | undefined;
  return async () => {
    config ??= discover(oidc, secret);
    try {
      return await config;
    } catch (e) {
      config = undefined;
      note(oidc, e);
      throw new Refusal(503, "Your school’s sign-in does not answer: try again in some minutes.");
    }
  };
}

/** @param url of our server @param env holds the secret @throws ClassError without one */
export function provider(oidc: Oidc, url: string, env: NodeJS.ProcessEnv): Provider {
  const secret = env[oidc.clientSecretEnv];
  if (!secret) {
    throw new ClassError(
      `class.yaml: oidc.clientSecretEnv names ${oidc.clientSecretEnv}, and the environment has no ` +
        "such variable: put the client's secret there",
    );
  }
  const begun = flows();
  const ready = configured(oidc, secret);
  return {
    async begin() {
      const config = await ready();
      const verifier = client.randomPKCECodeVerifier();
      const [state, nonce] = [client.randomState(), client.randomNonce()];
      const target = client.buildAuthorizationUrl(config, {
        redirect_uri: `${url}/oidc/callback`,
        scope: "openid email profile",
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      });
      return { url: target.href, flow: begun.add({ verifier, state, nonce }) };
    },
    async end(flow, current) {
      const { verifier, state, nonce } = begun.take(flow);
      const config = await ready();
      try {
        const tokens = await client.authorizationCodeGrant(config, current, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
        return addressOf(await claimsOf(config, oidc, tokens), oidc.claim);
      } catch (e) {
        if (e instanceof Refusal) throw e;
        note(oidc, e);
        throw new Refusal(401, STALE);
      }
    },
  };
}

const FLOW_COOKIE = "course-sign-in";

/** @throws Refusal where it is nobody of this class */
async function whoIs(classroom: Class, address: string): Promise<User> {
  const member = (await readStaff(classroom.sql)).find(({ email }) => email === address);
  if (member) return member;
  const instructors = classroom.settings.oidc?.instructors ?? [];
  if (instructors.includes(address)) return wholeClass("instructor", address);
  const students = (await readStudents(classroom.sql)).filter((s) => s.active);
  const found = students.filter((s) => s.email.toLowerCase() === address);
  if (found.length === 1) return { role: "student", id: found[0]!.id };
  throw new Refusal(403, `${address} is not in this class: ask your instructor to add it.`);
}

export function oidcRoutes({ app, classroom, options }: WebContext): void {
  const { provider, access, url } = options;
  if (!provider) return;
  const secure = url.startsWith("https:");
  // lax: the browser comes back from the provider's site
  const cookie = { httpOnly: true, sameSite: "lax" as const, path: "/oidc", secure };
  app.get("/oidc/sign-in", limited, async (_request, reply) => {
    const { url: target, flow } = await provider.begin();
    void reply.setCookie(FLOW_COOKIE, flow, { ...cookie, maxAge: FLOW_SECONDS });
    return reply.redirect(target, 303);
  });
  app.get("/oidc/callback", limited, async (request, reply) => {
    void reply.clearCookie(FLOW_COOKIE, cookie);
    const address = await provider.end(request.cookies[FLOW_COOKIE], new URL(request.url, url));
    enter(reply, access.begin(await whoIs(classroom, address)), secure);
    return reply.redirect("/", 303);
  });
}
