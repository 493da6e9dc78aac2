/**
 * A class: roster, hand-ins, gradebook.
 *
 * ```ts
 * const math = await openClass(courseRoot(), "classes/spring"); // reads class.yaml
 * const lesson = lessonNamed(math.lessons, "06");
 * const rows = await gradebook(math, lesson); // what counts, and every number that leads to it
 * await math.sql.close();
 * ```
 * What is stored: readStudents, readHandIns, readGrades (those that hold), readHistory, readMarks,
 * readOverrides, readExtensions, readPublications, each on `sql`. What is added: addMark, addOverride,
 * addExtension, addPublication. `accommodate` and `excuse` decide as the commands do, `totalsIn`
 * computes totals from gradebooks, `changeStaff` says who may do what. `publish` shows students a
 * lesson's grades as they are now.
 * The notebook of a hand-in is at `storedFile(class, handIn)`.
 */
export * from "./class.js";
export * from "./gradebook/late.js";
export * from "./lessons.js";
export * from "./sql/read.js";
export * from "./gradebook/rows.js";
export { ClassError, type LateRule, type Settings } from "./settings.js";
export { DatabaseError, type Sql } from "./sql/sql.js";
export * from "./time.js";
export * from "./types.js";
export { accommodate, excuse } from "./gradebook/decide.js";
export { publish } from "./gradebook/published.js";
export { readRequests, type ReviewRequest } from "./requests/requests.js";
export { changeStaff, readStaff, type StaffMember } from "./staff/staff.js";
export { totalsIn } from "./total/classTotals.js";
export { totalLines, type Total } from "./total/total.js";
export { addExtension, addMark, addOverride, addPublication, now } from "./sql/write.js";
