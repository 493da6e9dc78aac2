/** Devices, for whoever installs or measures them: see device.ts. */
export * from "./device";
export * from "./native";
export * from "./pip";
export * from "./tensorflow";
