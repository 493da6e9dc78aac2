/** Types and small functions that the server and its routes share. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Markup } from "grader/reports";
import type { Class } from "../class.js";
import type { GradeClassOptions } from "../gradebook/grade.js";
import type { Lesson } from "../lessons.js";
import type { StaffRights } from "../staff/rights.js";
import type { Access } from "./access.js";
import type { CachedGradebooks } from "./cache.js";

/**
 * public: anybody; owner: owners; instructor: who decides about the class as a whole; section: who
 * decides about students, of their sections; names: staff who see names; marker: all staff; own:
 * who sees names, or the student whom the address names; self: that student alone; student: any
 * student, about themselves.
 */
export type Rights =
  "public" | "owner" | "instructor" | "section" | "names" | "marker" | "own" | "self" | "student";

/** A form that was rejected: where it was sent, why, and what was typed. */
export interface Rejected {
  at: string;
  message: string;
  values: Map<string, string>;
  /** Fields that come more than once, such as boxes. */
  all: Map<string, string[]>;
}

/** A school's own sign-in. */
export interface Provider {
  /** Where the browser goes, and the cookie that it brings back. */
  begin(): Promise<{ url: string; flow: string }>;
  /** @returns the verified address, in small letters @throws Refusal */
  end(flow: string | undefined, current: URL): Promise<string>;
}

export interface WebOptions {
  /** The address under which browsers find it: "http://127.0.0.1:8765". */
  url: string;
  access: Access;
  /** Files below /assets/ by name; nothing else is served from a disk. */
  assets: Map<string, { type: string; text: string }>;
  /** What stands in a lesson's report page. */
  report(lesson: string): Promise<{ title: string; body: Markup }>;
  /** What grades when somebody grades again. */
  grading?: GradeClassOptions;
  /** A school's own sign-in, beside the links. */
  provider?: Provider;
}

/** What a route needs. */
export interface WebContext {
  app: FastifyInstance;
  classroom: Class;
  books: CachedGradebooks;
  options: WebOptions;
}

export const COOKIE = "course-session";

/** An error that the user reads, with its HTTP status. */
export class Refusal extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
  }
}

export const notFound = () => new Refusal(404, "There is no such page.");

export const HTML = "text/html; charset=utf-8";
export const may = (rights: Rights) => ({ config: { rights } });
/** For addresses that try who somebody is. A class of 800 behind one address signs in at once. */
export const limited = {
  config: { rights: "public" as const, rateLimit: { max: 3000, timeWindow: 60_000 } },
};
/** Sets the session's cookie. */
export const enter = (reply: FastifyReply, session: string, secure: boolean) =>
  reply.setCookie(COOKIE, session, { httpOnly: true, sameSite: "lax", path: "/", secure });
export const params = ({ params }: FastifyRequest) => params as { [name: string]: string };

/** Fields of a form; one that comes twice or isn't text is as good as missing. */
export function field(request: FastifyRequest, name: string): string {
  const value = ((request.body ?? {}) as { [name: string]: unknown })[name];
  return typeof value === "string" ? value : "";
}

/** All values of a field, such as boxes that are checked. */
export function fields(request: FastifyRequest, name: string): string[] {
  const value = ((request.body ?? {}) as { [name: string]: unknown })[name];
  return [value].flat().filter((v) => typeof v === "string");
}

export function lessonOf(classroom: Class, request: FastifyRequest): Lesson {
  const found = classroom.lessons.find(({ id }) => id === params(request).lesson);
  if (!found) throw notFound();
  return found;
}

/** Who of the staff asks. @throws Refusal where it is a student */
export function staffOf({ session }: FastifyRequest): StaffRights {
  if (!session || session.user.role === "student") throw notFound();
  return session.user;
}

/** Under whose name a decision is recorded. */
export const nameOf = (request: FastifyRequest): string => staffOf(request).name;
