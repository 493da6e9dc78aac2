/** The addresses of signing in at a school's provider. */
import type { Class } from "../class.js";
import { readStudents } from "../sql/read.js";
import type { User } from "./access.js";
import { FLOW_SECONDS } from "./oidc.js";
import { enter, limited, Refusal, type WebContext } from "./context.js";

const FLOW = "course-sign-in";

/** @throws Refusal where it is nobody of this class */
async function whoIs(classroom: Class, address: string): Promise<User> {
  const instructors = classroom.settings.oidc?.instructors ?? [];
  if (instructors.includes(address)) return { role: "instructor", name: address };
  const students = (await readStudents(classroom.sql)).filter((s) => s.active);
  const found = students.filter((s) => s.email.toLowerCase() === address);
  if (found.length === 1) return { role: "student", id: found[0]!.id };
  throw new Refusal(403, `${address} is not in this class: ask your instructor to add it.`);
}

export function oidcRoutes({ app, classroom, options }: WebContext): void {
  const { provider, access, url } = options;
  if (!provider) return;
  const secure = url.startsWith("https:");
  // lax: the browser comes back from the provider's site
  const cookie = { httpOnly: true, sameSite: "lax" as const, path: "/oidc", secure };
  app.get("/oidc/sign-in", limited, async (_request, reply) => {
    const { url: target, flow } = await provider.begin();
    void reply.setCookie(FLOW, flow, { ...cookie, maxAge: FLOW_SECONDS });
    return reply.redirect(target, 303);
  });
  app.get("/oidc/callback", limited, async (request, reply) => {
    void reply.clearCookie(FLOW, cookie);
    const address = await provider.end(request.cookies[FLOW], new URL(request.url, url));
    enter(reply, access.begin(await whoIs(classroom, address)), secure);
    return reply.redirect("/", 303);
  });
}
