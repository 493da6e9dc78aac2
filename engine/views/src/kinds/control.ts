/**
 * A figure with inputs: `{ view: "control", id, inputs, frames: [{ values, shows: view }] }`. With
 * a kernel, each change of an input requests new data; without one, the control shows frames that
 * were computed when the cell ran.
 */
import { createRequester, type Requester, type ConnectionState } from "../requester";
import { fieldsOf, type Field } from "../inputs";
import { element } from "../parts";
import { slider, type Slider } from "../slider";
import { isObject } from "../json";
import {
  stepOf,
  type RenderedView,
  type RenderChild,
  type Renderer,
  type PageContext,
  type View,
} from "../view";

interface Frame {
  values: Record<string, unknown>;
  shows: unknown;
}

const STATUS_MESSAGES: Record<ConnectionState, string> = {
  connecting: "Waiting for the kernel …",
  ready: "",
  asking: "Computing …",
  closed: "Run this cell to use it.",
};
/** A response within this time shows no status. */
const STATUS_DELAY_MS = 400;

function framesOf(view: View): Frame[] | undefined {
  const { frames } = view;
  const isFrame = (frame: unknown) => isObject(frame) && isObject(frame.values);
  if (!Array.isArray(frames) || frames.length === 0 || !frames.every(isFrame)) return undefined;
  return frames as Frame[];
}

/** The control's elements: caption, inputs, a status line, and an element for the output. */
function parts(view: View, fields: Map<string, Field>) {
  const figure = element("figure", "course-control");
  const caption = document.createElement("figcaption");
  const inputs = element("div", "course-inputs");
  const note = element("p", "course-note");
  const shown = element("div", "course-shown");
  note.setAttribute("role", "status");
  caption.textContent = typeof view.caption === "string" ? view.caption : "";
  inputs.append(...[...fields.values()].map((field) => field.element), note);
  figure.append(caption, inputs, shown);
  return { figure, inputs, note, shown };
}

/** Kinds that are drawn fast enough to be measured ahead; a chart's height rarely changes. */
const MEASURED_KINDS = new Set(["links", "choices", "tree", "tokens", "table", "dials"]);
const MAX_MEASURED_FRAMES = 8;

/** The height of the tallest frame in a column as wide as the host. */
function tallestFrame(
  host: HTMLElement,
  frames: Frame[],
  drawView: RenderChild,
  page: PageContext,
): number {
  const trial = element("div", "course-steady course-trial");
  trial.style.width = `${host.clientWidth}px`;
  host.append(trial);
  const heights = frames.slice(0, MAX_MEASURED_FRAMES).map(({ shows }) => {
    if (!isObject(shows) || !MEASURED_KINDS.has(String(shows.view))) return 0;
    const drawn = drawView(trial, shows, page);
    const height = trial.offsetHeight;
    drawn.remove();
    return height;
  });
  trial.remove();
  return Math.max(...heights);
}

/**
 * An element for views of different heights. It stays as high as the highest one so far, so that a
 * change of an input doesn't move the page below.
 * @param tallestKnown the height of what can be shown, after each change of the width
 */
function steadyElement(host: HTMLElement, tallestKnown: () => number) {
  const content = element("div", "course-steady");
  host.append(content);
  let width = 0;
  let tallest = 0;
  const watch = new ResizeObserver(() => {
    if (host.clientWidth !== width) tallest = tallestKnown();
    width = host.clientWidth;
    tallest = Math.max(tallest, content.offsetHeight);
    host.style.minHeight = `${tallest}px`; // at once: in the next frame, the page below would move
  });
  watch.observe(content);
  return { content, stop: () => watch.disconnect() };
}

/**
 * Draws one view after another into the same element, and updates instead of replacing if it can.
 */
function createOutput(host: HTMLElement, drawView: RenderChild, page: PageContext) {
  let drawn: RenderedView | undefined;
  const isView = (json: unknown): json is View => isObject(json) && typeof json.view === "string";
  return {
    show(json: unknown) {
      if (drawn && isView(json) && drawn.update(json)) return;
      drawn?.remove();
      drawn = drawView(host, json, page);
    },
    redraw: () => drawn?.redraw(),
    remove: () => drawn?.remove(),
  };
}

/** Shows the kernel's status; unless it is urgent, only after a delay. */
function createStatus(note: HTMLElement) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (text: string, isUrgent: boolean) => {
    clearTimeout(timer);
    const show = () => {
      if (note.textContent !== text) note.textContent = text;
    };
    if (isUrgent) show();
    else timer = setTimeout(show, STATUS_DELAY_MS);
  };
}

/** Longer names are replaced by the frame's number. */
const MAX_FRAME_NAME_LENGTH = 48;

/** Names each frame by the values that differ between frames, or by its number. */
function namesOf(frames: Frame[]): string[] {
  const keys = Object.keys(frames[0]!.values).filter((key) => {
    return new Set(frames.map(({ values }) => JSON.stringify(values[key]))).size > 1;
  });
  const word = (value: unknown) => {
    if (typeof value === "boolean") return value ? "on" : "off";
    return typeof value === "object" ? "" : String(value);
  };
  const names = frames.map(({ values }) => keys.map((key) => `${key} ${word(values[key])}`));
  const isShort = names.flat().every((name) => !name.endsWith(" ")) && keys.length > 0;
  return names.map((parts, i) => {
    const name = parts.join(", ");
    return isShort && name.length <= MAX_FRAME_NAME_LENGTH ? name : `${i + 1} of ${frames.length}`;
  });
}

/** A slider over the frames, for readers without a kernel. */
function player(frames: Frame[], start: number, go: (frame: Frame) => void) {
  if (frames.length < 2) return undefined;
  return slider("example", namesOf(frames), start, (i) => go(frames[i]!));
}

/** Enables inputs, hides examples and updates the status when the connection's state changes. */
function stateHandler(
  fields: Map<string, Field>,
  examples: Slider | undefined,
  showStatus: (text: string, isUrgent: boolean) => void,
  notes: Record<ConnectionState, string>,
) {
  return (state: ConnectionState) => {
    const isClosed = state === "closed";
    for (const { enable } of fields.values()) enable(!isClosed);
    examples?.element.toggleAttribute("hidden", !isClosed);
    if (!isClosed) examples?.stop();
    showStatus(notes[state], isClosed || state === "ready");
  };
}

const valuesOf = (fields: Map<string, Field>) =>
  Object.fromEntries([...fields].map(([name, field]) => [name, field.value()]));

function drawControl(host: HTMLElement, view: View, page: PageContext, drawView: RenderChild) {
  let link: Requester | undefined;
  const frames = framesOf(view);
  const fields = fieldsOf(view.inputs, view.order, () =>
    link?.request({ values: valuesOf(fields!) }),
  );
  if (!frames || !fields) return undefined;
  const { figure, inputs, note, shown } = parts(view, fields);
  host.replaceChildren(figure);
  const steady = steadyElement(shown, () => tallestFrame(shown, frames, drawView, page));
  const output = createOutput(steady.content, drawView, page);
  const showStatus = createStatus(note);
  const go = ({ values, shows }: Frame) => {
    for (const [name, field] of fields) if (name in values) field.set(values[name]);
    output.show(shows);
  };
  const start = stepOf(view, frames);
  const examples = player(frames, start, go);
  if (examples) inputs.append(examples.element);
  go(frames[start]!);

  const closed = (page.kernel ? undefined : page.unanswered) ?? STATUS_MESSAGES.closed;
  const enter = stateHandler(fields, examples, showStatus, { ...STATUS_MESSAGES, closed });
  const onResponse = (data: unknown) => {
    const { shows, failed } = isObject(data) ? data : {};
    showStatus(typeof failed === "string" ? failed : "", true);
    if (typeof failed !== "string") output.show(shows);
  };
  if (page.kernel) link = createRequester(page.kernel, { id: view.id }, onResponse, enter);
  else enter("closed");
  const redraw = () => {
    for (const field of fields.values()) field.redraw();
    output.redraw();
  };
  const remove = () => {
    link?.close();
    showStatus("", true);
    examples?.stop();
    steady.stop();
    output.remove();
    figure.remove();
  };
  return { update: () => false, redraw, remove };
}

export const control: Renderer = { version: 1, hasCaption: true, draw: drawControl };
