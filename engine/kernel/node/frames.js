/** Which frames of a stack are shown: those of Node, of libraries and of the engine are not. */
import { sep } from "node:path";

const HIDDEN =
  /node_modules|node:|<anonymous>\)?$|[\\/]tools[\\/]kernel|[\\/](?:cells|kernels|grader)[\\/]dist/;

/** @param root the course's folder, which shown paths leave out */
export const shownFrames = (root) => (line) =>
  HIDDEN.test(line) ? undefined : line.replace(root + sep, "");
