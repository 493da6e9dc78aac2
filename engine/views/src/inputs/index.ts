/** The inputs of a control, by the names that a view gives them. */
import { isObject, isTexts } from "../json";
import type { Field } from "./field";
import { map } from "./map";
import { pad } from "./pad";
import { range } from "./range";
import { onOff } from "./switch";
import { tiles } from "./tiles";
import { choice, text } from "./words";

type CreateField = (
  label: string,
  spec: Record<string, unknown>,
  changed: () => void,
) => Field | undefined;
const FIELD_TYPES = new Map<unknown, CreateField>(
  Object.entries({ slider: range, text, choice, switch: onOff, pad, tiles, map }),
);

/**
 * @param order the names in their order, which a saved notebook's objects have lost
 * @returns a field for each input; undefined when one of them can't be made
 */
export function fieldsOf(
  inputs: unknown,
  order: unknown,
  changed: () => void,
): Map<string, Field> | undefined {
  if (!isObject(inputs)) return undefined;
  const fields = new Map<string, Field>();
  const known = isTexts(order) ? order.filter((name) => Object.hasOwn(inputs, name)) : [];
  for (const name of new Set([...known, ...Object.keys(inputs)])) {
    const spec = inputs[name];
    const field = isObject(spec) ? FIELD_TYPES.get(spec.input)?.(name, spec, changed) : undefined;
    if (!field) return undefined;
    fields.set(name, field);
  }
  return fields;
}

export type { Field };
