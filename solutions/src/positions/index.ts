export * from "./sinusoidalPositions";
export * from "./learnedPositions";
export * from "./applyRope";
export * from "./ropeAngles";
export * from "./alibiSlopes";
export * from "./alibiBias";
export * from "./relativeBuckets";
