/** As much of Node's `crypto` as the course uses. */
import { sha256 } from "@noble/hashes/sha2";
import { Buffer } from "buffer/";

export function createHash(algorithm: string) {
  if (algorithm !== "sha256") throw new Error(`createHash: expected "sha256", got "${algorithm}"`);
  const hash = sha256.create();
  const self = {
    update(data: string | Uint8Array) {
      hash.update(typeof data === "string" ? new TextEncoder().encode(data) : data);
      return self;
    },
    digest(encoding?: string) {
      const bytes = Buffer.from(hash.digest());
      return encoding ? bytes.toString(encoding as "hex") : bytes;
    },
  };
  return self;
}

export const randomBytes = (n: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(n)));

export const randomInt = (from: number, to: number): number =>
  from + Math.floor((crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32) * (to - from));

/** Written out, since a browser has it on secure pages alone. */
export function randomUUID(): string {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
