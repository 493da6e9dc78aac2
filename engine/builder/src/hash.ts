import { createHash } from "node:crypto";

/** The first 16 hex digits of the sha256 of a text: what a notebook records of a cell's source. */
export const hashOf = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 16);
