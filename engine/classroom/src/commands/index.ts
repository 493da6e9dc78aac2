/** The commands `course class …`. */
export * from "./actions.js";
export type { ClassOptions } from "./common.js";
export * from "./pageCommands.js";
