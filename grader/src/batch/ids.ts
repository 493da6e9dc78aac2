/** Names of reports: unique in a class, and short enough for every file system. */
import { createHash } from "node:crypto";

/** Bytes, of the 255 that a name may have: reports add endings, and numbers to equal ids. */
const MAX_ID_BYTES = 120;
const HASH_DIGITS = 10;

/** The longest beginning of at most so many bytes, whole characters only. */
function cut(text: string, bytes: number): string {
  let short = "";
  let length = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    short += character;
  }
  return short;
}

/** The file's name with everything but letters, digits, dots and dashes replaced. */
export function plainId(file: string): string {
  const plain = file
    .normalize("NFC")
    .replace(/\.ipynb$/i, "")
    .replace(/[^\p{L}\p{N}\p{M}._-]+/gu, "-")
    .replace(/^[.-]+/, "");
  if (plain === "") return "submission";
  if (Buffer.byteLength(plain) <= MAX_ID_BYTES) return plain;
  const hash = createHash("sha256").update(file).digest("hex").slice(0, HASH_DIGITS);
  return `${cut(plain, MAX_ID_BYTES - HASH_DIGITS - 1)}-${hash}`;
}

/** Whether two ids would be one file on a system that ignores case. */
export const foldId = (id: string): string => id.normalize("NFC").toLowerCase();

/** An id that is not taken, which it then is. */
export function newId(file: string, taken: Set<string>): string {
  const plain = plainId(file);
  let id = plain;
  for (let n = 2; taken.has(foldId(id)); n++) id = `${plain}-${n}`;
  taken.add(foldId(id));
  return id;
}
