export * from "./types";
export * from "./rewardLoss";
export * from "./dpoLoss";
export * from "./passAtK";
export * from "./groupAdvantages";
export * from "./clippedObjective";
export * from "./klEstimate";
export * from "./verifySum";
