/**
 * What makes a page of a lesson run: its controls answer by the course's functions, and exercises
 * are written and checked in place. The page loads this at the first click.
 */
import { javascript } from "@codemirror/lang-javascript";
import { syntaxHighlighting } from "@codemirror/language";
import { classHighlighter } from "@lezer/highlight";
import { keymap } from "@codemirror/view";
import { Prec } from "@codemirror/state";
import { basicSetup, EditorView } from "codemirror";
import { browserContents, notebooksStore, type PageOutput } from "browser/client";
import { CHECK_MIME, readCheck, type NextStep } from "cells/checkData";
import type { Kernel } from "views";
import { VIEW_MIME } from "../../mimes";
import { draftKey, keepDraft, readDraft } from "./drafts";
import { drawFailure, drawNote, readFailure, readNote, type ReadFailure } from "./failure";
import { hangingIndent } from "./hangingIndent";
import { markedLine, markLine } from "./markedLine";
import { startLesson, type LessonRun, type SiteAddresses } from "./lessonRun";

const CONTROLS = "course.control";

/** What the page offers to this script. */
export interface PageServices {
  addresses: SiteAddresses;
  /** Draws an output's data; false where it can't. */
  render(host: HTMLElement, data: Record<string, unknown>): boolean;
  /** Called when all that has run is lost. */
  onRestart(): void;
}

export interface Live {
  /**
   * Runs a figure's cell and what it needs.
   * @returns the data of its controls in order, and what answers them
   * @throws with a sentence
   */
  controls(
    cell: string,
    say: (status: string) => void,
    signal: AbortSignal,
  ): Promise<{ views: unknown[]; kernel: Kernel }>;
  /**
   * Puts an editor for an exercise into an element.
   * @param place called when all is loaded, with what opens the editor and returns its element
   */
  exercise(
    host: HTMLElement,
    name: string,
    place: (open: () => HTMLElement) => void,
  ): Promise<void>;
}

const dataOf = ({ content }: PageOutput) => (content.data ?? {}) as Record<string, unknown>;

const isControl = (view: unknown) => (view as { view?: unknown } | undefined)?.view === "control";

function createLive(page: PageServices): Live {
  let starting: Promise<LessonRun> | undefined;
  const start = (say: (status: string) => void) => {
    if (!starting) {
      say("Starting: about 20 MB, which the browser keeps …");
      starting = startLesson(page.addresses, showNotice, page.onRestart);
      starting.catch(() => (starting = undefined)); // the next click tries again
    }
    return starting;
  };
  return {
    async controls(cell, say, signal) {
      const lesson = await start(say);
      const outputs = await lesson.runCell(cell, say, signal);
      const views = outputs.map((output) => dataOf(output)[VIEW_MIME]).filter(isControl);
      const kernel: Kernel = {
        open: (data, listener) => lesson.open(CONTROLS, data, listener),
        onChange: () => () => undefined,
      };
      return { views, kernel };
    },
    async exercise(host, name, place) {
      const lesson = await start((status) => (host.textContent = status));
      place(() => showExercise(host, name, lesson, page));
    },
  };
}

/** Shows a sentence at the window's lower edge until it is closed; once, however often it is said. */
function showNotice(message: string): void {
  const known = [...document.querySelectorAll<HTMLElement>(".notice > span")];
  if (known.some(({ textContent }) => textContent === message)) return;
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  const text = document.createElement("span");
  text.textContent = message;
  notice.append(
    text,
    button("Close", () => notice.remove()),
  );
  document.body.append(notice);
}

// Exercises

const DRAFT_NOT_KEPT =
  "This browser's storage is full or off, so what you write here is lost when the page closes: copy " +
  "your answer before you leave.";
const DRAFT_ELSEWHERE =
  "Another tab has changed this answer. What you type next, in either tab, takes its place.";

/** @returns the editor's element */
function showExercise(
  host: HTMLElement,
  name: string,
  lesson: LessonRun,
  page: PageServices,
): HTMLElement {
  const key = draftKey(page.addresses.base, page.addresses.lesson, name);
  const stub = lesson.stubOf(name);
  const { editorHost, bar, status, report } = exerciseParts(host);

  /** The answer that the report is about. */
  let checked: string | undefined;
  const say = (text: string) => (status.textContent = text);
  const check = async () => {
    showRunning(bar, stopButton, report, true);
    try {
      const answer = view.state.doc.toString();
      checked = answer;
      const outputs = await lesson.runCheck(name, answer, say);
      showOutputs(report, outputs, { name, answer, view }, page);
      markStale(report, view.state.doc.toString() !== answer);
      say("");
    } catch (error) {
      say((error as Error).message);
    }
    showRunning(bar, stopButton, report, false);
    report.scrollIntoView({ block: "nearest" });
  };
  const checkButton = button("Check", () => void check());
  checkButton.classList.add("first");
  checkButton.append(shortcut(" (Ctrl+Enter)"));
  const stopButton = stopButtonOf(lesson, say);
  const view = editor(editorHost, readDraft(key) ?? stub, {
    label: `Your ${name}`,
    run: () => void check(),
    changed(text) {
      markStale(report, text !== checked);
      if (!keepDraft(key, text === stub ? undefined : text)) showNotice(DRAFT_NOT_KEPT);
    },
  });
  onOtherTab(key, (text) => {
    if ((text ?? stub) !== view.state.doc.toString()) say(DRAFT_ELSEWHERE);
  });
  const startOver = button("Start over", () => replaceAll(view, stub));
  const take = button("Take it into the notebook", async () => {
    say(await takeAlong(page.addresses, name, view.state.doc.toString()));
  });
  bar.append(checkButton, take, startOver, stopButton); // last, so that no other takes its place
  selectUnwritten(view);
  return editorHost;
}

function stopButtonOf(lesson: LessonRun, say: (status: string) => void): HTMLButtonElement {
  const made = button("Stop", () => {
    made.disabled = true;
    say("Stopping …");
    lesson.stop();
  });
  made.hidden = true;
  return made;
}

/** Shows what a check says; of an answer that doesn't run, why, and the line in the editor. */
function showOutputs(
  report: HTMLElement,
  outputs: PageOutput[],
  { name, answer, view }: { name: string; answer: string; view: EditorView },
  page: PageServices,
): void {
  const [failure] = outputs.filter(({ type }) => type === "error").map(failureOf(name));
  const shown = outputs.filter(({ type }) => type !== "error");
  report.replaceChildren(...shown.map((output) => drawn(output, page)));
  if (failure) report.append(drawFailure(failure, answer));
  if (view.state.doc.toString() === answer) markLine(view, failure?.place?.line);
  linkNextStep(report, outputs);
}

/** Says of a report that the answer has changed since; it is dim then. */
function markStale(report: HTMLElement, isStale: boolean): void {
  if (report.childElementCount === 0) return;
  report.classList.toggle("stale", isStale);
  const note = report.querySelector(".stale-note");
  if (isStale === (note !== null)) return;
  note?.remove();
  if (!isStale) return;
  const said = document.createElement("p");
  said.className = "stale-note";
  said.textContent = "Before your change:";
  report.prepend(said);
}

/** While a check runs, only Stop works, and the last report is dim. */
function showRunning(
  bar: HTMLElement,
  stopButton: HTMLButtonElement,
  report: HTMLElement,
  isRunning: boolean,
): void {
  for (const other of bar.querySelectorAll("button")) other.disabled = isRunning;
  stopButton.disabled = false;
  stopButton.hidden = !isRunning;
  report.classList.toggle("old", isRunning);
}

/** The elements of an exercise, in an element that gets nothing else. */
function exerciseParts(host: HTMLElement) {
  const [editorHost, bar, status, report] = ["div", "p", "p", "div"].map((tag) =>
    document.createElement(tag),
  ) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement];
  status.setAttribute("role", "status");
  status.className = "live-status";
  report.className = "live-report";
  bar.className = "live-bar";
  host.replaceChildren(editorHost, bar, status, report);
  return { editorHost, bar, status, report };
}

/** Calls when another tab changes an answer; null means that it is as shipped there. */
function onOtherTab(key: string, call: (text: string | null) => void): void {
  addEventListener("storage", (event) => {
    if (event.key === key) call(event.newValue);
  });
}

function button(text: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = text;
  made.addEventListener("click", onClick);
  return made;
}

/** A key in a button's text; without a keyboard it isn't shown. */
function shortcut(text: string): HTMLElement {
  const made = document.createElement("span");
  made.className = "shortcut";
  made.textContent = text;
  return made;
}

interface EditorOptions {
  label: string;
  run(): void;
  changed(text: string): void;
}

function editor(parent: HTMLElement, doc: string, { label, run, changed }: EditorOptions) {
  const runKey = (key: string) => ({ key, run: () => (run(), true) });
  return new EditorView({
    parent,
    doc,
    extensions: [
      Prec.highest(keymap.of([runKey("Mod-Enter"), runKey("Shift-Enter")])),
      basicSetup,
      EditorView.lineWrapping,
      hangingIndent,
      markedLine,
      syntaxHighlighting(classHighlighter),
      javascript({ typescript: true }),
      EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) changed(state.doc.toString());
      }),
    ],
  });
}

/** Selects what is to be replaced, where an exercise isn't written, to type over it. */
function selectUnwritten(view: EditorView): void {
  const found = /\S.*not written yet.*/.exec(view.state.doc.toString());
  if (found) {
    view.dispatch({ selection: { anchor: found.index, head: found.index + found[0].length } });
    view.requestMeasure({
      read: () => view.lineBlockAt(found.index).bottom - view.scrollDOM.clientHeight,
      write(hidden) {
        // inside the editor alone: the page stays where it is
        if (hidden > 0) view.scrollDOM.scrollTop = hidden + 3 * view.defaultLineHeight;
      },
    });
  }
  view.focus();
}

/** As one step, which Ctrl+Z takes back. */
function replaceAll(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  view.focus();
}

function drawn(output: PageOutput, page: PageServices): HTMLElement {
  const host = document.createElement("div");
  const { content } = output;
  if (output.type === "stream") {
    host.append(plain(String(content.text)));
    return host;
  }
  const data = dataOf(output);
  const note = isTypeNote(content) && readNote(String(data["text/plain"]));
  if (note) {
    host.append(drawNote(note));
    return host;
  }
  if (!page.render(host, data)) host.append(plain(String(data["text/plain"] ?? "")));
  return host;
}

/** What the kernel says about types that don't match comes with a mark of its own. */
const isTypeNote = ({ metadata }: PageOutput["content"]): boolean =>
  (metadata as { course?: { note?: unknown } } | undefined)?.course?.note === "types";

const failureOf =
  (name: string) =>
  ({ content }: PageOutput): ReadFailure => {
    const { ename, evalue } = content;
    return readFailure(
      name,
      { ename: String(ename), evalue: String(evalue) },
      traceback(content.traceback),
    );
  };

/** Without the terminal's colors. */
const traceback = (lines: unknown): string =>
  // eslint-disable-next-line no-control-regex
  (Array.isArray(lines) ? lines.join("\n") : "").replace(/\x1b\[[\d;]*m/g, "");

function plain(text: string): HTMLElement {
  const block = document.createElement("pre");
  block.className = "said";
  block.tabIndex = 0;
  block.textContent = text;
  return block;
}

/** Makes the sentence about what comes next a link to it. */
function linkNextStep(report: HTMLElement, outputs: PageOutput[]): void {
  const sentence = report.querySelector(".course-next-step");
  const checks = outputs.map((output) => readCheck(dataOf(output)[CHECK_MIME]));
  const next = checks.find((check) => check?.next)?.next;
  const address = next && addressOfNext(next);
  if (!sentence || address === undefined) return;
  const link = document.createElement("a");
  link.href = address;
  link.append(...sentence.childNodes);
  sentence.append(link);
}

function addressOfNext(next: NextStep): string | undefined {
  if ("lesson" in next) return `${next.lesson}.html`;
  const card = document.querySelector(`[data-exercise="${CSS.escape(next.exercise)}"] > h3[id]`);
  return card ? `#${card.id}` : undefined;
}

interface StoredNotebook {
  cells: { source: string | string[]; metadata: { course?: { role?: string; name?: string } } }[];
}

/** Writes an answer into the reader's copy of the notebook. @returns a sentence */
async function takeAlong(
  { run, base, lesson }: SiteAddresses,
  name: string,
  answer: string,
): Promise<string> {
  const path = `${lesson}.ipynb`;
  try {
    const contents = browserContents(notebooksStore(base));
    const notebook = await contents.get(path, {}).then(
      ({ content }) => content as StoredNotebook,
      async () => (await (await fetch(new URL(`files/${path}`, run))).json()) as StoredNotebook,
    );
    const cell = notebook.cells.find(({ metadata: { course } }) => {
      return course?.role === "exercise" && course.name === name;
    });
    if (!cell) return `Your notebook has no cell for ${name} any more, so nothing was changed.`;
    cell.source = answer;
    await contents.save(path, { type: "notebook", format: "json", content: notebook });
    return "It is in your copy of the notebook. Reload the notebook where it is open already.";
  } catch {
    return "The notebook could not be written: this browser's storage is full or off.";
  }
}

declare global {
  var courseLive: ((page: PageServices) => Live) | undefined;
}
globalThis.courseLive = createLive;
