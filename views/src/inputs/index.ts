/** The inputs of a control, by the names that a view gives them. */
import { isObject } from "../json";
import type { Field } from "./field";
import { map } from "./map";
import { pad } from "./pad";
import { range } from "./range";
import { onOff } from "./switch";
import { tiles } from "./tiles";
import { choice, text } from "./words";

type Make = (
  label: string,
  spec: Record<string, unknown>,
  changed: () => void,
) => Field | undefined;
const MAKERS = new Map<unknown, Make>(
  Object.entries({ slider: range, text, choice, switch: onOff, pad, tiles, map }),
);

/** @returns a field for each input; undefined when one of them can't be made */
export function fieldsOf(inputs: unknown, changed: () => void): Map<string, Field> | undefined {
  if (!isObject(inputs)) return undefined;
  const fields = new Map<string, Field>();
  for (const [name, spec] of Object.entries(inputs)) {
    const field = isObject(spec) ? MAKERS.get(spec.input)?.(name, spec, changed) : undefined;
    if (!field) return undefined;
    fields.set(name, field);
  }
  return fields;
}

export type { Field };
