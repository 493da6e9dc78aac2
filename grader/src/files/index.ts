/** A course's folders and files: where they are, reading them, and writing them whole. */
export * from "./atomicWrite";
export * from "./commandLine";
export * from "./disk";
export * from "./manifest";
export * from "./paths";
export * from "./port";
export * from "./source";
