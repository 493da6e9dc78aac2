export * from "./oneHot";
export * from "./pairwiseDistances";
export * from "./softmax";
export * from "./toRows";
