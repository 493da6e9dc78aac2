/**
 * Buttons that make a page run: below a control, to answer the reader's own values, and in an
 * exercise, to write it right there. The code behind them is loaded at the first click.
 */
import type { Kernel } from "views";
import type { Live } from "./live";

/** What figures.ts offers: how the data of an output is drawn. */
export interface Drawing {
  /** Draws a view that a kernel answers in the place of a figure. */
  replace(place: HTMLElement, json: unknown, kernel: Kernel): Promise<void>;
  render(host: HTMLElement, data: Record<string, unknown>): boolean;
}

const WRITE_HERE = "Write it here";
const TRY_HERE = "Try your own values";

/** What each control's button has to say again after a restart. */
const answered = new Map<HTMLElement, () => void>();

let loading: Promise<Live> | undefined;

/** Whether this page has notebooks that run. */
export const canRun = (): boolean => document.documentElement.dataset.live !== undefined;

function loadLive(drawing: Drawing): Promise<Live> {
  loading ??= new Promise((resolve, reject) => {
    const { live, run, base, lesson } = document.documentElement.dataset;
    const script = document.createElement("script");
    script.src = live!;
    script.onload = () => {
      const addresses = { run: new URL(run!, location.href).href, base: base!, lesson: lesson! };
      const page = { addresses, render: drawing.render, onRestart };
      resolve(globalThis.courseLive!(page));
    };
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error("A script could not be loaded: is there a network?"));
    };
    document.head.append(script);
  });
  return loading;
}

/** The kernel has started anew: controls need their cells again. */
function onRestart(): void {
  for (const offer of answered.values()) offer();
  answered.clear();
}

function liveButton(text: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "try";
  button.textContent = text;
  return button;
}

/** Adds the button below a figure that is a control. */
export function offerValues(place: HTMLElement, drawing: Drawing): void {
  const cell = place.closest<HTMLElement>(".cell[id]");
  if (!canRun() || !cell || !place.querySelector(".course-control")) return;
  const button = liveButton(TRY_HERE);
  const status = document.createElement("p");
  status.className = "live-status";
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const live = await loadLive(drawing);
      const { views, kernel } = await live.controls(cell.id.replace(/^cell-/, ""), (text) => {
        status.textContent = text;
      });
      const controls = [...cell.querySelectorAll("[data-figure]:has(.course-control)")];
      await drawing.replace(place, views[controls.indexOf(place)], kernel);
      status.textContent = "";
      button.hidden = true;
      answered.set(place, () => (button.hidden = false));
      place.querySelector<HTMLElement>("input, select, canvas")?.focus();
    } catch (error) {
      status.textContent = (error as Error).message;
    }
    button.disabled = false;
  });
  place.append(button, status);
}

/** Adds the button to each exercise of the page. */
export function offerExercises(drawing: Drawing): void {
  if (!canRun()) return;
  for (const card of document.querySelectorAll<HTMLElement>("[data-exercise]")) {
    const host = document.createElement("div");
    const button = liveButton(WRITE_HERE);
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        const live = await loadLive(drawing);
        await live.exercise(host, card.dataset.exercise!);
        button.remove();
        for (const start of card.querySelectorAll<HTMLElement>("[data-start]")) start.hidden = true;
      } catch (error) {
        host.textContent = (error as Error).message;
        button.disabled = false;
      }
    });
    [...card.querySelectorAll("[data-start]")].at(-1)?.after(button, host);
  }
}
