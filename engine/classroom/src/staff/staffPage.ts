/** The page on which owners say who runs the class. */
import { markup, type Markup } from "grader/reports";
import { describeRights, ROLES } from "./rights.js";
import { readStaff, changeStaff, type StaffMember } from "./staff.js";
import type { Session } from "../web/access.js";
import { field, HTML, may, nameOf, type Rejected, type WebContext } from "../web/context.js";
import { hidden, kept, page, rejection, wide } from "../web/pages.js";
import { withInput } from "../web/rejected.js";

const AT = "/staff";

function staffForm(session: Session, rejected: Rejected | undefined): Markup {
  const value = (name: string) => kept(rejected, AT, name);
  const roles = [...ROLES, "none"].map((role) =>
    value("role") === role
      ? markup`<option selected>${role}</option>`
      : markup`<option>${role}</option>`,
  );
  const names = value("names") === "yes" ? "checked" : "";
  return markup`<form method="post" action="${AT}"><fieldset><legend>Add somebody, or change what
they may do</legend>${hidden(session)}${rejection(rejected, AT)}
<label>Email address <input name="email" type="email" required value="${value("email")}"></label>
<label>Name, under which decisions are recorded <input name="name" value="${value("name")}"></label>
<label>Role; none takes it away <select name="role">${roles}</select></label>
<label>Sections, separated by commas; empty means the whole class <input name="sections"
value="${value("sections")}"></label>
<label><input type="checkbox" name="names" value="yes" ${names}> A grader sees names</label>
<button>Save</button></fieldset></form>`;
}

export function staffPage(staff: StaffMember[], session: Session, rejected?: Rejected): Markup {
  const rows = staff.map(
    (member) => markup`<tr><th scope="row">${member.name}</th><td>${member.email}</td>
<td>${describeRights(member)}</td><td>${member.by}</td></tr>`,
  );
  const table =
    staff.length > 0
      ? wide(["name", "email", "may", "added by"], rows)
      : markup`<p>Nobody yet, beside whoever starts the server.</p>`;
  return markup`<h1>Staff</h1><p>They sign in at the school’s sign-in, or by a link that
<code>course class token</code> makes for their address.</p>${table}${staffForm(session, rejected)}`;
}

export function staffRoutes({ app, classroom }: WebContext): void {
  const show = withInput(async (request, reply, rejected) => {
    const body = staffPage(await readStaff(classroom.sql), request.session!, rejected);
    return reply.type(HTML).send(page("Staff", body, request.session));
  });
  app.get(AT, may("owner"), show.page);
  app.post(
    AT,
    may("owner"),
    show.form(async (request, reply) => {
      const given = (name: string) => field(request, name);
      await changeStaff(classroom, {
        email: given("email"),
        name: given("name"),
        role: given("role"),
        sections: given("sections"),
        seesNames: given("names") === "yes",
        by: nameOf(request),
      });
      return reply.redirect(AT, 303);
    }),
  );
}
