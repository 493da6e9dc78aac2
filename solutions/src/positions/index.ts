export * from "./applyRope";
export * from "./ropeAngles";
