/**
 * Buttons that make a page run: below a control, to answer the reader's own values, and in an
 * exercise, to write it right there. The code behind them is loaded at the first click.
 */
import type { Kernel } from "views";
import type { Live } from "./live";
import { draftKey, readDraft } from "./drafts";
import { keepPlace } from "./place";
import { lateScript } from "./script";

/** What figures.ts offers: how the data of an output is drawn. */
export interface Drawing {
  /** Draws a view that a kernel answers in the place of a figure. */
  replace(place: HTMLElement, json: unknown, kernel: Kernel): Promise<void>;
  render(host: HTMLElement, data: Record<string, unknown>): boolean;
}

const WRITE_HERE = "Write it here";
/** In its place where the reader has begun. */
const GO_ON = "Go on with your answer";
const TRY_HERE = "Try your own values";
/** A control that only a kernel can answer; a guess knows its answer. */
const CONTROL = ".course-control:not(.course-guess)";

/** Buttons of controls that answer; after a restart they are offered again. */
const hidden = new Set<HTMLButtonElement>();

/** Whether this page has notebooks that run. */
export const canRun = (): boolean => document.documentElement.dataset.live !== undefined;

const script = lateScript(
  () => document.documentElement.dataset.live!,
  () => globalThis.courseLive!,
);
let live: Live | undefined;

async function loadLive({ render }: Drawing): Promise<Live> {
  const createLive = await script.load();
  if (!live) {
    const { run, base, lesson } = document.documentElement.dataset;
    const addresses = { run: new URL(run!, location.href).href, base: base!, lesson: lesson! };
    live = createLive({ addresses, render, onRestart });
  }
  return live;
}

/** The kernel has started anew: controls need their cells again. */
function onRestart(): void {
  for (const button of hidden) button.hidden = false;
  hidden.clear();
}

/**
 * @param run what a click does; while it runs, the button does nothing, but keeps the focus, and
 *   `say` shows why it fails
 */
function liveButton(
  text: string,
  say: (status: string) => void,
  run: () => Promise<void>,
): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "try";
  button.textContent = text;
  button.addEventListener("click", async () => {
    if (button.ariaDisabled === "true") return;
    button.ariaDisabled = "true";
    try {
      await run();
    } catch (error) {
      say((error as Error).message);
    }
    button.ariaDisabled = null;
  });
  return button;
}

/** A button that ends what another one has begun, and a signal that it does so. */
function cancelButton(): { cancel: HTMLButtonElement; begin: () => AbortSignal } {
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "try";
  cancel.textContent = "Cancel";
  let aborter: AbortController | undefined;
  cancel.addEventListener("click", () => {
    aborter?.abort(new Error("Canceled. Nothing has changed."));
  });
  return { cancel, begin: () => (aborter = new AbortController()).signal };
}

/** Puts an element in the place of another one, with its focus. */
function takePlace(before: HTMLElement, after: HTMLElement): void {
  const isFocused = document.activeElement === before;
  before.replaceWith(after);
  if (isFocused) after.focus({ preventScroll: true });
}

/** Settles as the task does, or fails at once when it is aborted. */
function orAborted<T>(task: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
  return Promise.race([task, aborted]);
}

/** Adds the button below a figure that is a control. */
export function offerValues(place: HTMLElement, drawing: Drawing): void {
  const cell = place.closest<HTMLElement>(".cell[id]");
  if (!canRun() || !cell || !place.querySelector(CONTROL)) return;
  const status = document.createElement("p");
  status.className = "live-status";
  status.setAttribute("role", "status");
  const say = (text: string) => (status.textContent = text);
  const { cancel, begin } = cancelButton();
  const button = liveButton(TRY_HERE, say, async () => {
    const signal = begin();
    takePlace(button, cancel);
    const answer = loadLive(drawing).then(({ controls }) =>
      controls(cell.id.replace(/^cell-/, ""), say, signal),
    );
    const { views, kernel } = await orAborted(answer, signal).finally(() =>
      takePlace(cancel, button),
    );
    const places = [...cell.querySelectorAll(`[data-figure]:has(${CONTROL})`)];
    await drawing.replace(place, views[places.indexOf(place)], kernel);
    say("");
    button.hidden = true;
    hidden.add(button);
    place.querySelector<HTMLElement>("input, select, canvas")?.focus({ preventScroll: true });
    place.querySelector(".course-inputs")?.scrollIntoView({ block: "nearest" });
  });
  place.append(button, status);
}

/** Adds the button to each exercise of the page. */
export function offerExercises(drawing: Drawing): void {
  if (!canRun()) return;
  const { base, lesson } = document.documentElement.dataset;
  for (const card of document.querySelectorAll<HTMLElement>("[data-exercise]")) {
    const start = [...card.querySelectorAll<HTMLElement>("[data-start]")];
    const host = document.createElement("div");
    const say = (text: string) => (host.textContent = text);
    const hasBegun = readDraft(draftKey(base!, lesson!, card.dataset.exercise!)) !== undefined;
    const button = liveButton(hasBegun ? GO_ON : WRITE_HERE, say, async () => {
      const { exercise } = await loadLive(drawing);
      await exercise(host, card.dataset.exercise!, (open) => {
        let code: HTMLElement | undefined;
        keepPlace(start.at(-1) ?? button, () => {
          code = open();
          button.remove();
          for (const part of start) part.hidden = true;
          return code;
        });
        // long code is replaced by a lower editor, which may end above the screen
        code!.scrollIntoView({ block: "nearest", behavior: "instant" });
      });
    });
    start.at(-1)?.after(button, host);
  }
}
