/** One input of a control in the page. */
export interface Field {
  element: HTMLElement;
  value(): unknown;
  /** Shows a value, without telling anybody. */
  set(value: unknown): void;
  enable(enabled: boolean): void;
  /** Draws again, for a new theme. */
  redraw(): void;
}

/** A label around a control of the page, and what it stands at beside it. */
export function labeled(label: string, control: HTMLElement): HTMLLabelElement {
  const element = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = label;
  element.append(name, control);
  return element;
}

/** Disables a canvas as far as its attributes go; what listens to it has to look at them. */
export function enableCanvas(canvas: HTMLCanvasElement, enabled: boolean): void {
  if (enabled) canvas.removeAttribute("aria-disabled");
  else canvas.setAttribute("aria-disabled", "true");
}
