/** Figures as data, for pages that draw them without a notebook. */
export * from "./figure";
export * from "./html";
