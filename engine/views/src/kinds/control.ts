/**
 * A figure with inputs: `{ view: "control", id, inputs, frames: [{ values, shows: view }] }`. With
 * a kernel, each change of an input requests new data; without one, the control shows frames that
 * were computed when the cell ran.
 */
import { createRequester, type Requester, type ConnectionState } from "../requester";
import { fieldsOf, type Field } from "../inputs";
import { panelCount, readChart } from "../chart";
import { numberText } from "../numbers";
import { element, fillCaption, sentenceNodes } from "../parts";
import { slider, type Slider } from "../slider";
import { titleAndTask } from "../typography";
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
  asking: "Waiting for the kernel …",
  closed: "Run this cell to use it.",
};
/** Where a slider over examples works already. */
const CLOSED_WITH_EXAMPLES = "These are examples. Run this cell to set values of your own.";
/** A response within this time shows no status. */
const STATUS_DELAY_MS = 400;

function framesOf(view: View): Frame[] | undefined {
  const { frames } = view;
  const isFrame = (frame: unknown) => isObject(frame) && isObject(frame.values);
  if (!Array.isArray(frames) || frames.length === 0 || !frames.every(isFrame)) return undefined;
  return frames as Frame[];
}

/** A caption that is divided: its title and what to do above the figure, the rest below it. */
function captionsOf(sentence: unknown) {
  const { above, below } = titleAndTask(typeof sentence === "string" ? sentence : "");
  const caption = element("figcaption", "");
  fillCaption(caption, above);
  const rest = element("p", "course-control-rest");
  rest.append(...sentenceNodes(below));
  return { caption, rest };
}

/** The control's elements: caption, inputs, a status line, and an element for the output. */
function parts(view: View, fields: Map<string, Field>) {
  const figure = element("figure", "course-control");
  const { caption, rest } = captionsOf(view.caption);
  const inputs = element("div", "course-inputs");
  const note = element("p", "course-note");
  const sliders = element("div", "course-sliders");
  const shown = element("div", "course-shown");
  note.setAttribute("role", "status");
  inputs.append(...[...fields.values()].map((field) => field.element), sliders, note);
  figure.append(caption, inputs, shown, rest);
  return { figure, sliders, note, shown };
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
const MAX_FRAME_NAME_LENGTH = 64;
/** The same for the values of several inputs, which stand below the slider as well as beside it. */
const MAX_VALUES_LENGTH = 24;
/** The slider over examples is called after the inputs that it sets, if they are no more. */
const MAX_LABEL_KEYS = 2;

const wordOf = (value: unknown) => {
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "number" ? numberText(value) : String(value);
};

/** Inputs that show their value as a picture, which words can't replace. */
const isPicture = ({ element }: Field) =>
  element.matches(".course-pad, .course-tiles, .course-map");

/** What the slider over the examples sets, the name of each, and the inputs that these names tell. */
interface ExampleNames {
  label: string;
  names: string[];
  told: string[];
}

/**
 * Names each example by the values that differ between examples, or by its number. If only one
 * input differs, the slider takes its place.
 */
function namesOf(frames: Frame[], fields: Map<string, Field>): ExampleNames {
  const count = (key: string) =>
    new Set(frames.map(({ values }) => JSON.stringify(values[key]))).size;
  const differing = [...fields.keys()].filter((key) => count(key) > 1);
  // one input with a value of its own in each example names them all
  const telling = differing.find((key) => count(key) === frames.length);
  const keys = telling !== undefined ? [telling] : differing;
  const [only] = keys;
  const names = frames.map(({ values }) =>
    keys.length === 1
      ? wordOf(values[only!])
      : keys.map((key) => `${key} ${wordOf(values[key])}`).join(", "),
  );
  const isTold = keys.length > 0 && !keys.some((key) => isPicture(fields.get(key)!));
  const most = keys.length === 1 ? MAX_FRAME_NAME_LENGTH : MAX_VALUES_LENGTH;
  const isShort = names.every((name) => name !== "" && name.length <= most);
  const label = keys.length > 0 && keys.length <= MAX_LABEL_KEYS ? keys.join(", ") : "setting";
  if (isTold && isShort) return { label, names, told: keys };
  const numbers = frames.map((_, i) => `${i + 1} of ${frames.length}`);
  return { label, names: numbers, told: [] };
}

/** The frames' indexes in the order of the numbers that their one input takes, else as they are. */
function orderOf(frames: Frame[], told: string[]): number[] {
  const indexes = frames.map((_, i) => i);
  const [only] = told;
  const numbers = frames.map(({ values }) => values[only ?? ""]);
  const isOrdered = told.length === 1 && numbers.every((value) => typeof value === "number");
  return isOrdered
    ? indexes.sort((a, b) => (numbers[a] as number) - (numbers[b] as number))
    : indexes;
}

interface Examples extends Slider {
  /** The values of the inputs that the slider's name doesn't tell. */
  values: HTMLElement;
}

/**
 * A slider over the frames, for readers without a kernel, in place of inputs that don't answer: they
 * are hidden, and what they are set to stands below the slider in words.
 */
function player(
  frames: Frame[],
  fields: Map<string, Field>,
  start: number,
  go: (frame: Frame) => void,
): Examples | undefined {
  if (frames.length < 2) return undefined;
  const { label, names, told } = namesOf(frames, fields);
  const values = element("p", "course-values");
  const inWords = [...fields].filter(([key, field]) => !isPicture(field) && !told.includes(key));
  const show = (frame: Frame) => {
    go(frame);
    const parts = inWords.map(([key, field]) => [key, wordOf(field.value())] as const);
    const said = parts.filter(([, word]) => word !== ""); // an empty text field says nothing
    values.textContent = said.map(([key, word]) => `${key}: ${word}`).join(" · ");
  };
  const order = orderOf(frames, told);
  const examples = slider(
    label,
    order.map((i) => names[i]!),
    order.indexOf(start),
    (at) => show(frames[order[at]!]!),
  );
  show(frames[start]!);
  return { ...examples, values };
}

/**
 * Shows either the inputs or the examples in their place, and the status, when the connection's state
 * changes.
 */
function stateHandler(
  fields: Map<string, Field>,
  examples: Examples | undefined,
  showStatus: (text: string, isUrgent: boolean) => void,
  notes: Record<ConnectionState, string>,
) {
  return (state: ConnectionState) => {
    const isClosed = state === "closed";
    for (const field of fields.values()) {
      field.enable(!isClosed);
      field.element.hidden = isClosed && examples !== undefined && !isPicture(field);
    }
    examples?.element.toggleAttribute("hidden", !isClosed);
    examples?.values.toggleAttribute("hidden", !isClosed);
    if (!isClosed) examples?.stop();
    showStatus(notes[state], isClosed || state === "ready");
  };
}

/** Whether a view is a chart; one of a stack keeps its slider, which would be far from it. */
const isChart = (shows: unknown) => isObject(shows) && shows.view === "chart";

/** This many panels in a row need all of the column's width. */
const MANY_PANELS = 3;

/** Whether a view is a chart of many panels, which doesn't fit beside a pad. */
function hasManyPanels(shows: unknown): boolean {
  const chart = isObject(shows) && shows.view === "chart" ? readChart(shows.chart) : undefined;
  return chart !== undefined && panelCount(chart) >= MANY_PANELS;
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
  const { figure, sliders, note, shown } = parts(view, fields);
  shown.classList.toggle(
    "course-wide",
    frames.some(({ shows }) => hasManyPanels(shows)),
  );
  host.replaceChildren(figure);
  const steady = steadyElement(shown, () => tallestFrame(shown, frames, drawView, page));
  const examples = frames.map(({ shows }) => shows);
  const own = !page.isSlide && examples.every(isChart) ? { sliders } : {};
  const output = createOutput(steady.content, drawView, { ...page, examples, ...own });
  const showStatus = createStatus(note);
  const go = ({ values, shows }: Frame) => {
    for (const [name, field] of fields) if (name in values) field.set(values[name]);
    output.show(shows);
  };
  const start = stepOf(view, frames);
  const played = player(frames, fields, start, go);
  if (played) sliders.before(played.element, played.values);
  else go(frames[start]!);

  const unanswered = played ? CLOSED_WITH_EXAMPLES : STATUS_MESSAGES.closed;
  const closed = (page.kernel ? undefined : page.unanswered) ?? unanswered;
  const enter = stateHandler(fields, played, showStatus, { ...STATUS_MESSAGES, closed });
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
    played?.stop();
    steady.stop();
    output.remove();
    figure.remove();
  };
  return { update: () => false, redraw, remove };
}

export const control: Renderer = { version: 1, hasCaption: true, draw: drawControl };
