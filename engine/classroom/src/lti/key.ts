/** The class's key, by which a platform knows it; lti-key.json in the class's folder holds it. */
import { generateKeyPairSync, randomBytes, type webcrypto } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ClassError } from "../given.js";

interface StoredKey {
  kid: string;
  privateKey: webcrypto.JsonWebKey;
}

export const KEY_FILE = "lti-key.json";
const KEY_BITS = 2048;

/** Makes the key when it is asked for first, unless another process has just done so. */
export function readKey(folder: string): StoredKey {
  const file = join(folder, KEY_FILE);
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: KEY_BITS });
    const key: StoredKey = {
      kid: randomBytes(8).toString("hex"),
      privateKey: privateKey.export({ format: "jwk" }),
    };
    try {
      writeFileSync(file, `${JSON.stringify(key)}\n`, { flag: "wx", mode: 0o600 });
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== "EEXIST") throw e;
    }
  }
  try {
    return JSON.parse(readFileSync(file, "utf8")) as StoredKey;
  } catch {
    throw new ClassError(`${file} is damaged: put it back as your backup has it`);
  }
}

/** What the platform reads: the public half. */
export function publicKeys(folder: string) {
  const { kid, privateKey } = readKey(folder);
  const { kty, n, e } = privateKey;
  return { keys: [{ kty, n, e, kid, alg: "RS256", use: "sig" }] };
}
