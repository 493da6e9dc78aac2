/** Chooses, loads and measures devices: the backends of tfjs that this machine can use. */
export * from "./device";
export * from "./native";
export * from "./pip";
export * from "./tensorflow";
