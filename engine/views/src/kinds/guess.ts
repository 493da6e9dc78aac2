/**
 * A question whose answer shows after the reader's guess:
 * `{ view: "guess", id, input, outcome, unit? }`. With a kernel, the button asks it for the answer;
 * without one, the answer is the one that came with the view. Where nobody can answer, as on slides,
 * the answer shows at once. Until the answer shows, the figure has the attribute data-open. A notebook
 * shows the question ahead of its cell's run, too (`drawQuestion`).
 */
import { range } from "../inputs/fields";
import { isObject, isTexts } from "../json";
import { element, sentenceNodes } from "../parts";
import { createRequester, type ConnectionState, type Requester } from "../requester";
import type { Memory, PageContext, Renderer, View } from "../view";

type Answer = number | string;

/** What is asked for. */
type Question =
  | { kind: "number"; from: number; to: number; step: number; spec: Record<string, unknown> }
  | { kind: "choice"; of: string[] };

export function questionOf(input: unknown): Question | undefined {
  if (!isObject(input)) return undefined;
  if (input.input === "choice" && isTexts(input.of)) return { kind: "choice", of: input.of };
  if (input.input !== "slider") return undefined;
  const [from, to, step] = [input.from, input.to, input.step].map(Number) as [
    number,
    number,
    number,
  ];
  const isScale = [from, to, step].every(Number.isFinite) && from < to && step > 0;
  return isScale ? { kind: "number", from, to, step, spec: input } : undefined;
}

/** Reads an answer from a view or a response; undefined if the question can't have it. */
export function answerTo(question: Question, value: unknown): Answer | undefined {
  if (question.kind === "choice") return question.of.find((text) => text === value);
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** A number with one decimal more than the slider's steps, without zeros at its end. */
function numberText(value: number, step: number): string {
  const decimals = Math.max(0, Math.min(8, 1 - Math.floor(Math.log10(step) + 1e-9)));
  return String(Number(value.toFixed(decimals))).replace("-", "−");
}

/** Guesses that are at most this part of the scale away are close. */
const CLOSE = 0.05;

/** The difference between a guess and what came out, in words. */
export function differenceText(
  question: Question,
  guessed: Answer,
  outcome: Answer,
  unit: string,
): string {
  if (question.kind === "choice") {
    return guessed === outcome
      ? `You guessed “${guessed}”, and that is what came out.`
      : `You guessed “${guessed}”; “${outcome}” came out.`;
  }
  const { from, to, step } = question;
  const text = (value: number) => numberText(value, step);
  const difference = Number(outcome) - Number(guessed);
  const came = `${text(Number(outcome))}${unit}`;
  const own = `You guessed ${text(Number(guessed))}`;
  if (text(difference) === "0") return `${own}, and ${came} came out.`;
  const far = `${text(Math.abs(difference))} ${difference > 0 ? "more" : "less"}`;
  const isClose = Math.abs(difference) <= CLOSE * (to - from);
  return `${own}; ${came} came out, ${isClose ? "only " : ""}${far}.`;
}

/** A mark on the line at a part of its width, with its words above or below it. */
function mark(kind: "guessed" | "came", part: number, words: string): HTMLElement[] {
  const at = `${(100 * part).toFixed(2)}%`;
  const point = element("span", `course-mark course-${kind}`);
  const label = element("span", `course-mark-label course-${kind}-label`, words);
  point.style.left = at;
  label.style.left = at;
  label.style.transform = `translateX(-${at})`; // stays inside at both ends
  return [point, label];
}

/** A line from one end of the scale to the other, with the guess above and what came out below. */
function numberLine(
  { from, to, step }: Question & { kind: "number" },
  guessed: Answer | undefined,
  outcome: Answer,
  unit: string,
): HTMLElement {
  const low = Math.min(from, Number(outcome));
  const high = Math.max(to, Number(outcome));
  const part = (value: Answer) => (Number(value) - low) / (high - low);
  const line = element("div", "course-line");
  const ends = element("div", "course-ends");
  ends.append(...[low, high].map((value) => element("span", "", numberText(value, step))));
  line.append(ends);
  if (guessed !== undefined) {
    const [a, b] = [part(guessed), part(outcome)].sort((x, y) => x - y) as [number, number];
    const gap = element("span", "course-gap");
    gap.style.left = `${100 * a}%`;
    gap.style.width = `${100 * (b - a)}%`;
    line.append(gap, ...mark("guessed", part(guessed), "your guess"));
  }
  const words = `${numberText(Number(outcome), step)}${unit} came out`;
  line.append(...mark("came", part(outcome), words));
  return line;
}

/** The marks of an option, on its upper edge: they take no room, so that no option moves. */
function optionMarks(text: string, guessed: Answer | undefined, outcome: Answer): HTMLElement[] {
  const tags = [
    ...(text === guessed ? [element("span", "course-tag course-guessed", "your guess")] : []),
    ...(text === outcome ? [element("span", "course-tag course-came", "came out")] : []),
  ];
  if (tags.length === 0) return [];
  const marks = element("span", "course-marks");
  marks.append(...tags);
  return [marks];
}

/** The options where nobody can choose, as on slides. */
function optionList(of: string[], outcome: Answer): HTMLElement {
  const list = element("ul", "course-options");
  for (const text of of) {
    const item = element("li", text === outcome ? "course-right" : "");
    item.append(element("span", "", text), ...optionMarks(text, undefined, outcome));
    list.append(item);
  }
  return list;
}

/** How a reader gives a guess. */
interface GuessField {
  element: HTMLElement;
  /** undefined until one is given */
  value(): Answer | undefined;
  set(value: Answer): void;
  /** Marks the options; absent where the answer is drawn in the field's place. */
  mark?(guessed: Answer | undefined, outcome: Answer): void;
  /** Takes the marks away, and the choice. */
  clear?(): void;
}

let groups = 0;

/** Buttons of which one is chosen; none at the start, which would suggest an answer. */
function radios(of: string[]): GuessField {
  const set = document.createElement("fieldset");
  set.className = "course-options";
  const name = `course-guess-${++groups}`;
  set.append(element("legend", "course-unseen", "your guess"));
  const inputs = of.map((text) => {
    const label = element("label", "");
    const input = document.createElement("input");
    Object.assign(input, { type: "radio", name, value: text });
    label.append(input, element("span", "", text));
    set.append(label);
    return input;
  });
  const unmark = () => {
    for (const mark of set.querySelectorAll(".course-marks")) mark.remove();
  };
  return {
    element: set,
    value: () => inputs.find(({ checked }) => checked)?.value,
    set: (value) => inputs.forEach((input) => (input.checked = input.value === value)),
    mark(guessed, outcome) {
      unmark();
      set.disabled = true;
      for (const input of inputs) {
        input.parentElement!.classList.toggle("course-right", input.value === outcome);
        input.parentElement!.append(...optionMarks(input.value, guessed, outcome));
        input.checked = input.value === guessed;
      }
    },
    clear() {
      unmark();
      set.disabled = false;
      for (const input of inputs) {
        input.checked = false;
        input.parentElement!.classList.remove("course-right");
      }
    },
  };
}

function fieldOf(question: Question): GuessField | undefined {
  if (question.kind === "choice") return radios(question.of);
  // where the slider stands at the start is nobody's guess
  let isMoved = false;
  const field = range("your guess", question.spec, () => (isMoved = true));
  if (!field) return undefined;
  const set = (value: Answer) => {
    isMoved = true;
    field.set(value);
  };
  return { ...field, set, value: () => (isMoved ? Number(field.value()) : undefined) };
}

const MEMORY_PREFIX = "course-guess:";
const ASK = "That's my guess";
const AGAIN = "Guess again";
const SKIP = "Show the answer";
const MOVE = "Move the slider to your guess.";

/** Enter sends a guess, and a choice takes away the note that asks for one. */
function watchField({ element }: GuessField, press: HTMLButtonElement, note: HTMLElement): void {
  element.addEventListener("input", () => {
    note.replaceChildren();
    press.disabled = false;
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the focus moves on to the button, which the same key would press again
    press.click();
  });
}

/** The elements of the question; the result stands below them once it is known. */
function parts(view: View, field: GuessField | undefined) {
  const figure = element("figure", "course-control course-guess");
  const question = element("figcaption", "");
  if (typeof view.caption === "string") question.append(...sentenceNodes(view.caption));
  const inputs = element("div", "course-inputs");
  const note = element("p", "course-note");
  const shown = element("div", "course-shown");
  const press = element("button", "course-press", ASK);
  const skip = element("button", "course-skip", SKIP);
  for (const button of [press, skip]) button.type = "button";
  note.setAttribute("role", "status");
  if (field) {
    inputs.append(field.element, note, press, skip);
    watchField(field, press, note);
  }
  figure.append(question, inputs, shown);
  return { figure, note, shown, press, skip };
}

/** Whether nobody has moved the slider of a number yet: where it starts is nobody's guess. */
const waitsForMove = (question: Question, field: GuessField | undefined) =>
  question.kind === "number" && field?.value() === undefined;

/** Shows what asks, or takes it away; pages fold the figure below while the question is open. */
function showQuestion(
  { figure, note, press, skip }: ReturnType<typeof parts>,
  question: Question,
  field: GuessField | undefined,
  isOpen: boolean,
): void {
  const hadFocus = field?.element.contains(document.activeElement);
  figure.toggleAttribute("data-open", isOpen);
  const replaced = field?.mark ? [] : [field?.element]; // by a drawing of the answer
  for (const part of [...replaced, skip]) part?.toggleAttribute("hidden", !isOpen);
  press.textContent = isOpen ? ASK : AGAIN;
  press.disabled = isOpen && waitsForMove(question, field);
  if (press.disabled) note.replaceChildren(MOVE);
  if (hadFocus && !isOpen) press.focus(); // a hidden element loses the focus to the page
}

/** The kernel's answer, or the reason why there is none. */
function responseTo(question: Question, data: unknown): { outcome?: Answer; failed: string } {
  const { shows, failed } = isObject(data) ? data : {};
  return {
    outcome: answerTo(question, isObject(shows) ? shows.text : undefined),
    failed: typeof failed === "string" ? failed : "",
  };
}

/** Calls the kernel's function, where there is one that answers. */
function kernelOf(view: View, page: PageContext, onAnswer: (data: unknown) => void) {
  let state: ConnectionState = "closed";
  let link: Requester | undefined;
  if (page.kernel) {
    link = createRequester(page.kernel, { id: view.id }, onAnswer, (next) => (state = next));
  }
  return {
    answers: () => state === "ready",
    ask: (guessed: Answer) => link?.request({ values: { guess: guessed } }),
    close: () => link?.close(),
  };
}

interface GuessParts {
  question: Question;
  first: Answer;
  unit: string;
  /** Where the reader's guess is kept. */
  key: string;
}

/** What a view asks, and what came out when its cell ran; undefined if the view is damaged. */
function readGuess(view: View): GuessParts | undefined {
  const question = questionOf(view.input);
  const first = question && answerTo(question, view.outcome);
  if (!question || first === undefined) return undefined;
  const unit = typeof view.unit === "string" ? ` ${view.unit}` : "";
  return { question, first, unit, key: keyOf(view) };
}

const keyOf = ({ caption = "" }: View): string => MEMORY_PREFIX + caption;

/** Draws what came out: a line of numbers, or marks on the options where they stand. */
function showOutcome(
  shown: HTMLElement,
  field: GuessField | undefined,
  { question, unit }: GuessParts,
  guessed: Answer | undefined,
  outcome: Answer,
): void {
  if (question.kind === "number") {
    shown.replaceChildren(numberLine(question, guessed, outcome, unit));
  } else if (field?.mark) {
    field.mark(guessed, outcome);
  } else {
    shown.replaceChildren(optionList(question.of, outcome));
  }
}

/** A question's figure dispatches this event once its reader has asked for the answer. */
export const ANSWERED_EVENT = "course-answered";

function drawGuess(host: HTMLElement, view: View, page: PageContext) {
  const read = readGuess(view);
  if (!read) return undefined;
  const { question, first, unit, key } = read;
  const field = page.memory ? fieldOf(question) : undefined;
  const elements = parts(view, field);
  const { figure, note, shown, press, skip } = elements;
  const say = (words: string) => note.replaceChildren(words);
  const setOpen = (isOpen: boolean) => showQuestion(elements, question, field, isOpen);
  let guessed: Answer | undefined;
  let isDrawn = false; // what the memory reveals meanwhile, nobody asks for
  host.replaceChildren(figure);

  const reveal = (outcome: Answer) => {
    if (guessed !== undefined) say(differenceText(question, guessed, outcome, unit));
    setOpen(false);
    showOutcome(shown, field, read, guessed, outcome);
    if (isDrawn) figure.dispatchEvent(new Event(ANSWERED_EVENT, { bubbles: true }));
  };
  const forget = () => {
    guessed = undefined;
    page.memory?.write(key, undefined);
    for (const part of [note, shown]) part.replaceChildren();
    field?.clear?.();
    setOpen(true);
  };
  const kernel = kernelOf(view, page, (data) => {
    const { outcome, failed } = responseTo(question, data);
    if (outcome !== undefined && guessed !== undefined) reveal(outcome);
    else say(failed);
  });
  skip.addEventListener("click", () => (reveal(first), press.focus()));
  press.addEventListener("click", () => {
    if (!figure.hasAttribute("data-open")) return forget();
    guessed = field?.value();
    if (guessed === undefined) return say("Choose one first.");
    page.memory?.write(key, String(guessed));
    if (!kernel.answers()) return reveal(first);
    say("Computing …");
    kernel.ask(guessed);
  });

  guessed = answerTo(question, page.memory?.read(key));
  if (guessed !== undefined) field?.set(guessed);
  if (guessed !== undefined || !field) reveal(first);
  else setOpen(true);
  isDrawn = true;
  const remove = () => (kernel.close(), figure.remove());
  return { update: () => false, redraw: () => undefined, remove };
}

/**
 * Draws a question whose cell hasn't run: its reader guesses first, and the cell's own view, which
 * finds the guess in the memory, then takes its place.
 * @param view what the cell will show, without an outcome
 * @param answer runs the cell; gives why it could not, or ""
 * @returns undefined if nobody can answer the view's question
 */
export function drawQuestion(
  host: HTMLElement,
  view: View,
  memory: Memory,
  answer: (hasGuessed: boolean) => Promise<string>,
): HTMLElement | undefined {
  const question = questionOf(view.input);
  const field = question && fieldOf(question);
  if (!question || !field) return undefined;
  const elements = parts(view, field);
  const { figure, note, press, skip } = elements;
  const say = (words: string) => note.replaceChildren(words);
  let isRunning = false;
  const run = async (hasGuessed: boolean) => {
    if (isRunning) return;
    isRunning = true;
    say("Running what the answer needs …");
    say(await answer(hasGuessed));
    isRunning = false;
  };
  press.addEventListener("click", () => {
    const guessed = field.value();
    if (guessed === undefined) return say("Choose one first.");
    memory.write(keyOf(view), String(guessed));
    void run(true);
  });
  skip.addEventListener("click", () => void run(false));
  const before = answerTo(question, memory.read(keyOf(view)));
  if (before !== undefined) field.set(before);
  showQuestion(elements, question, field, true);
  host.replaceChildren(figure);
  return figure;
}

export const guess: Renderer = { version: 1, hasCaption: true, draw: drawGuess };
