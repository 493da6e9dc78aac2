/**
 * A figure with inputs: the kernel redraws it with the notebook's own function whenever an input
 * changes.
 */
import { randomUUID } from "node:crypto";
import { engine } from "@tensorflow/tfjs-core";
import { CONFIG, roundNumbers, withCaption, type Figure } from "../figures/figure";
import { slider } from "../figures/slider";
import { display, serve, type MimeBundle } from "../kernel";
import { captioned, expectCaption } from "../show";
import { completed, valueFrom, type CompleteInput, type Inputs, type Values } from "./inputs";
import { VIEW_MIME, viewOf, type ControlOutput, type View } from "./view";

export const COMM_TARGET = "course.control";

type ControlFunction = (values: Record<string, unknown>) => unknown;
interface Control {
  inputs: Record<string, CompleteInput>;
  fn: ControlFunction;
}
interface Frame {
  values: Record<string, unknown>;
  shown: ControlOutput;
}

/** The controls of the cells that ran, oldest first; a cell that runs again adds one. */
const controls = new Map<string, Control>();
const MAX_CONTROLS = 200;

/** @returns the id under which a page asks it */
export function register(control: Control): string {
  const id = randomUUID(); // a saved notebook can't guess another one's
  controls.set(id, control);
  for (const old of [...controls.keys()].slice(0, controls.size - MAX_CONTROLS)) {
    controls.delete(old);
  }
  serve(COMM_TARGET, { takes: (data) => find(data) !== undefined, answer: respond });
  return id;
}

const part = (data: unknown, name: string): unknown =>
  typeof data === "object" && data !== null && Object.hasOwn(data, name)
    ? (data as Record<string, unknown>)[name]
    : undefined;
const find = (data: unknown) => controls.get(part(data, "id") as string);

/**
 * Responds to a page's request with `{ shows: view }`. The kernel reports errors of the function.
 */
async function respond(question: unknown, opened: unknown): Promise<{ shows: View }> {
  const control = find(opened);
  if (!control) throw new Error("this control is gone: run its cell again");
  const values = valuesFrom(control.inputs, part(question, "values"));
  return { shows: viewOf("control", await tidied(control.fn, values)) };
}

function valuesFrom(inputs: Control["inputs"], sent: unknown): Record<string, unknown> {
  const values = Object.entries(inputs).map(([name, input]) => {
    const value = valueFrom(input, part(sent, name));
    if (value === undefined) throw new Error(`control: "${name}" cannot have this value`);
    return [name, value];
  });
  return Object.fromEntries(values) as Record<string, unknown>;
}

/** Frees the tensors that the function leaves behind; unlike tf.tidy, it may wait for something. */
export async function tidied(
  answer: ControlFunction,
  values: Record<string, unknown>,
): Promise<unknown> {
  engine().startScope();
  try {
    return await answer(values);
  } finally {
    engine().endScope();
  }
}

/**
 * Shows inputs, and below them what `fn` makes of their values; while the notebook runs, each
 * change asks `fn` again. Tensors that `fn` makes are freed.
 *
 *     await control("A low temperature leaves one winner.",
 *       { temperature: { input: "slider", from: 0.1, to: 3, start: 1 } },
 *       ({ temperature }) => bars(names, [{ name: "share", y: sharesAt(temperature) }]));
 *
 * @param caption one sentence that says what there is to see
 * @param inputs under their names: sliders, texts, choices and drawing pads as plain data
 * @param fn given a value for each input; gives a figure or a text
 * @param options.at values to compute now, so that a saved notebook can show them; those that the
 *   inputs start with unless given
 * @throws when an input makes no sense, and what `fn` throws for the first values
 */
export async function control<const I extends Inputs>(
  caption: string,
  inputs: I,
  fn: (values: Values<I>) => ControlOutput | Promise<ControlOutput>,
  options: { at?: Partial<Values<I>>[] } = {},
): Promise<void> {
  expectCaption("control", caption);
  const entries = Object.entries(inputs ?? {});
  if (entries.length === 0) throw new Error("control: expected at least one input");
  const whole = Object.fromEntries(entries.map(([name, i]) => [name, completed(name, i)]));
  const starts = Object.fromEntries(entries.map(([name]) => [name, whole[name]!.start]));
  const frames: Frame[] = [];
  for (const given of options.at?.length ? options.at : [{}]) {
    const values = valuesFrom(whole, { ...starts, ...given });
    frames.push({ values, shown: (await tidied(fn as ControlFunction, values)) as ControlOutput });
  }
  const drawn = frames.map(({ values, shown }) => ({
    values,
    shows: roundNumbers(viewOf("control", shown)),
  }));
  const id = register({ inputs: whole, fn: fn as ControlFunction });
  const order = Object.keys(whole); // Jupyter saves objects sorted by their keys
  const asked = {
    caption,
    id,
    inputs: whole,
    order,
    frames: drawn,
  };
  const view: View = { view: "control", version: 1, ...asked };
  display({ [VIEW_MIME]: view, ...alternative(caption, frames) });
}

/**
 * The fallback for programs that don't know the view: a chart, with a slider over several; or HTML;
 * or text.
 */
function alternative(caption: string, frames: Frame[]): MimeBundle {
  const text = `figure: ${caption}`;
  const first = frames[0]!.shown;
  if (typeof first !== "object") return { "text/plain": `${text}\n${first}` };
  if (first.html !== undefined) {
    return { "text/html": captioned(caption, first.html), "text/plain": text };
  }
  const plot = { ...withCaption(caption, roundNumbers(framed(frames, first))), config: CONFIG };
  return { "application/vnd.plotly.v1+json": plot, "text/plain": text };
}

/** All frames under a slider, where they are charts of one form. */
function framed(frames: Frame[], first: Exclude<Figure, { html: string }>) {
  if (frames.length === 1) return first;
  try {
    const names = frames.map(({ values }, i) => nameOf(values, i + 1));
    return slider(Object.keys(frames[0]!.values).join(", "), names, (_, i) => {
      return frames[i]!.shown as Figure;
    });
  } catch {
    return first;
  }
}

const nameOf = (values: Record<string, unknown>, number: number) =>
  Object.values(values)
    .map((value) => wordFor(value, number))
    .join(", ");

/** Names a position of the slider by its values; a drawing only has its number. */
function wordFor(value: unknown, number: number): string {
  if (Array.isArray(value)) return `example ${number}`;
  if (typeof value === "boolean") return value ? "on" : "off";
  return String(value);
}
