/**
 * Elements of the page, and pieces that the home page, the side panel and the notebook's row share.
 */
import type { Course, Lesson } from "./course";
import { plural, pointsText, type LessonProgress, type State } from "./progress";
import type { CourseFolder } from "./store";

/** Elements of a page from plain data. Text is only ever text, so no title can bring in HTML. */
type Child = Node | string | undefined;

/**
 * An element with attributes and children; an attribute that is undefined is left out.
 * @param tag "a", or with a class, "a.course-link"
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K | `${K}.${string}`,
  attributes: Record<string, string | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const [name, ...classes] = tag.split(".") as [K, ...string[]];
  const element = document.createElement(name);
  if (classes.length > 0) element.classList.add(...classes);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Text for screen readers only. */
export const spoken = (text: string): HTMLElement => h("span.course-spoken", {}, text);

/** Calls `open` for a plain click; with a modifier key, the browser opens a tab as usual. */
export function onPlainClick(link: HTMLAnchorElement, open: () => void): HTMLAnchorElement {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open();
  });
  return link;
}

/** Replaces the children, and moves the focus to the new element with the same data-key. */
export function replaceChildren(node: HTMLElement, ...children: Node[]): void {
  const focused = document.activeElement;
  const key =
    focused instanceof HTMLElement && node.contains(focused) ? focused.dataset.key : undefined;
  node.replaceChildren(...children);
  if (key === undefined) return;
  node.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

/** Actions of links, and the addresses that they have in a new browser tab. */
export interface Actions {
  openLesson(lesson: Lesson, cell?: string): void;
  openPage(path: string): void;
  openHome(): void;
  addressOf(path: string): string;
  isThere(lesson: Lesson): boolean;
}

export const STATE_LABELS: Record<State, string> = {
  new: "not begun",
  begun: "begun",
  done: "done",
};

/** "06" for "06-attention"; "" for an id without a number. */
export const numberOf = ({ id }: Lesson): string => /^\d+/.exec(id)?.[0] ?? "";

/** How much of a lesson's exercises has passed, as a custom property of a sign. */
export const doneStyle = ({ passed, exercises: of }: LessonProgress): string =>
  `--done: ${of === 0 ? 0 : Math.round((100 * passed) / of)}%`;

/** A ring: gray, then green and filled as far as the exercises have passed, then with a tick. */
export function tick(standing: LessonProgress): HTMLElement {
  const { state } = standing;
  const style = doneStyle(standing);
  const sign = h("span.course-tick", { "data-state": state, style, "aria-hidden": "true" });
  const title = `${standing.passed} of ${plural(standing.exercises, "exercise")} passed`;
  return h("span", { title }, sign, spoken(STATE_LABELS[state]));
}

/** A link to a lesson; without its notebook, the title with a note. */
export function lessonLink(lesson: Lesson, actions: Actions, current = false): HTMLElement {
  const number = numberOf(lesson);
  const label = [
    ...(number ? [h("span.course-number", {}, number), " "] : []),
    h("span.course-title", {}, lesson.title),
  ];
  if (!actions.isThere(lesson)) {
    const note = h("span.course-note", {}, "not in your folder; npm start puts it back");
    return h("span.course-missing", {}, ...label, " ", note);
  }
  const attributes = {
    href: actions.addressOf(`${lesson.id}.ipynb`),
    "data-key": lesson.id,
    "aria-current": current ? "page" : undefined,
  };
  const link = h("a.course-link", attributes, ...label);
  return onPlainClick(link, () => actions.openLesson(lesson));
}

/** "12 of 30 points" with a bar; for a lesson without checked points, those that an instructor gives. */
export function points(standing: LessonProgress, lesson: Lesson): HTMLElement {
  if (standing.points === 0) {
    const manual = plural(lesson.manualPoints, "point");
    const text = lesson.manualPoints > 0 ? `${manual} by your instructor` : "";
    return h("span.course-points", {}, text);
  }
  const { earned, points: of } = standing;
  const text = `${pointsText(earned)} of ${plural(of, "point")}`;
  const label = `Points in ${lesson.title}`;
  return h("span.course-points", {}, bar(earned, of, label), text);
}

/** "1 of 4 exercises" with a bar, "4 exercises" before the first; nothing for a lesson without any. */
export function exercises({ passed, exercises: of }: LessonProgress, lesson: Lesson): HTMLElement {
  if (of === 0) return h("span.course-points");
  if (passed === 0) return h("span.course-points", {}, plural(of, "exercise"));
  const label = `Exercises passed in ${lesson.title}`;
  return h(
    "span.course-points",
    {},
    bar(passed, of, label),
    `${passed} of ${plural(of, "exercise")}`,
  );
}

export const bar = (value: number, of: number, label: string): HTMLElement =>
  h("progress.course-bar", { value: String(value), max: String(of), "aria-label": label });

/** The lessons before and after this one. */
export function neighborsOf({ lessons }: Course, { id }: Lesson) {
  const at = lessons.findIndex((lesson) => lesson.id === id);
  return { previous: lessons[at - 1], next: lessons[at + 1] };
}

/** The state that the home page, the side panel and rows draw. */
export interface HomeState {
  folder: CourseFolder;
  actions: Actions;
  /** The lesson of the current notebook. */
  current: string | undefined;
}
