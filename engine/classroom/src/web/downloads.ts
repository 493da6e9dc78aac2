/** Tables for the platforms' import, and the archives that students read. */
import type { FastifyReply } from "fastify";
import { TABLES } from "../export.js";
import { feedbackArchives } from "../feedback.js";
import type { Lesson } from "../lessons.js";
import type { Platform } from "../types.js";
import { allBooks } from "./books.js";
import { lessonOf, may, notHere, params, type Web } from "./rules.js";

const attach = (reply: FastifyReply, name: string) =>
  reply.header("content-disposition", `attachment; filename="${name}"`);

export function downloads({ app, of, books }: Web): void {
  const table = async (reply: FastifyReply, to: string, lessons: Lesson[], what: string) => {
    if (!Object.hasOwn(TABLES, to)) throw notHere();
    const text = TABLES[to as keyof typeof TABLES](of, await allBooks(of, books, lessons));
    void attach(reply, `grades-${to}${what}.csv`);
    return reply.type("text/csv; charset=utf-8").send(text);
  };
  app.get("/export/:to", may("instructor"), async (request, reply) =>
    table(reply, params(request).to!, of.lessons, ""),
  );
  app.get("/lessons/:lesson/export/:to", may("instructor"), async (request, reply) => {
    const lesson = lessonOf(of, request);
    return table(reply, params(request).to!, [lesson], `-${lesson.id}`);
  });
  app.get("/lessons/:lesson/feedback/:platform", may("instructor"), async (request, reply) => {
    const lesson = lessonOf(of, request);
    const platform = params(request).platform as Platform;
    const archive = (await feedbackArchives(of, lesson)).get(platform);
    if (!archive) throw notHere();
    void attach(reply, `feedback-${lesson.id}-${platform}.zip`);
    return reply.type("application/zip").send(Buffer.from(archive));
  });
}
