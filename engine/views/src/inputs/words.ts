/** A field of text, `{ input: "text", start, most }`, and a choice, `{ input: "choice", of, start }`. */
import { labeled, type Field } from "./field";

type Spec = Record<string, unknown>;

function fieldOf(
  label: string,
  input: HTMLInputElement | HTMLSelectElement,
  start: unknown,
  changed: () => void,
): Field {
  const element = labeled(label, input);
  element.className = "course-words";
  const set = (value: unknown) => void (input.value = String(value));
  set(start);
  input.addEventListener("input", changed);
  const enable = (enabled: boolean) => void (input.disabled = !enabled);
  return { element, value: () => input.value, set, enable, redraw: () => undefined };
}

export function text(label: string, { start, most }: Spec, changed: () => void): Field | undefined {
  if (typeof start !== "string") return undefined;
  const input = document.createElement("input");
  input.type = "text";
  input.autocomplete = "off";
  input.spellcheck = false;
  if (typeof most === "number" && most >= 1) input.maxLength = most;
  return fieldOf(label, input, start, changed);
}

export function choice(label: string, { of, start }: Spec, changed: () => void): Field | undefined {
  if (!Array.isArray(of) || of.length === 0) return undefined;
  const select = document.createElement("select");
  for (const name of of.map(String)) {
    const option = document.createElement("option");
    option.value = option.textContent = name;
    select.append(option);
  }
  return fieldOf(label, select, start ?? of[0], changed);
}
