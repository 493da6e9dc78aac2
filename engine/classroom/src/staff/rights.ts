/**
 * What somebody of the staff may do: owners change everything and everybody's rights, instructors
 * decide about students, graders mark answers and see names only if they may. Instructors and
 * graders may have sections, outside of which they see and change nothing.
 */

export const ROLES = ["owner", "instructor", "grader"] as const;
export type Role = (typeof ROLES)[number];

/** What somebody may do. */
export interface StaffRights {
  role: Role;
  /** Under which decisions are recorded. */
  name: string;
  /** Empty means the whole class. */
  sections: string[];
  /** Whether a grader sees whose answers they mark. */
  seesNames: boolean;
}

export const seesNames = ({ role, seesNames }: StaffRights) => role !== "grader" || seesNames;
/** Decides about students: points, deadlines, excusals. */
export const decides = ({ role }: StaffRights) => role !== "grader";
/** Decides about the class as a whole: publishing, regrading, exports. */
export const runsClass = (rights: StaffRights) =>
  decides(rights) && (rights.role === "owner" || rights.sections.length === 0);
export const inSections = (rights: StaffRights, { section }: { section: string }) =>
  rights.role === "owner" || rights.sections.length === 0 || rights.sections.includes(section);

/** "grader, sections A and B, sees no names" */
export function describeRights(rights: StaffRights): string {
  const { role, sections } = rights;
  const where = sections.length === 0 ? "the whole class" : `sections ${sections.join(", ")}`;
  const names = role === "grader" ? [seesNames(rights) ? "sees names" : "sees no names"] : [];
  return [role, where, ...names].join("; ");
}
