/** What tests and other tools use of the builder. */
export { build, entryOf, type BuildReport } from "./build/build.js";
export { chooseLessons, lessonIds, readLessons } from "./build/lessons.js";
export type * from "./build/model.js";
export { hashOf, solvedNotebook, studentNotebook } from "./build/notebook.js";
