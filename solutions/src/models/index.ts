export * from "./types";
export * from "./encoderBlock";
