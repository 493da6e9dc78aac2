export * from "./types";
export * from "./checks";
export * from "./crossProduct";
export * from "./framesFromBackbone";
export * from "./applyFrames";
export * from "./invertFrames";
export * from "./composeFrames";
