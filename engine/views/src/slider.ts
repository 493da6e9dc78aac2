/** A slider with a play button, for keyboards and screen readers too. */

export interface Slider {
  element: HTMLElement;
  /** Plays all positions from the first; goes to the last if the reader prefers reduced motion. */
  play(): void;
  /** Stops playing. */
  stop(): void;
}

const longestOf = (values: string[]) => Math.max(0, ...values.map((value) => value.length));

/** The duration of a step; shorter if playing all steps would take more than MAX_PLAY_MS. */
const STEP_MS = 450;
const MAX_PLAY_MS = 6000;
/** The time to read a step's sentence, per letter and at least. */
const READING_MS_PER_LETTER = 45;
const MIN_READING_MS = 1500;

/** The duration of a step while playing, long enough to read the longest of these sentences. */
export function stepDuration(count: number, sentences: string[] = []): number {
  const longest = longestOf(sentences);
  if (longest > 0) return Math.max(MIN_READING_MS, longest * READING_MS_PER_LETTER);
  return Math.min(STEP_MS, MAX_PLAY_MS / count);
}

/** Letters; the longer values of a slider stand below it. */
const MAX_VALUE_WIDTH = 24;
/** Letters; on a phone, the longer values stand below their slider. */
const MAX_PHONE_WIDTH = 12;
/** Letters that any value has room for, so that the tracks of two sliders begin below each other. */
const MIN_VALUE_WIDTH = 6;

/** Keeps as much room as the longest value takes, so that the slider beside it doesn't move. */
export function reserveWidth(output: HTMLElement, values: string[]): void {
  output.style.minWidth = `${Math.min(MAX_VALUE_WIDTH, longestOf(values))}ch`;
}

let ranges = 0;

/** Names a range input: a label around an output, too, would name the first of the two. */
export function nameRange(label: HTMLLabelElement, range: HTMLInputElement, name: string): void {
  range.id = `course-range-${++ranges}`;
  range.setAttribute("aria-label", name);
  label.htmlFor = range.id;
}

/**
 * A label with a range input, and its value between the two, where it is read with the label; a long
 * one, such as a sentence, stands below them.
 */
function labeledRange(label: string, values: string[]) {
  const element = document.createElement("label");
  const text = document.createElement("span");
  const range = document.createElement("input");
  const value = document.createElement("output");
  text.textContent = label;
  Object.assign(range, { type: "range", min: "0", max: String(values.length - 1), step: "1" });
  const isLong = longestOf(values) > MAX_VALUE_WIDTH;
  if (!isLong) value.style.minWidth = `${Math.max(MIN_VALUE_WIDTH, longestOf(values))}ch`;
  element.classList.toggle("course-long-value", isLong);
  element.classList.toggle("course-wide-value", longestOf(values) > MAX_PHONE_WIDTH);
  element.append(text, value, range);
  nameRange(element, range, label);
  return { element, range, value };
}

function playButton() {
  const button = document.createElement("button");
  button.type = "button";
  return button;
}

/** Calls `step` every `pause` ms until it returns false. */
function createPlayer(pause: number, step: () => boolean, changed: (playing: boolean) => void) {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    changed(false);
  };
  const start = () => {
    timer = setInterval(() => {
      if (!step()) stop();
    }, pause);
    changed(true);
  };
  return { start, stop, playing: () => timer !== undefined };
}

type Player = ReturnType<typeof createPlayer>;

/**
 * Plays from the first position to the last; goes to the last if the reader prefers reduced motion.
 */
function playThrough(play: Player, go: (position: number) => void, last: number): void {
  const isCalm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches;
  play.stop();
  go(isCalm ? last : 0);
  if (!isCalm) play.start();
}

/**
 * @param label the quantity that the slider sets
 * @param values the label of each position
 * @param moved called with the new position, from 0
 * @param stepMs how long a step takes while playing
 */
export function slider(
  label: string,
  values: string[],
  start: number,
  moved: (position: number) => void,
  stepMs = stepDuration(values.length),
): Slider {
  const element = document.createElement("div");
  element.className = "course-slider";
  const { element: labeled, range, value } = labeledRange(label, values);
  const button = playButton();
  element.append(button, labeled);

  const show = (position: number) => {
    range.value = String(position);
    range.setAttribute("aria-valuetext", values[position]!);
    value.textContent = values[position]!;
  };
  const go = (position: number) => {
    show(position);
    moved(position);
  };
  const last = values.length - 1;
  const play = createPlayer(
    stepMs,
    () => {
      go(Math.min(last, Number(range.value) + 1));
      return Number(range.value) < last;
    },
    (playing) => {
      button.classList.toggle("course-playing", playing);
      button.setAttribute("aria-label", `${playing ? "Pause" : "Play"} ${label}`);
    },
  );
  range.addEventListener("input", () => {
    play.stop();
    go(Number(range.value));
  });
  button.addEventListener("click", () => {
    if (play.playing()) return play.stop();
    if (Number(range.value) === last) go(0);
    play.start();
  });
  show(start);
  play.stop();
  return { element, play: () => playThrough(play, go, last), stop: play.stop };
}
