/**
 * Reads files of the course's data folder and makes sure that they are the ones that were
 * published.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/**
 * @param name a gzip file under data/
 * @param sha256 of what is inside
 * @throws when the file is missing, damaged or another one
 */
export function readDataFile(name: string, sha256: string): string {
  const path = join(__dirname, "..", "..", "..", "data", name); // the same from src and from dist
  let bytes: Buffer;
  try {
    bytes = gunzipSync(readFileSync(path));
  } catch (e) {
    throw new Error(
      `data/${name} cannot be read (${(e as Error).message}); fetch it again with: ` +
        `git checkout data/${name}`,
      { cause: e },
    );
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== sha256) {
    throw new Error(
      `data/${name} is not the published file: expected sha256 ${sha256}, got ${found}; ` +
        `fetch it again with: git checkout data/${name}`,
    );
  }
  return bytes.toString("utf8");
}
