/** Creates the inputs of a control from a view's data. */
import { isObject, isTexts } from "../json";
import type { Field } from "./fields";
import { map } from "./map";
import { pad } from "./pad";
import { range } from "./fields";
import { onOff } from "./fields";
import { tiles } from "./tiles";
import { choice, text } from "./fields";

type CreateField = (
  label: string,
  spec: Record<string, unknown>,
  changed: () => void,
) => Field | undefined;
const FIELD_TYPES = new Map<unknown, CreateField>(
  Object.entries({
    slider: range,
    text,
    choice,
    switch: onOff,
    pad,
    tiles,
    map,
  }),
);

/**
 * @param order the names in order; Jupyter saves objects sorted by their keys
 * @returns a field for each input; undefined if one of them is invalid
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
