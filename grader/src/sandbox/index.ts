/** The isolated child in which student code runs: how it is started, limited and spoken to. */
export * from "../exercise/frames";
export * from "./sandbox";
