/**
 * Figures have addresses of their own, with the values of their controls: `?set=3,off#cell-masks`
 * opens the page at the cell and sets its first two controls. A button beside a figure copies its
 * address.
 */

const CONTROLS = "input:is([type=range], [type=checkbox], [type=text], [type=number]), select";
const PARAMETER = "set";
const COPY = "Copy link";
/** How long the button says what it did, in milliseconds. */
const SAID_MS = 2000;

type Control = HTMLInputElement | HTMLSelectElement;

const controlsOf = (place: HTMLElement) => [...place.querySelectorAll<Control>(CONTROLS)];

const isSwitch = (control: Control): control is HTMLInputElement => control.type === "checkbox";

function valueOf(control: Control): string {
  if (!isSwitch(control)) return control.value;
  return control.checked ? "on" : "off";
}

/** Sets a control as a reader would, so that its figure follows. */
function setControl(control: Control, value: string): void {
  if (valueOf(control) === value) return;
  if (isSwitch(control)) control.checked = value === "on";
  else control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

const cellOf = (place: HTMLElement) => place.closest<HTMLElement>(".cell[id]");

/** The address of a figure as it now stands. */
function addressOf(place: HTMLElement, cell: HTMLElement): string {
  const address = new URL(location.href);
  const values = controlsOf(place).map(valueOf);
  address.search = "";
  if (values.length > 0) {
    address.searchParams.set(PARAMETER, values.map(encodeURIComponent).join(","));
  }
  address.hash = cell.id;
  return address.href;
}

/** Sets the controls of the figure that the page's address names. Unknown values change nothing. */
export function restoreControls(place: HTMLElement): void {
  const set = new URL(location.href).searchParams.get(PARAMETER);
  if (set === null || cellOf(place)?.id !== location.hash.slice(1)) return;
  const values = set.split(",").map(decodeURIComponent);
  controlsOf(place).forEach((control, i) => {
    if (values[i] !== undefined) setControl(control, values[i]);
  });
}

/**
 * Adds the button that copies the figure's address; where it can't copy, the address bar has it.
 */
export function addShareButton(place: HTMLElement): void {
  const cell = cellOf(place);
  if (!cell) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "share";
  button.textContent = COPY;
  button.title = "Copies the address of this figure, with the values of its controls";
  button.addEventListener("click", async () => {
    const address = addressOf(place, cell);
    history.replaceState(history.state, "", address);
    try {
      await navigator.clipboard.writeText(address);
      button.textContent = "Link copied";
    } catch {
      button.textContent = "It is in the address bar";
    }
    setTimeout(() => (button.textContent = COPY), SAID_MS);
  });
  place.append(button);
}

/** The figure that the page's address names, if any. */
export const namedFigure = (): HTMLElement | undefined => {
  const id = location.hash.slice(1);
  const cell = id.startsWith("cell-") ? document.getElementById(id) : null;
  return cell?.querySelector<HTMLElement>("[data-figure]") ?? undefined;
};
