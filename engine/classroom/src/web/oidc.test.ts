/** Signing in at a small provider of our own, which also lies. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Class } from "../class.js";
import { openSqlite } from "../sql/sqlite.js";
import { newFolder, removeFolders, student, testClass } from "../class.testing.js";
import { putStudent } from "../sql/write.js";
import { changeStaff } from "../staff/staff.js";
import { Access } from "./access.js";
import { provider } from "./oidc.js";
import { COOKIE } from "./context.js";
import { server } from "./server.js";

afterAll(removeFolders);

const OURS = "http://127.0.0.1:8765";
const CLIENT = "course";
const SECRET = "s3cret";

type Claims = { [name: string]: unknown };
/** What the provider puts into its next token. */
interface Says {
  claims: Claims;
  key: CryptoKey;
  expires: string;
  audience: string;
  issuer?: string;
}

let issuer: string;
let idp: Server;
let says: Says;
let keys: { [name in "known" | "other"]: CryptoKey };
let jwks: object;
/** Code → what was asked for with it; a code works once. */
const codes = new Map<string, URLSearchParams>();
let classroom: Class;
let app: FastifyInstance;

const sign = ({ claims, key, expires, audience, issuer: by = issuer }: Says, nonce: string) =>
  new SignJWT({ nonce, ...claims })
    .setProtectedHeader({ alg: "RS256", kid: "k" })
    .setSubject("1")
    .setIssuer(by)
    .setAudience(audience)
    .setIssuedAt("-2h")
    .setExpirationTime(expires)
    .sign(key);

async function tokenFor(body: URLSearchParams, authorization = ""): Promise<[number, object]> {
  const asked = codes.get(body.get("code") ?? "");
  codes.delete(body.get("code") ?? "");
  const challenge = createHash("sha256").update(body.get("code_verifier") ?? "");
  const right =
    asked?.get("code_challenge") === challenge.digest("base64url") &&
    authorization === `Basic ${Buffer.from(`${CLIENT}:${SECRET}`).toString("base64")}`;
  if (!right) return [400, { error: "invalid_grant" }];
  const id_token = await sign(says, asked.get("nonce")!);
  return [200, { access_token: "a", token_type: "Bearer", id_token }];
}

function answer(path: string, body: string, authorization?: string): Promise<[number, object]> {
  if (path === "/jwks") return Promise.resolve([200, jwks]);
  if (path === "/token") return tokenFor(new URLSearchParams(body), authorization);
  const at = (name: string) => `${issuer}/${name}`;
  const addresses = { authorization_endpoint: at("authorize"), token_endpoint: at("token") };
  return Promise.resolve([200, { issuer, jwks_uri: at("jwks"), ...addresses }]);
}

beforeAll(async () => {
  const [known, other] = await Promise.all([generateKeyPair("RS256"), generateKeyPair("RS256")]);
  keys = { known: known.privateKey, other: other.privateKey };
  jwks = { keys: [{ ...(await exportJWK(known.publicKey)), kid: "k", alg: "RS256", use: "sig" }] };
  idp = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part));
    request.on("end", () => {
      void answer(request.url!, body, request.headers.authorization).then(([status, reply]) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(JSON.stringify(reply));
      });
    });
  });
  await new Promise<void>((done) => idp.listen(0, "127.0.0.1", done));
  issuer = `http://127.0.0.1:${(idp.address() as AddressInfo).port}`;
  const folder = newFolder();
  classroom = await testClass(await openSqlite(`${folder}/gradebook.sqlite`), folder);
  await putStudent(classroom.sql, student("ada", { email: "Ada@x.edu" }));
  await putStudent(classroom.sql, student("gone", { active: false }));
  const named = { issuer, clientId: CLIENT, clientSecretEnv: "SECRET" };
  const oidc = { ...named, instructors: ["eva@x.edu"], claim: "email" };
  classroom.settings.oidc = oidc;
  const report = () => Promise.reject(new Error("not here"));
  const options = { url: OURS, access: new Access(folder), assets: new Map(), report };
  app = await server(classroom, { ...options, provider: provider(oidc, OURS, { SECRET }) });
});
afterAll(async () => {
  await app.close();
  await classroom.sql.close();
  idp.close();
});
beforeEach(() => {
  says = { claims: { email: "ada@x.edu" }, key: keys.known, expires: "1h", audience: CLIENT };
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

const get = (url: string, cookies: { [name: string]: string } = {}) =>
  app.inject({ url, cookies, headers: { host: "127.0.0.1:8765" } });

/** As a browser goes to the provider. @returns the address to come back to, and the cookie */
async function atProvider() {
  const reply = await get("/oidc/sign-in");
  const asked = new URL(reply.headers.location!);
  expect(asked.origin + asked.pathname).toBe(`${issuer}/authorize`);
  expect(asked.searchParams.get("redirect_uri")).toBe(`${OURS}/oidc/callback`);
  const [flow] = reply.cookies;
  expect(flow).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/oidc" });
  const code = `code${Math.random()}`;
  codes.set(code, asked.searchParams);
  const back = new URLSearchParams({ code, state: asked.searchParams.get("state")! });
  return { back, cookies: { [flow!.name]: flow!.value } };
}

const comeBack = (back: URLSearchParams, cookies = {}) => get(`/oidc/callback?${back}`, cookies);
const session = (reply: Awaited<ReturnType<typeof get>>) =>
  reply.cookies.find(({ name }) => name === COOKIE)?.value;

async function refusal(reply: Awaited<ReturnType<typeof get>>): Promise<string> {
  expect(session(reply)).toBeUndefined();
  expect([401, 403]).toContain(reply.statusCode);
  return /<h1>(.*)<\/h1>/.exec(reply.body)![1]!;
}

async function signIn() {
  const { back, cookies } = await atProvider();
  return comeBack(back, cookies);
}

test("a student by the roster's address, an instructor by class.yaml's", async () => {
  const reply = await signIn();
  expect([reply.statusCode, reply.headers.location]).toEqual([303, "/"]);
  const mine = await get("/me", { [COOKIE]: session(reply)! });
  expect(mine.body).toContain("My grades");
  says.claims = { email: "EVA@x.edu", email_verified: true };
  const lessons = await get("/", { [COOKIE]: session(await signIn())! });
  expect(lessons.body).toContain("<span>eva@x.edu</span>");
  expect((await get("/sign-in")).body).toContain("/oidc/sign-in");
});

test("somebody of the staff, with the rights of the list and not those of class.yaml", async () => {
  const eva = { email: "eva@x.edu", name: "Eva", sections: "", seesNames: false, by: "Olga" };
  await changeStaff(classroom, { ...eva, role: "grader" });
  says.claims = { email: "EVA@x.edu", email_verified: true };
  const cookies = { [COOKIE]: session(await signIn())! };
  expect((await get("/", cookies)).body).toContain("<span>Eva</span>");
  expect((await get("/roster", cookies)).statusCode).toBe(404);
  await changeStaff(classroom, { ...eva, role: "none" });
  expect((await get("/", { [COOKIE]: session(await signIn())! })).body).toContain("eva@x.edu");
});

test("nobody else, with one sentence", async () => {
  for (const email of ["eve@x.edu", "gone@x.edu", "<b>@x.edu"]) {
    says.claims = { email };
    expect(await refusal(await signIn())).toMatch(/is not in this class: ask your instructor/);
  }
  for (const claims of [{}, { email: 7 }, { email: "ada@x.edu", email_verified: false }]) {
    says.claims = claims;
    expect(await refusal(await signIn())).toContain("no verified address");
  }
});

test("forged, expired and foreign tokens", async () => {
  const lies: [string, Partial<Says>][] = [
    ["signature", { key: keys.other }],
    ["expiration", { expires: "-1h" }],
    ["audience", { audience: "another" }],
    ["issuer", { issuer: "http://127.0.0.1:1" }],
    ["nonce", { claims: { email: "ada@x.edu", nonce: "of another sign-in" } }],
  ];
  for (const [why, lie] of lies) {
    Object.assign(says, { claims: { email: "ada@x.edu" }, key: keys.known }, lie);
    expect(await refusal(await signIn()), why).toContain("sign in again");
    expect(vi.mocked(console.error).mock.lastCall![0]).toContain(why);
    Object.assign(says, { expires: "1h", audience: CLIENT, issuer: undefined });
  }
});

test("a sign-in ends once, in the browser where it began, with its own state", async () => {
  const first = await atProvider();
  const used = new URLSearchParams(first.back);
  expect((await comeBack(first.back, first.cookies)).statusCode).toBe(303);
  await refusal(await comeBack(used, first.cookies));
  const second = await atProvider();
  await refusal(await comeBack(second.back)); // a link that somebody sent
  const third = await atProvider();
  await refusal(await comeBack(second.back, third.cookies));
  const fourth = await atProvider();
  fourth.back.set("state", "other");
  await refusal(await comeBack(fourth.back, fourth.cookies));
  const denied = await atProvider();
  denied.back.delete("code");
  denied.back.set("error", "access_denied");
  await refusal(await comeBack(denied.back, denied.cookies));
});

test("without a secret, and while the provider is away", async () => {
  const { oidc } = classroom.settings;
  expect(() => provider(oidc!, OURS, {})).toThrow("the environment has no such variable");
  const away = provider({ ...oidc!, issuer: "http://127.0.0.1:1" }, OURS, { SECRET });
  await expect(away.begin()).rejects.toThrow("does not answer");
});
