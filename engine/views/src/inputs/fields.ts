/**
 * The interface of a control's inputs, and those that are HTML elements: slider, switch, text,
 * choice.
 */

import { numberText } from "../numbers";
import { whenResized } from "../parts";
import { nameRange, reserveWidth } from "../slider";

/** One input of a control in the page. */
export interface Field {
  element: HTMLElement;
  value(): unknown;
  /** Sets the value without calling `changed`. */
  set(value: unknown): void;
  enable(enabled: boolean): void;
  /** Redraws for a new theme. */
  redraw(): void;
}

/** A label element around an input. */
export function labeled(label: string, control: HTMLElement): HTMLLabelElement {
  const element = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = label;
  element.append(name, control);
  return element;
}

/**
 * Redraws a canvas when the page lays it out: before, it has neither the page's colors nor the size at
 * which it is shown.
 */
export function redrawWhenShown(canvas: HTMLCanvasElement, redraw: () => void): void {
  whenResized(canvas, redraw);
}

/** Sets a canvas's attribute aria-disabled, which its event listeners have to check. */
export function enableCanvas(canvas: HTMLCanvasElement, enabled: boolean): void {
  if (enabled) canvas.removeAttribute("aria-disabled");
  else canvas.setAttribute("aria-disabled", "true");
}

type Spec = Record<string, unknown>;

/**
 * A slider, `{ input: "slider", from, to, step, start }`.
 * @returns undefined for invalid numbers
 */
export function range(label: string, spec: Spec, changed: () => void): Field | undefined {
  const [from, to, step, start] = ["from", "to", "step", "start"].map((name) => Number(spec[name]));
  if (![from, to, step, start].every(Number.isFinite) || from! >= to! || step! <= 0) {
    return undefined;
  }
  const input = document.createElement("input");
  const output = document.createElement("output");
  Object.assign(input, { type: "range", min: from, max: to, step });
  const element = labeled(label, input);
  element.className = "course-range";
  reserveWidth(output, [from!, to!, from! + step!].map(numberText));
  input.before(output);
  nameRange(element, input, label);
  const show = () => {
    output.textContent = numberText(input.valueAsNumber);
    input.setAttribute("aria-valuetext", numberText(input.valueAsNumber));
  };
  const set = (value: unknown) => {
    input.value = String(Number(value));
    show();
  };
  input.addEventListener("input", () => {
    show();
    changed();
  });
  set(start);
  const enable = (enabled: boolean) => void (input.disabled = !enabled);
  return {
    element,
    value: () => input.valueAsNumber,
    set,
    enable,
    redraw: () => undefined,
  };
}

/** A switch, `{ input: "switch", start }`. @returns undefined if `start` isn't a boolean */
export function onOff(
  label: string,
  { start }: Record<string, unknown>,
  changed: () => void,
): Field | undefined {
  if (typeof start !== "boolean") return undefined;
  const input = document.createElement("input");
  const output = document.createElement("output");
  input.type = "checkbox";
  input.setAttribute("role", "switch");
  const element = labeled(label, input);
  element.className = "course-switch";
  element.append(output);
  const show = () => (output.textContent = input.checked ? "on" : "off");
  const set = (value: unknown) => {
    input.checked = value === true;
    show();
  };
  input.addEventListener("change", () => {
    show();
    changed();
  });
  set(start);
  const enable = (enabled: boolean) => void (input.disabled = !enabled);
  return {
    element,
    value: () => input.checked,
    set,
    enable,
    redraw: () => undefined,
  };
}

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
  return {
    element,
    value: () => input.value,
    set,
    enable,
    redraw: () => undefined,
  };
}

/** A text field, `{ input: "text", start, most }`. @returns undefined if `start` isn't a text */
export function text(label: string, { start, most }: Spec, changed: () => void): Field | undefined {
  if (typeof start !== "string") return undefined;
  const input = document.createElement("input");
  input.type = "text";
  input.autocomplete = "off";
  input.spellcheck = false;
  if (typeof most === "number" && most >= 1) input.maxLength = most;
  return fieldOf(label, input, start, changed);
}

/** A choice, `{ input: "choice", of, start }`. @returns undefined without a list of names */
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
