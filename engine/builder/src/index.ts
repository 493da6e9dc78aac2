/**
 * Reads lessons and makes notebooks. Solved notebooks, slides, the site, nbgrader and private lessons
 * have doors of their own; README.md lists them.
 */
export { hashOf } from "./hash.js";
export { build, entryOf, type BuildReport } from "./lesson/build.js";
export * from "./lesson/helpersPage.js";
export * from "./lesson/textPages.js";
export { chooseLessons, lessonIds, readLessons, tryLessons } from "./lesson/lessons.js";
export type * from "./lesson/model.js";
export { answeredNotebook, solvedNotebook, studentNotebook } from "./lesson/notebook.js";
export * from "./lesson/overviewPage.js";
export * from "./plural.js";
