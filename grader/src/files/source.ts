/**
 * Source text as an editor, a ZIP or a clone on Windows may leave it: whatever the course reads as
 * text (lessons, solutions, notebooks' cells) passes here, so that the same text has the same hash
 * and takes the same edits everywhere.
 */
import { readFileSync } from "node:fs";

/** The text without a byte order mark, each line ending in \n. */
export const normalizeText = (text: string): string =>
  text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");

/** The text of a UTF-8 file, normalized. */
export const readSource = (file: string): string => normalizeText(readFileSync(file, "utf8"));
