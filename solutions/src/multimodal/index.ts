export * from "./types";
export * from "./checks";
export * from "./vitForward";
export * from "./clipLoss";
export * from "./sigmoidLoss";
export * from "./zeroShot";
export * from "./recallAtK";
export * from "./attentionRollout";
