/** A switch, `{ input: "switch", start }`: on or off. */
import { labeled, type Field } from "./field";

/** @returns undefined when it starts neither on nor off */
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
  return { element, value: () => input.checked, set, enable, redraw: () => undefined };
}
