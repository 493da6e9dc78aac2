/**
 * The format of views in a notebook, `{ view: "table", version: 1, caption, … }`, and the
 * interfaces around them. A notebook may come from anyone: each kind validates its data and draws
 * text as text.
 */
import { isObject } from "./json";
import type { Plotly } from "./render";

export interface View {
  view: string;
  version: number;
  caption?: string;
  [part: string]: unknown;
}

/** @returns undefined if the data isn't a view */
export function readView(json: unknown): View | undefined {
  if (!isObject(json) || typeof json.view !== "string") return undefined;
  if (typeof json.version !== "number") return undefined;
  return json as View;
}

/** The index of the step that shows first: `start`, or 0 if there is no such step. */
export function stepOf({ start }: View, steps: readonly unknown[]): number {
  return typeof start === "number" && steps[start] !== undefined ? start : 0;
}

/** A channel to the notebook's own functions in the kernel; see kinds/control.ts. */
export interface Channel {
  send(data: unknown): void;
  close(): void;
}

export interface ChannelListener {
  /** The kernel accepted the channel. */
  ready(): void;
  received(data: unknown): void;
  /** The kernel refused or closed the channel: the cell hasn't run yet, or the kernel ended. */
  closed(): void;
}

/** A page's connection to its kernel. */
export interface KernelConnection {
  /** Opens a channel; calls `listener.closed` if the kernel refuses it. */
  open(data: Record<string, unknown>, listener: ChannelListener): Channel;
  /**
   * Calls back whenever the kernel is replaced or restarted.
   * @returns a function that stops this
   */
  onChange(changed: () => void): () => void;
}

/** Keeps small texts over reloads. */
export interface Memory {
  read(key: string): string | undefined;
  /** Keeps a text, or forgets it if it is undefined. */
  write(key: string, text: string | undefined): void;
}

/** The page's services for views. */
export interface PageContext {
  plotly: Plotly;
  /** Whether the page is dark now. */
  dark(): boolean;
  /** Handles requests; missing on pages without a kernel. */
  kernel?: KernelConnection;
  /** Keeps what a reader has answered; missing where nobody answers, as on slides. */
  memory?: Memory;
  /** Whether the page is a slide, where figures may be wider than a column of text. */
  isSlide?: boolean;
  /** The status of a control on a page without a kernel. */
  unanswered?: string;
  /** In a control: what it shows at its examples, so that a drawing can keep one scale for all. */
  examples?: unknown[];
  /** In a control: where a chart puts its slider, so that all sliders are in one block. */
  sliders?: HTMLElement;
}

/** A view that is drawn in the page. */
export interface RenderedView {
  /** Draws other data of the same kind in its element. @returns false if it can't */
  update(view: View): boolean;
  /** Redraws for a new theme. */
  redraw(): void;
  remove(): void;
}

/** Draws a view into an element; passed to kinds that contain other views. */
export type RenderChild = (host: HTMLElement, json: unknown, page: PageContext) => RenderedView;

/** One kind of view. */
export interface Renderer {
  /** The newest version of the data that this renderer reads. */
  version: number;
  /** Whether the renderer shows the caption itself; otherwise `drawView` adds it. */
  hasCaption?: boolean;
  /**
   * @param host an empty element
   * @returns undefined when the data isn't what this kind draws
   */
  draw(
    host: HTMLElement,
    view: View,
    page: PageContext,
    drawView: RenderChild,
  ): RenderedView | undefined;
}
