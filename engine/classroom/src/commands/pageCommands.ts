/** course class report, serve and token: the actions that draw pages. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Class, openClass } from "../class.js";
import { gradeOptions, warnIfOpen } from "./actions.js";
import { byWhom, type ClassOptions } from "./common.js";
import { wholeNumber } from "grader/files";
import { lessonNamed } from "../lessons.js";
import { protectFolder } from "../permissions.js";
import { addEvent } from "../records/events.js";
import { readReport } from "../report/report.js";
import { ClassError } from "../settings.js";
import { Access } from "../web/access.js";
import { webAssets } from "../web/assets.js";
import { provider } from "../web/oidc.js";
import { server } from "../web/server.js";
import { signInLink, tokenFor } from "../web/token.js";
import { reportBody, reportFile, reportScript, reportStyle } from "../report/reportPage.js";

export interface PageOptions extends ClassOptions {
  /** Folders of other classes, with commas. */
  with?: string;
  port?: string | number;
  host?: string;
}

const PORT = 8765;
const HOST = "127.0.0.1";

/** Writes a lesson's report, or those of all lessons, beside the gradebook. @returns exit code */
async function reportCommand(root: string, folder: string, options: PageOptions): Promise<number> {
  const classroom = await openClass(root, folder);
  try {
    const { lesson: word, out } = options;
    const others = options.with?.split(",").map((folder) => resolve(folder.trim())) ?? [];
    const lessons = word === undefined ? classroom.lessons : [lessonNamed(classroom.lessons, word)];
    for (const lesson of lessons) {
      const report = await readReport(classroom, lesson, others);
      const file =
        out !== undefined && lessons.length === 1
          ? out
          : join(classroom.folder, "reports", `${lesson.id}-class.html`);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, reportFile(report));
      console.log(`${file}: ${report.handedIn} hand-ins, ${report.pairs.length} similar pairs`);
    }
    return 0;
  } finally {
    await classroom.sql.close();
    protectFolder(classroom.folder);
  }
}

/** Where it listens, and the address under which browsers find it, which a proxy may change. */
function listenAddress({ port = PORT, host = HOST, url }: PageOptions) {
  const at = wholeNumber("port", port, 1, 65_535)!;
  const address = url ?? `http://${host.includes(":") ? `[${host}]` : host}:${at}`;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new ClassError(`--url: expected an address such as https://grades.x.edu, got ${address}`);
  }
  return { port: at, host, url: new URL(address).origin };
}

/** Makes a student's link to sign in, or everybody's. @returns exit code */
async function tokenCommand(
  root: string,
  [folder, ...who]: string[],
  options: PageOptions,
): Promise<number> {
  const { url } = listenAddress(options);
  const classroom = await openClass(root, folder!);
  try {
    console.log(await tokenFor(classroom, url, who.length > 0 ? who.join(" ") : undefined));
    const detail = who.length > 0 ? "a new link for one student" : "new links for everybody";
    await addEvent(classroom.sql, { action: "token", detail, by: byWhom(options) });
    return 0;
  } finally {
    await classroom.sql.close();
    protectFolder(classroom.folder);
  }
}

async function reportOf(classroom: Class, lesson: string) {
  const report = await readReport(classroom, lessonNamed(classroom.lessons, lesson));
  return { title: `${report.lesson.title}: report`, body: reportBody(report) };
}

/** Serves a class until somebody ends it. @returns exit code */
async function serveCommand(root: string, folder: string, options: PageOptions): Promise<number> {
  const { port, host, url } = listenAddress(options);
  const classroom = await openClass(root, folder);
  warnIfOpen(folder);
  try {
    const access = new Access(classroom.folder);
    const assets = webAssets({ style: reportStyle(), script: reportScript() });
    const report = (lesson: string) => reportOf(classroom, lesson);
    const grading = await gradeOptions(options);
    const { oidc } = classroom.settings;
    const school = oidc && provider(oidc, url, process.env);
    const app = await server(classroom, { url, access, assets, report, grading, provider: school });
    await listen(app, host, port);
    const link = signInLink(url, access.instructorToken(byWhom(options)));
    console.log(`Instructors sign in here, once:\n${link}`);
    console.log("Start again for another link. Ctrl+C ends the server.");
    await new Promise<void>((stop) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
    });
    await app.close();
    return 0;
  } finally {
    await classroom.sql.close();
    protectFolder(classroom.folder);
  }
}

async function listen(app: Awaited<ReturnType<typeof server>>, host: string, port: number) {
  try {
    await app.listen({ host, port });
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE") throw e;
    throw new ClassError(`port ${port} is in use: choose another one with --port`, { cause: e });
  }
}

/** The actions that draw pages. */
export function pageCommand(
  root: string,
  [action, ...args]: string[],
  options: PageOptions,
): Promise<number> {
  if (action === "report") return reportCommand(root, args[0]!, options);
  if (action === "serve") return serveCommand(root, args[0]!, options);
  return tokenCommand(root, args, options);
}
