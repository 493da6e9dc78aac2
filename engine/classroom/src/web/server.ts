/** The server: nothing is answered by a route that doesn't say who may see it. */
import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { markup } from "grader/reports";
import type { Class } from "../class.js";
import { ClassError } from "../settings.js";
import { readStudents } from "../sql/read.js";
import { decides, inSections, runsClass, seesNames, type StaffRights } from "../staff/rights.js";
import { readStaff } from "../staff/staff.js";
import { same, type Session } from "./access.js";
import { limitOptions, trustedBy } from "./limits.js";
import { page } from "./pages.js";
import { routes } from "./routes.js";
import { COOKIE, notFound, Refusal, type Rights, type WebOptions } from "./context.js";

declare module "fastify" {
  interface FastifyContextConfig {
    rights?: Rights;
    /** Whether forms of other sites may be sent here; nothing may depend on a session then. */
    isFromOtherSite?: boolean;
  }
  interface FastifyRequest {
    session?: Session;
  }
  interface FastifyInstance {
    /** All routes, so that a test attacks each of them. */
    allRoutes: { method: string; url: string; rights: Rights }[];
  }
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const HEADERS = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** What a member of staff needs for a route. */
const STAFF: { [rights in Rights]?: (user: StaffRights) => boolean } = {
  owner: ({ role }) => role === "owner",
  instructor: runsClass,
  section: decides,
  names: seesNames,
  own: seesNames,
  marker: () => true,
};

/** Whether the student whom an address names is in the sections of this user. */
async function seesStudent({ sql }: Class, user: StaffRights, id: string | undefined) {
  if (id === undefined || user.sections.length === 0) return true;
  const student = (await readStudents(sql)).find((s) => s.id === id);
  return student !== undefined && inSections(user, student);
}

/** @throws Refusal unless this session may use the route */
async function checkRights(request: FastifyRequest, rights: Rights, classroom: Class) {
  if (rights === "public") return;
  const { session } = request;
  if (!session) throw new Refusal(401, "Sign in first: open the link that you were given.");
  const { user } = session;
  const { student } = request.params as { student?: string };
  if (user.role === "student") {
    if (rights === "student") return;
    if ((rights === "own" || rights === "self") && user.id === student) return;
  } else if (STAFF[rights]?.(user) && (await seesStudent(classroom, user, student))) {
    return;
  }
  throw notFound(); // whether it exists is nobody else's business
}

/** A session with today's rights; undefined where they were taken away. */
async function current({ sql }: Class, session: Session | undefined): Promise<Session | undefined> {
  if (!session || session.user.role === "student" || !session.user.email) return session;
  const { email } = session.user;
  const member = (await readStaff(sql)).find((s) => s.email === email);
  return member && { ...session, user: member };
}

function checkOrigin(request: FastifyRequest, url: string): void {
  const { host, origin } = new URL(url);
  // a name that somebody else's DNS points here is not ours
  if (request.headers.host !== host) throw new Refusal(403, `This server is at ${url}.`);
  const from = request.headers.origin;
  if (!request.is404 && request.routeOptions.config.isFromOtherSite) return;
  if (request.method === "POST" && from !== undefined && from !== origin) {
    throw new Refusal(403, "This form came from another site.");
  }
}

function guard(app: FastifyInstance, options: WebOptions, classroom: Class): void {
  app.decorate("allRoutes", []);
  app.addHook("onRoute", ({ url, config, method }) => {
    if (!config?.rights) throw new Error(`route ${url} does not say who may see it`);
    for (const m of [method].flat()) {
      app.allRoutes.push({ method: m, url, rights: config.rights });
    }
  });
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(HEADERS);
    checkOrigin(request, options.url);
    request.session = await current(classroom, options.access.session(request.cookies[COOKIE]));
    if (!request.is404) await checkRights(request, request.routeOptions.config.rights!, classroom);
  });
  app.addHook("preHandler", async (request) => {
    if (request.method !== "POST" || request.is404 || !request.session) return;
    if (request.routeOptions.config.rights === "public") return;
    const { _csrf } = (request.body ?? {}) as { _csrf?: unknown };
    if (!same(_csrf, request.session.csrf)) {
      throw new Refusal(
        403,
        "This form is out of date: go back, reload the page and send it again.",
      );
    }
  });
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode, message } = error as { statusCode?: number; message: string };
  let status = statusCode ?? 500;
  if (error instanceof ClassError) status = 400;
  const known = error instanceof Refusal || error instanceof ClassError || status === 429;
  if (status >= 500) console.error(error);
  const sentence = known ? message : "The server could not do this.";
  const back = markup`<p><a href="/">Back</a></p>`;
  const body = markup`<h1>${sentence}</h1>${back}`;
  void reply
    .code(status)
    .type("text/html; charset=utf-8")
    .send(page("Error", body, request.session));
}

/** Ready to listen, or to be asked by a test. */
export async function server(classroom: Class, options: WebOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: 1 << 16,
    routerOptions: { maxParamLength: 200 },
    trustProxy: trustedBy(classroom.settings.web), // rates are limited by who asks, not by a proxy
  });
  await app.register(cookie);
  await app.register(formbody);
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) => sendError(notFound(), request, reply));
  guard(app, options, classroom);
  await app.register(rateLimit, limitOptions(classroom.settings.web));
  routes(app, classroom, options);
  await app.ready();
  return app;
}
