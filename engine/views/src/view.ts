/**
 * A view as it stands in a notebook: `{ view: "table", version: 1, caption, … }`. It may come from
 * anybody: each kind reads what it needs and draws text as text.
 */
import { isObject } from "./json";
import type { Plotly } from "./render";

export interface View {
  view: string;
  version: number;
  caption?: string;
  [part: string]: unknown;
}

/** @returns undefined where there is no view */
export function readView(json: unknown): View | undefined {
  if (!isObject(json) || typeof json.view !== "string") return undefined;
  if (typeof json.version !== "number") return undefined;
  return json as View;
}

/** The step of a view that shows first, `start`; the first one where there is no such step. */
export function stepOf({ start }: View, steps: readonly unknown[]): number {
  return typeof start === "number" && steps[start] !== undefined ? start : 0;
}

/** A channel to what a notebook's own code answers; see kinds/control.ts. */
export interface Channel {
  send(data: unknown): void;
  close(): void;
}

export interface ChannelListener {
  /** The channel was taken. */
  ready(): void;
  received(data: unknown): void;
  /** Nobody is there, or no longer: the cell has not run yet, the kernel has ended. */
  closed(): void;
}

/** The kernel behind a page, where there is one. */
export interface KernelConnection {
  /** Opens a channel; `listener.closed` is called when it isn't taken. */
  open(data: Record<string, unknown>, listener: ChannelListener): Channel;
  /** Calls whenever another kernel comes, or the same one starts again. @returns how to stop */
  onChange(changed: () => void): () => void;
}

/** What a page gives to views. */
export interface PageContext {
  plotly: Plotly;
  /** Whether the page is dark now. */
  dark(): boolean;
  /** Who answers, where anybody does. */
  kernel?: KernelConnection;
  /** What a control says on a page that has no kernel. */
  unanswered?: string;
}

/** A view in the page. */
export interface RenderedView {
  /** Draws other data of the same kind in its place. @returns false when it can't */
  update(view: View): boolean;
  /** Draws again, for a new theme. */
  redraw(): void;
  remove(): void;
}

/** Draws a view into an element; kinds that hold other views are given it. */
export type RenderChild = (host: HTMLElement, json: unknown, page: PageContext) => RenderedView;

/** One kind of view. */
export interface Renderer {
  /** The newest version that it knows. */
  version: number;
  /** Whether it shows its caption itself; else the caption stands above what it draws. */
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
