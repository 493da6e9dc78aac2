/** The commands `course class …`. */
export * from "./command.js";
export * from "./pageCommands.js";
