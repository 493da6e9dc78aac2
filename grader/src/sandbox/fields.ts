/** A message's fields, before anything is known of them. */
import { isTensorData } from "../exercise/tensorData";
import type { Value } from "../exercise/value";

/** What was said fits no schema. */
export class BadMessage extends Error {}

export type Fields = Record<string, Value>;

/** A record as frames make it: no list, map, tensor or typed array. */
export function fieldsOf(value: Value): Fields | undefined {
  if (typeof value !== "object" || value === null || isTensorData(value)) return undefined;
  return Object.getPrototypeOf(value) === Object.prototype ? (value as Fields) : undefined;
}
