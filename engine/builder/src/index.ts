/** From lessons to notebooks. Slides, pages, site and solved notebooks have doors of their own. */
export { build, entryOf, type BuildReport } from "./lesson/build.js";
export * from "./lesson/helpers.js";
export { chooseLessons, lessonIds, readLessons, tryLessons } from "./lesson/lessons.js";
export type * from "./lesson/model.js";
export { answeredNotebook, hashOf, solvedNotebook, studentNotebook } from "./lesson/notebook.js";
export * from "./lesson/overview.js";
export * from "./plural.js";
