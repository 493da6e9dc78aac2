/** The commands `course class …`. */
export * from "./actions.js";
export * from "./pageCommands.js";
