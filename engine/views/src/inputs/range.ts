/** A slider: `{ input: "slider", from, to, step, start }`. */
import { labeled, type Field } from "./field";

type Spec = Record<string, unknown>;

/** Four digits, and all of a whole number. */
const shownAs = (value: number) =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));

/** @returns undefined when the numbers make no slider */
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
  element.append(output);
  const show = () => {
    output.textContent = shownAs(input.valueAsNumber);
    input.setAttribute("aria-valuetext", shownAs(input.valueAsNumber));
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
  return { element, value: () => input.valueAsNumber, set, enable, redraw: () => undefined };
}
