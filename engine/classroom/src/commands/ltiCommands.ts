/**
 * course class lti: what to register at a platform, connecting a course, its roster, its grades.
 */
import { ClassError } from "../given.js";
import { lessonNamed, type Lesson } from "../lessons.js";
import { publicKeys } from "../lti/key.js";
import { addServices, readServices, readWaiting } from "../lti/store.js";
import { readPlatformRoster, sendGrades, type SentGrades } from "../lti/sync.js";
import { readPublications } from "../sql/read.js";
import { byWhom, type ActionContext } from "./common.js";
import { count, rosterChange } from "./messages.js";

const DEFAULT_URL = "http://127.0.0.1:8765";

async function status({ classroom, options }: ActionContext): Promise<void> {
  const url = options.url ?? DEFAULT_URL;
  publicKeys(classroom.folder); // made now, so that it is there when the platform asks
  const { lti } = classroom.settings;
  const services = await readServices(classroom.sql);
  const waiting = (await readWaiting(classroom.sql)).filter((w) => w.context !== services?.context);
  console.log(
    [
      "Register the class at the platform as an external tool with LTI 1.3:",
      `  target link and redirect address  ${url}/lti/launch`,
      `  initiation of sign-in             ${url}/lti/login`,
      `  public keys                       ${url}/lti/keys`,
      lti ? `Platform: ${lti.issuer}` : "Write what it shows then to class.yaml, as lti.",
      services ? `Connected: ${services.title} (${services.context})` : "No course is connected.",
      ...waiting.map((w) => `Waiting: ${w.title}, opened by ${w.by}: connect ${w.context}`),
    ].join("\n"),
  );
}

async function connect({ classroom, args, options }: ActionContext): Promise<void> {
  const waiting = await readWaiting(classroom.sql);
  const found = waiting.find(({ context }) => context === args[1]);
  if (!found) {
    const known = waiting.map(({ context }) => context).join(", ") || "none yet";
    throw new ClassError(
      `connect needs the platform's id of a course whose instructor has opened the class: ${known}`,
    );
  }
  await addServices(classroom.sql, found, { isConnected: true, by: byWhom(options) });
  console.log(`${found.title} is connected. Its instructors and learners sign in from there.`);
}

async function roster({ classroom, options }: ActionContext): Promise<void> {
  console.log(rosterChange(await readPlatformRoster(classroom, byWhom(options))));
}

export function sentLines({ id }: Lesson, found: SentGrades): string[] {
  const { sent, unchanged, unfinished, unknown, refused } = found;
  const list = (head: string, names: string[]) =>
    names.length === 0 ? [] : [`  ${head}: ${names.join(", ")}`];
  return [
    `${id}: ${count(sent, "grade")} sent, ${unchanged} there already.`,
    ...list("not sent, since points may still change", unfinished),
    ...list("not known in the platform's course (read the roster from it)", unknown),
    ...refused.map(({ name, reason }) => `  refused by the platform: ${name} ${reason}`),
  ];
}

/** @returns the exit code: 1 where the platform refused a grade */
async function grades({ classroom, options }: ActionContext): Promise<number> {
  const published = await readPublications(classroom.sql);
  const lessons =
    options.lesson === undefined
      ? classroom.lessons.filter(({ id }) => published.get(id)?.published)
      : [lessonNamed(classroom.lessons, options.lesson)];
  if (lessons.length === 0) throw new ClassError("no lesson's grades are published");
  let code = 0;
  for (const lesson of lessons) {
    const found = await sendGrades(classroom, lesson, byWhom(options));
    console.log(sentLines(lesson, found).join("\n"));
    if (found.refused.length > 0) code = 1;
  }
  return code;
}

const WORDS: { [word: string]: (context: ActionContext) => Promise<unknown> } = {
  "": status,
  connect,
  roster,
  grades,
};

export async function lti(context: ActionContext): Promise<unknown> {
  const run = WORDS[context.args[0] ?? ""];
  if (run) return run(context);
  const [word] = context.args;
  throw new ClassError(
    `course class lti: expected connect, roster, grades or nothing, got ${word}`,
  );
}
