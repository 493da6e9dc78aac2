/** A form that is rejected comes back with the sentence that says why, and with what was typed. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { ClassError } from "../settings.js";
import { field, fields, type Rejected } from "./context.js";

type Show = (request: FastifyRequest, reply: FastifyReply, rejected?: Rejected) => Promise<unknown>;
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Text that no form repeats: it belongs to the session. */
const SECRET_FIELDS = new Set(["_csrf"]);

const namesIn = (request: FastifyRequest) =>
  Object.keys((request.body ?? {}) as object).filter((name) => !SECRET_FIELDS.has(name));

const rejectionOf = (request: FastifyRequest, message: string): Rejected => ({
  at: request.url.split("?")[0]!,
  message,
  values: new Map(namesIn(request).map((name) => [name, field(request, name)])),
  all: new Map(namesIn(request).map((name) => [name, fields(request, name)])),
});

/**
 * Shows a page, and shows it again where one of its forms is rejected.
 * @param show draws the page
 */
export const withInput = (show: Show) => ({
  page: ((request, reply) => show(request, reply)) as Handler,
  form:
    (handle: Handler): Handler =>
    async (request, reply) => {
      try {
        return await handle(request, reply);
      } catch (e) {
        if (!(e instanceof ClassError)) throw e;
        void reply.code(400);
        return show(request, reply, rejectionOf(request, e.message));
      }
    },
});
