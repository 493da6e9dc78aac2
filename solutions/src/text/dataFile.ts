/** Reads files of the course's data folder and makes sure that they are the published ones. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/**
 * The text inside a gzip file.
 * @param name the file's name under data/
 * @param sha256 of the text
 * @throws when the file is missing, damaged or not the published one
 */
export function readDataFile(name: string, sha256: string): string {
  const advice = `fetch it again with: git checkout data/${name}`;
  const path = join(__dirname, "..", "..", "..", "data", name); // the same from src and from dist
  let bytes: Buffer;
  try {
    bytes = gunzipSync(readFileSync(path));
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new Error(`data/${name} cannot be read (${reason}); ${advice}`, { cause });
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    const difference = `expected sha256 ${sha256}, got ${found}`;
    throw new Error(`data/${name} is not the published file: ${difference}; ${advice}`);
  }
  return bytes.toString("utf8");
}
