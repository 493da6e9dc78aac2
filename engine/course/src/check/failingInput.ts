/** The arguments of the case that failed first, in one sentence: numbers, short lists, shapes. */
import {
  isTensorData,
  judgeCase,
  quoted,
  type CaseOutcome,
  type Exercise,
  type ReferenceCase,
  type Value,
} from "grader";
import { shortNumber } from "./grids";

/** Longer values are described by their kind and size. */
const MAX_VALUE_LENGTH = 48;

/** @param names the function's parameters, as far as they have names */
export function failingInput(
  cases: ReferenceCase[],
  outcomes: (CaseOutcome | undefined)[],
  exercise: Exercise,
  names: (string | undefined)[],
): string | undefined {
  const failing = cases.find((c, i) => !judgeCase(c, outcomes[i], exercise).ok);
  if (!failing || failing.args.length === 0) return undefined;
  const texts = failing.args.map((value, i) => {
    const name = names[i];
    return name === undefined ? valueText(value) : `${name} = ${valueText(value)}`;
  });
  return `${texts.length === 1 ? "The argument" : "The arguments"}: ${texts.join(", ")}.`;
}

const shapeText = (shape: readonly number[]) => `[${shape.join(", ")}]`;

/** A value written out where it is short, or else its kind and size. */
function valueText(value: Value): string {
  const text = fullText(value);
  if (text !== undefined && text.length <= MAX_VALUE_LENGTH) return text;
  if (isTensorData(value)) return `a tensor of shape ${shapeText(value.shape)}`;
  if (typeof value === "string") return `a string of ${value.length} characters`;
  if (value instanceof Map) return `a Map of ${value.size}`;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return recordText(value as Entries);
  return String(text);
}

type Entries = Record<string, Value>;

function recordText(record: Entries): string {
  if ("$function" in record) return "a function";
  const names = Object.keys(record).join(", ");
  return names.length <= MAX_VALUE_LENGTH ? `a record { ${names} }` : "a record";
}

/** All of a value; undefined for those that have no short form. */
function fullText(value: Value): string | undefined {
  if (typeof value === "number") return shortNumber(value);
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof RegExp) return String(value);
  if (isTensorData(value)) {
    if (value.shape.length > 1 || value.data.length > MAX_VALUE_LENGTH) return undefined;
    const numbers = Array.from(value.data, shortNumber);
    return `a tensor ${value.shape.length === 0 ? numbers[0] : `[${numbers.join(", ")}]`}`;
  }
  if (value instanceof Int32Array || value instanceof Uint8Array) {
    return listText(Array.from(value.subarray(0, MAX_VALUE_LENGTH)));
  }
  return Array.isArray(value) ? listText(value) : undefined;
}

function listText(list: Value[]): string | undefined {
  const texts = list.slice(0, MAX_VALUE_LENGTH).map(fullText);
  return texts.includes(undefined) ? undefined : `[${texts.join(", ")}]`;
}
