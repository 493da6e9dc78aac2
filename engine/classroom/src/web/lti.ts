/**
 * The class as a tool of a learning platform (LTI 1.3, www.imsglobal.org/spec/lti/v1p3): launches
 * sign in, the platform reads the class's key here, and instructors send published grades.
 */
import type { FastifyRequest } from "fastify";
import * as openid from "openid-client";
import { markup, type Markup } from "grader/reports";
import type { Class } from "../class.js";
import { configurationOf } from "../lti/client.js";
import { publicKeys } from "../lti/key.js";
import type { Lti } from "../lti/settings.js";
import { addServices, putUser, readServices, readUsers, type Services } from "../lti/store.js";
import { sendGrades, type SentGrades } from "../lti/sync.js";
import { readStudents } from "../sql/read.js";
import { readStaff } from "../staff/staff.js";
import type { Student } from "../types.js";
import { wholeClass, type StaffUser, type User } from "./access.js";
import {
  enter,
  field,
  HTML,
  lessonOf,
  limited,
  may,
  nameOf,
  Refusal,
  type WebContext,
} from "./context.js";
import { flows, FLOW_SECONDS, STALE } from "./oidc.js";
import { lessonPath, page } from "./pages.js";

const CLAIM = "https://purl.imsglobal.org/spec/lti/claim/";
const AGS_CLAIM = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
const NRPS_CLAIM = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
const MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership";

type Claims = { [name: string]: unknown } & { sub: string };

const part = (claims: Claims, name: string) => (claims[name] ?? {}) as { [key: string]: unknown };
const text = (value: unknown) => (typeof value === "string" ? value : "");

function servicesOf(claims: Claims): Services {
  const context = part(claims, `${CLAIM}context`);
  return {
    context: text(context.id),
    title: text(context.title) || text(context.label),
    lineItems: text(part(claims, AGS_CLAIM).lineitems),
    memberships: text(part(claims, NRPS_CLAIM).context_memberships_url),
  };
}

const rolesOf = (claims: Claims) => (claims[`${CLAIM}roles`] ?? []) as string[];
/** A teaching assistant has the instructor's role, too, in some platforms. */
const isAssistant = (roles: string[]) => roles.some((r) => r.endsWith("#TeachingAssistant"));
const isInstructor = (roles: string[]) =>
  roles.includes(`${MEMBERSHIP}#Instructor`) && !isAssistant(roles);
const isLearner = (roles: string[]) => roles.includes(`${MEMBERSHIP}#Learner`);

/** @throws Refusal unless the launch is one that the class takes */
function checkLaunch(claims: Claims, { deploymentId }: Lti): void {
  const isLaunch =
    claims[`${CLAIM}message_type`] === "LtiResourceLinkRequest" &&
    claims[`${CLAIM}version`] === "1.3.0";
  if (!isLaunch) throw new Refusal(400, "The platform sent something else than a launch.");
  if (deploymentId !== undefined && claims[`${CLAIM}deployment_id`] !== deploymentId) {
    throw new Refusal(403, "This deployment of the platform is not the one in class.yaml.");
  }
}

/** The school's number; a platform may leave it out or send null. */
const numberOf = (claims: Claims) =>
  text(part(claims, `${CLAIM}lis`).person_sourcedid).toLowerCase();

/** Who of the roster it is: by the platform's id, else by number, else by address. */
async function studentOf({ sql }: Class, claims: Claims): Promise<Student | undefined> {
  const students = (await readStudents(sql)).filter((s) => s.active);
  const known = (await readUsers(sql)).get(claims.sub);
  const number = numberOf(claims);
  const email = text(claims.email).toLowerCase();
  const byNumber = students.filter((s) => number !== "" && s.number.toLowerCase() === number);
  const byEmail = students.filter((s) => email !== "" && s.email.toLowerCase() === email);
  const isUnclear = byNumber.length === 0 && number !== "" && byEmail.some((s) => s.number !== "");
  const found = byNumber[0] ?? (isUnclear ? undefined : byEmail[0]);
  return students.find(({ id }) => id === known) ?? found;
}

/** A course that isn't connected waits for whoever runs the class: any course may have the tool. */
async function connect({ sql }: Class, claims: Claims, by: string): Promise<void> {
  const services = servicesOf(claims);
  const known = await readServices(sql);
  const isSame = known?.context === services.context;
  if (isSame && JSON.stringify(known) === JSON.stringify(services)) return;
  await addServices(sql, services, { isConnected: isSame, by });
  if (isSame) return;
  throw new Refusal(
    403,
    `“${services.title}” is not connected to this class yet. Whoever runs the class connects it by ` +
      `course class lti DIR connect ${services.context}, and then you open it again.`,
  );
}

/**
 * Who of the staff it is. The platform doesn't say whether it has verified an address, so nobody
 * gets more by it than their role there gives: instructors are no owners, assistants are graders.
 */
async function staffOf({ sql }: Class, claims: Claims): Promise<StaffUser | undefined> {
  const email = text(claims.email).toLowerCase();
  const listed = (await readStaff(sql)).find((s) => s.email === email);
  if (isAssistant(rolesOf(claims))) return listed?.role === "grader" ? listed : undefined;
  if (!isInstructor(rolesOf(claims))) return undefined;
  if (listed && listed.role !== "owner") return listed;
  const name = listed?.name ?? (text(claims.email) || text(claims.name) || claims.sub);
  return wholeClass("instructor", name);
}

/** Privacy settings of a platform may keep back all that says who somebody is. */
function unknownText(claims: Claims): string {
  const isNameless = text(claims.email) === "" && numberOf(claims) === "";
  return isNameless
    ? "The platform told this class neither your email address nor your number, so it can't know " +
        "you: ask your instructor to let the tool have them."
    : "You are not in this class: ask your instructor.";
}

/** @throws Refusal where it is nobody of this class */
async function whoIs(classroom: Class, claims: Claims): Promise<User> {
  const roles = rolesOf(claims);
  const { sql } = classroom;
  const staff = await staffOf(classroom, claims);
  if (staff && isInstructor(roles)) {
    await connect(classroom, claims, staff.name);
    return staff;
  }
  const services = await readServices(sql);
  if (services?.context !== servicesOf(claims).context) {
    throw new Refusal(403, "This course is not connected to the class: ask your instructor.");
  }
  if (staff) return staff;
  const student = isLearner(roles) ? await studentOf(classroom, claims) : undefined;
  if (!student) throw new Refusal(403, unknownText(claims));
  await putUser(sql, claims.sub, student.id);
  return { role: "student", id: student.id };
}

const FLOW_COOKIE = "course-launch";
const given = (request: FastifyRequest, name: string) =>
  field(request, name) || text((request.query as { [name: string]: unknown })[name]);

async function claimsOf(
  config: openid.Configuration,
  { state, nonce }: { state: string; nonce: string },
  request: FastifyRequest,
  url: string,
): Promise<Claims> {
  const form = new URLSearchParams(request.body as { [name: string]: string });
  const posted = new Request(`${url}/lti/launch`, { method: "POST", body: form });
  try {
    const claims = await openid.implicitAuthentication(config, posted, nonce, {
      expectedState: state,
    });
    return { ...claims };
  } catch (e) {
    const { message, cause } = e as Error;
    console.error(`Launch: ${message}${cause instanceof Error ? `: ${cause.message}` : ""}`);
    throw new Refusal(401, STALE);
  }
}

/** The platform posts here from its own pages, so forms of other sites are let in. */
const fromPlatform = { config: { ...limited.config, isFromOtherSite: true } };

function launching({ app, classroom, options }: WebContext, lti: Lti): void {
  const { access, url } = options;
  const config = configurationOf(lti);
  openid.useIdTokenResponseType(config);
  const begun = flows();
  const secure = url.startsWith("https:");
  // none: the browser comes back by a form of the platform's site; http is for trying alone
  const sameSite: "none" | "lax" = secure ? "none" : "lax";
  const cookie = { httpOnly: true, sameSite, path: "/lti", secure };
  app.get("/lti/keys", may("public"), async () => publicKeys(classroom.folder));
  app.route({
    method: ["GET", "POST"],
    url: "/lti/login",
    ...fromPlatform,
    handler: async (request, reply) => {
      if (given(request, "iss") !== lti.issuer) {
        throw new Refusal(403, "This platform is not the one in class.yaml.");
      }
      // all of Canvas's clouds have one name, so the tool's id tells them apart
      const client = given(request, "client_id");
      if (client !== "" && client !== lti.clientId) {
        throw new Refusal(
          403,
          `The platform knows this tool as ${client}, and class.yaml says another clientId.`,
        );
      }
      const [state, nonce] = [openid.randomState(), openid.randomNonce()];
      const target = new URL(lti.authorizationUrl);
      const hint = given(request, "lti_message_hint");
      const parameters = {
        scope: "openid",
        response_type: "id_token",
        response_mode: "form_post",
        prompt: "none",
        client_id: lti.clientId,
        redirect_uri: `${url}/lti/launch`,
        login_hint: given(request, "login_hint"),
        ...(hint === "" ? {} : { lti_message_hint: hint }),
        state,
        nonce,
      };
      for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
      const flow = begun.add({ verifier: "", state, nonce });
      void reply.setCookie(FLOW_COOKIE, flow, { ...cookie, maxAge: FLOW_SECONDS });
      return reply.redirect(target.href, 303);
    },
  });
  app.post("/lti/launch", fromPlatform, async (request, reply) => {
    void reply.clearCookie(FLOW_COOKIE, cookie);
    const flow = begun.take(request.cookies[FLOW_COOKIE]);
    const claims = await claimsOf(config, flow, request, url);
    checkLaunch(claims, lti);
    enter(reply, access.begin(await whoIs(classroom, claims)), secure);
    return reply.redirect("/", 303);
  });
}

const list = (head: string, names: string[]): Markup | string =>
  names.length === 0
    ? ""
    : markup`<h2>${head}</h2><ul>${names.map((n) => markup`<li>${n}</li>`)}</ul>`;

function sentPage(title: string, at: string, found: SentGrades): Markup {
  return markup`<h1>${title}: sent to the platform</h1>
<p>${found.sent} sent, ${found.unchanged} there already.</p>
${list("Not sent, since points may still change", found.unfinished)}
${list("Not known in the platform’s course: read the roster from there first", found.unknown)}
${list(
  "Refused by the platform",
  found.refused.map((r) => `${r.name}: ${r.reason}`),
)}
<p><a href="${at}">Back to the gradebook</a></p>`;
}

export function ltiRoutes(web: WebContext): void {
  const { app, classroom } = web;
  const { lti } = classroom.settings;
  if (!lti) return;
  launching(web, lti);
  app.post("/lessons/:lesson/send", may("instructor"), async (request, reply) => {
    const lesson = lessonOf(classroom, request);
    const found = await sendGrades(classroom, lesson, nameOf(request));
    const body = sentPage(lesson.title, lessonPath(lesson), found);
    return reply.type(HTML).send(page(lesson.title, body, request.session));
  });
}
