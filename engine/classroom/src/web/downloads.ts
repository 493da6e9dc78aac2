/** Tables for the platforms' import, and the archives that students read. */
import type { FastifyReply } from "fastify";
import { TABLES } from "../gradebook/export.js";
import { feedbackArchives } from "../gradebook/feedback.js";
import type { Lesson } from "../lessons.js";
import { totalTable } from "../total/classTotals.js";
import type { Platform } from "../types.js";
import { allGradebooks } from "./cache.js";
import { lessonOf, may, notFound, params, type WebContext } from "./context.js";

const attach = (reply: FastifyReply, name: string) =>
  reply.header("content-disposition", `attachment; filename="${name}"`);

export function downloads({ app, classroom, books }: WebContext): void {
  const table = async (reply: FastifyReply, to: string, lessons: Lesson[], what: string) => {
    if (!Object.hasOwn(TABLES, to)) throw notFound();
    const text = TABLES[to as keyof typeof TABLES](
      classroom,
      await allGradebooks(classroom, books, lessons),
    );
    void attach(reply, `grades-${to}${what}.csv`);
    return reply.type("text/csv; charset=utf-8").send(text);
  };
  app.get("/export/:to", may("instructor"), async (request, reply) => {
    const { to } = params(request);
    if (to !== "total") return table(reply, to!, classroom.lessons, "");
    void attach(reply, "grades-total.csv");
    const text = totalTable(classroom, await allGradebooks(classroom, books));
    return reply.type("text/csv; charset=utf-8").send(text);
  });
  app.get("/lessons/:lesson/export/:to", may("instructor"), async (request, reply) => {
    const lesson = lessonOf(classroom, request);
    return table(reply, params(request).to!, [lesson], `-${lesson.id}`);
  });
  app.get("/lessons/:lesson/feedback/:platform", may("instructor"), async (request, reply) => {
    const lesson = lessonOf(classroom, request);
    const platform = params(request).platform as Platform;
    const archive = (await feedbackArchives(classroom, lesson)).get(platform);
    if (!archive) throw notFound();
    void attach(reply, `feedback-${lesson.id}-${platform}.zip`);
    return reply.type("application/zip").send(Buffer.from(archive));
  });
}
