/** What a person wrote into a file: small checks that name the file and the key. */

/** A user's mistake in a file or on the command line, worded as a sentence with its remedy. */
export class ClassError extends Error {}

export interface Given {
  [key: string]: unknown;
}

export const isMap = (value: unknown): value is Given =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @throws ClassError where a key is none of these */
export function knownKeys(file: string, where: string, given: Given, keys: string[]): void {
  const unknown = Object.keys(given).find((key) => !keys.includes(key));
  if (unknown === undefined) return;
  throw new ClassError(`${file}: ${where}${unknown} is unknown; expected ${keys.join(", ")}`);
}

/** A part of the file that is a map of these keys, or isn't there. @throws ClassError */
export function readPart(file: string, part: string, given: unknown, keys: string[]) {
  if (given === undefined || given === null) return undefined;
  if (!isMap(given)) throw new ClassError(`${file}: ${part} must hold ${keys.join(", ")}`);
  knownKeys(file, `${part}.`, given, keys);
  return given;
}

/** @throws ClassError unless it is a text */
export function readText(file: string, part: string, given: Given, key: string): string {
  const value = given[key];
  if (typeof value === "string" && value !== "") return value;
  throw new ClassError(`${file}: ${part}.${key} is missing or not a text`);
}

/** Where a connection without TLS is as good as one with it. */
export const isLoopback = ({ hostname }: URL) =>
  ["127.0.0.1", "localhost", "[::1]"].includes(hostname);

/** @throws ClassError unless it is an address to which nobody listens in */
export function readSecureUrl(file: string, part: string, given: Given, key: string): string {
  const text = readText(file, part, given, key);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === "https:" || isLoopback(url))) return text;
  throw new ClassError(`${file}: ${part}.${key} must begin with https://, got ${text}`);
}
