/** Draws a view of any kind, or a sentence in place of a view that is unknown or damaged. */
import { cells } from "./kinds/cells";
import { chain } from "./kinds/chain";
import { chart } from "./kinds/plain";
import { choices } from "./kinds/choices";
import { control } from "./kinds/control";
import { dials } from "./kinds/dials";
import { guess } from "./kinds/guess";
import { links } from "./kinds/links";
import { stack } from "./kinds/plain";
import { table } from "./kinds/plain";
import { text } from "./kinds/plain";
import { tokens } from "./kinds/plain";
import { track } from "./kinds/track";
import { tree } from "./kinds/tree";
import { captionOf, element } from "./parts";
import { readView, type RenderedView, type Renderer, type PageContext, type View } from "./view";

const RENDERERS = new Map<string, Renderer>(
  Object.entries({
    cells,
    chain,
    chart,
    choices,
    control,
    dials,
    guess,
    links,
    stack,
    table,
    text,
    tokens,
    track,
    tree,
  }),
);

const DAMAGED_DATA = "This view's data is damaged: run the cell again.";

/** The reason that a view can't be drawn; undefined if it can. */
function unsupportedReason(view: View | undefined): string | undefined {
  if (!view) return "This output holds no view that can be drawn.";
  const kind = RENDERERS.get(view.view);
  if (kind && view.version <= kind.version) return undefined;
  const name = view.view.slice(0, 40);
  return `A newer version of the course drew this (“${name}”, version ${view.version}): update it, or run the cell again.`;
}

/** Shows a sentence in place of a view, after the view's caption. */
function drawMessage(host: HTMLElement, caption: unknown, reason: string): RenderedView {
  const note = document.createElement("p");
  note.className = "course-note";
  note.textContent = typeof caption === "string" ? `${caption} (${reason})` : reason;
  host.replaceChildren(note);
  return { update: () => false, redraw: () => undefined, remove: () => note.remove() };
}

/** Adds a figure with a caption. @returns the element below the caption, for the drawing */
function captioned(host: HTMLElement, caption: string) {
  const figure = element("figure", "course-view");
  const heading = captionOf(caption);
  const body = element("div", "course-room");
  figure.append(heading, body);
  host.replaceChildren(figure);
  return body;
}

/**
 * @param host an empty element
 * @param json the data of an output, which may be anything
 */
export function drawView(host: HTMLElement, json: unknown, page: PageContext): RenderedView {
  const view = readView(json);
  const reason = unsupportedReason(view);
  if (!view || reason) return drawMessage(host, view?.caption, reason!);
  const kind = RENDERERS.get(view.view)!;
  const isBare = kind.hasCaption || typeof view.caption !== "string";
  const body = isBare ? host : captioned(host, view.caption!);
  const drawn = kind.draw(body, view, page, drawView);
  if (!drawn) return drawMessage(host, view.caption, DAMAGED_DATA);
  const update = (next: View) =>
    next.view === view.view && next.caption === view.caption && drawn.update(next);
  const remove = () => {
    drawn.remove();
    if (!isBare) host.replaceChildren();
  };
  return { ...drawn, update, remove };
}
