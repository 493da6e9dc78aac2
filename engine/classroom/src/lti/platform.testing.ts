/**
 * For tests only: a learning platform written from the specifications, as strict as Canvas
 * (app/controllers/lti/ims) and Moodle (mod/lti/service) are: scopes, media types, pages, times of
 * scores. It fails when a test asks it to.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWK } from "jose";
import { SCOPES, TYPES, type LineItem, type Member } from "./services.js";

export const CLIENT = "10000000000001";
const CLAIM = "https://purl.imsglobal.org/spec/lti/claim/";
const ROLE = "http://purl.imsglobal.org/vocab/lis/v2/membership";
export const LEARNER = `${ROLE}#Learner`;
export const INSTRUCTOR = `${ROLE}#Instructor`;
export const ASSISTANT = `${ROLE}/Instructor#TeachingAssistant`;

interface Score {
  userId: string;
  scoreGiven?: number;
  scoreMaximum?: number;
  timestamp: string;
  activityProgress: string;
  gradingProgress: string;
}

interface Fault {
  status: number;
  headers?: { [name: string]: string };
  /** How many requests it meets. */
  times: number;
  path: RegExp;
}

interface Answer {
  status: number;
  type?: string;
  headers?: { [name: string]: string };
  content?: unknown;
}

const PAGE = 2;

export class MockPlatform {
  readonly keyPair = generateKeyPair("RS256");
  members: Member[] = [];
  lineItems: LineItem[] = [];
  scores: (Score & { lineItem: string })[] = [];
  faults: Fault[] = [];
  requests: string[] = [];
  /** Every token works once, as if it ended at once. */
  isForgetful = false;
  context = "course-4711";
  /** So many columns are made without an answer. */
  lost = 0;
  private readonly tokens = new Map<string, string[]>();
  private nonces = new Set<string>();

  private constructor(
    readonly url: string,
    private readonly server: ReturnType<typeof createServer>,
    private readonly toolKeys: () => { keys: object[] },
  ) {}

  /** @param toolKeys the class's public keys */
  static async start(toolKeys: () => { keys: object[] }): Promise<MockPlatform> {
    const server = createServer((request, response) => void platform.serve(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const platform = new MockPlatform(`http://127.0.0.1:${port}`, server, toolKeys);
    return platform;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  /** What class.yaml says of it. */
  settings(): string {
    const { url } = this;
    return (
      `lti: { issuer: ${url}, clientId: "${CLIENT}", authorizationUrl: ${url}/authorize, ` +
      `tokenUrl: ${url}/token, keysUrl: ${url}/keys }\n`
    );
  }

  /** What the platform posts to the tool when this user opens it. */
  async idToken(
    user: Member,
    nonce: string,
    more: object = {},
    issuer = this.url,
  ): Promise<string> {
    const { privateKey } = await this.keyPair;
    const { user_id: sub, roles, lis_person_sourcedid, ...person } = user;
    const endpoint = { scope: Object.values(SCOPES), lineitems: `${this.url}/lineitems?type_id=3` };
    const names = {
      context_memberships_url: `${this.url}/members`,
      service_versions: ["2.0"],
    };
    const claims = {
      nonce,
      ...person,
      [`${CLAIM}message_type`]: "LtiResourceLinkRequest",
      [`${CLAIM}version`]: "1.3.0",
      [`${CLAIM}deployment_id`]: "1:a",
      [`${CLAIM}target_link_uri`]: "https://grades.x.edu/",
      [`${CLAIM}resource_link`]: { id: "link-1" },
      [`${CLAIM}roles`]: roles,
      [`${CLAIM}context`]: { id: this.context, title: "Spring" },
      [`${CLAIM}lis`]: { person_sourcedid: lis_person_sourcedid },
      "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": endpoint,
      "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice": names,
      ...more,
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "platform" })
      .setIssuer(issuer)
      .setAudience(CLIENT)
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(privateKey);
  }

  scoreOf(userId: string): Score | undefined {
    return this.scores.findLast((s) => s.userId === userId);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const url = new URL(request.url!, this.url);
    this.requests.push(`${request.method} ${url.pathname}`);
    const answer = this.fault(url.pathname) ?? (await this.answer(request, url, body));
    const { status, type = "application/json", headers = {}, content } = answer;
    if (status === 0) {
      request.socket.destroy();
      return;
    }
    response.writeHead(status, { "content-type": type, ...headers });
    response.end(content === undefined ? "" : JSON.stringify(content));
  }

  private fault(path: string): Answer | undefined {
    const found = this.faults.find((f) => f.times > 0 && f.path.test(path));
    if (found) found.times--;
    return found && { status: found.status, headers: found.headers };
  }

  private async answer(request: IncomingMessage, url: URL, body: string): Promise<Answer> {
    const { method, headers } = request;
    if (url.pathname === "/keys") return { status: 200, content: await this.publicKeys() };
    if (url.pathname === "/token") return this.token(new URLSearchParams(body));
    const may = (scope: string) => this.may(headers.authorization, scope);
    const accepts = (type: string) => headers.accept === type;
    if (url.pathname === "/members") {
      if (!may(SCOPES.members)) return { status: 401 };
      return accepts(TYPES.members) ? this.memberPage(url) : { status: 406 };
    }
    if (url.pathname === "/lineitems") {
      if (!may(SCOPES.lineItem)) return { status: 401 };
      return method === "POST"
        ? this.makeLineItem(headers["content-type"], body)
        : this.findLineItems(url, accepts(TYPES.lineItems));
    }
    if (/^\/lineitems\/\d+\/lineitem\/scores$/.test(url.pathname) && method === "POST") {
      if (url.searchParams.get("type_id") !== "3" || !may(SCOPES.score)) return { status: 401 };
      return this.takeScore(url, headers["content-type"], body);
    }
    return { status: 404 };
  }

  private async publicKeys(): Promise<{ keys: JWK[] }> {
    const key = await exportJWK((await this.keyPair).publicKey);
    return { keys: [{ ...key, kid: "platform", alg: "RS256", use: "sig" }] };
  }

  /** Security Framework 1.0, 4.1.1: client credentials with a signed assertion, used once. */
  private async token(form: URLSearchParams): Promise<Answer> {
    const keys = createLocalJWKSet(this.toolKeys() as { keys: JWK[] });
    try {
      const { payload } = await jwtVerify(form.get("client_assertion") ?? "", keys, {
        issuer: CLIENT,
        subject: CLIENT,
        audience: `${this.url}/token`,
        requiredClaims: ["exp", "iat", "jti"],
      });
      const isWhole =
        form.get("grant_type") === "client_credentials" &&
        form.get("client_assertion_type") ===
          "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
      if (!isWhole || this.nonces.has(payload.jti!)) throw new Error("incomplete or used before");
      this.nonces.add(payload.jti!);
    } catch (e) {
      const error_description = (e as Error).message;
      return { status: 400, content: { error: "invalid_client", error_description } };
    }
    const access_token = `token-${this.tokens.size}`;
    const scopes = (form.get("scope") ?? "").split(" ");
    this.tokens.set(access_token, scopes);
    const granted = {
      access_token,
      token_type: "Bearer",
      expires_in: 3600,
      scope: scopes.join(" "),
    };
    return { status: 200, content: granted };
  }

  private may(header: string | undefined, scope: string): boolean {
    const token = header?.replace(/^Bearer /, "") ?? "";
    const isAllowed = this.tokens.get(token)?.includes(scope) === true;
    if (this.isForgetful) this.tokens.set(token, []);
    return isAllowed;
  }

  private memberPage(url: URL): Answer {
    const from = Number(url.searchParams.get("from") ?? 0);
    const next = `<${this.url}/members?from=${from + PAGE}>; rel="next"`;
    const isLast = from + PAGE >= this.members.length;
    const content = {
      id: url.href,
      context: { id: this.context },
      members: this.members.slice(from, from + PAGE),
    };
    return { status: 200, type: TYPES.members, headers: isLast ? {} : { link: next }, content };
  }

  private findLineItems(url: URL, isAccepted: boolean): Answer {
    if (!isAccepted || url.searchParams.get("type_id") !== "3") return { status: 400 };
    const wanted = url.searchParams.get("resource_id");
    const all = this.lineItems.filter((i) => wanted === null || i.resourceId === wanted);
    const from = Number(url.searchParams.get("from") ?? 0);
    const content = all.slice(from, from + PAGE);
    if (from + PAGE >= all.length) return { status: 200, type: TYPES.lineItems, content };
    // as Moodle writes it (gradebookservices/…/lineitems.php), in UTF-8
    const at = `${this.url}/lineitems?resource_id=${wanted}&amp;type_id=3&amp;from=${from + PAGE}`;
    const link = Buffer.from(`<${at}>; rel=“next”, <${at}>; rel=“last”`).toString("latin1");
    return { status: 200, type: TYPES.lineItems, headers: { link }, content };
  }

  private makeLineItem(type: string | undefined, body: string): Answer {
    const given = JSON.parse(body) as LineItem;
    const isWhole = type === TYPES.lineItem && given.label && given.scoreMaximum > 0;
    if (!isWhole) return { status: 400 };
    const id = `${this.url}/lineitems/${this.lineItems.length + 1}/lineitem?type_id=3`;
    const made = { ...given, id };
    this.lineItems.push(made);
    if (this.lost-- > 0) return { status: 0 };
    return { status: 201, type: TYPES.lineItem, content: made };
  }

  /** Moodle refuses a score of the same second as the last, Canvas an earlier one. */
  private takeScore(url: URL, type: string | undefined, body: string): Answer {
    const score = JSON.parse(body) as Score;
    const isKnown = this.members.some((m) => m.user_id === score.userId);
    const isWhole =
      type === TYPES.score &&
      isKnown &&
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/.test(score.timestamp) &&
      (score.scoreGiven === undefined || (score.scoreMaximum ?? 0) > 0);
    if (!isWhole) return { status: 400, content: { error: "Incorrect score received" } };
    const second = (s: Score) => Math.floor(Date.parse(s.timestamp) / 1000);
    const last = this.scores.findLast(
      (s) => s.userId === score.userId && s.lineItem === url.pathname,
    );
    if (last && second(last) >= second(score)) return { status: 409 };
    this.scores.push({ ...score, lineItem: url.pathname });
    return { status: 200, content: { resultUrl: `${this.url}/results/1` } };
  }
}
