/** The components of foundation models in the order of the lessons; each group's folder holds one function a file. */
export * from "./orientation";
export * from "./tokenization";
export * from "./vision";
export * from "./positions";
export * from "./blocks";
export * from "./attention";
export * from "./models";
export * from "./proteins";
export * from "./dna";
export * from "./limits";
export * from "./shapes";
