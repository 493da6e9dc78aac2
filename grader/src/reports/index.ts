/** What a person or a platform reads of a result: HTML, CSV, JSON, JUnit, Gradescope. */
export * from "./gradescope";
export * from "./html";
export * from "./markup";
export * from "./write";
