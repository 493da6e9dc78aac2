/** The components of foundation models in the order of the lessons; each group's folder holds one function a file. */
export * from "./blocks";
export * from "./shapes";
