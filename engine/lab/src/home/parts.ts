/** Pieces that the home page, the side panel and the notebook's row have in common. */
import type { Course, Lesson } from "./course";
import { h, onPlainClick, spoken } from "./element";
import { plural, pointsText, type LessonProgress, type State } from "./progress";
import type { CourseFolder } from "./store";

/** What a click does, and the address that a new tab of the browser would open. */
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

/** "06" of "06-attention"; nothing where an id has no number. */
export const numberOf = ({ id }: Lesson): string => /^\d+/.exec(id)?.[0] ?? "";

/** An empty ring, half of one, or a tick. */
export function tick(state: State): HTMLElement {
  const sign = h("span.course-tick", { "data-state": state, "aria-hidden": "true" });
  return h("span", { title: STATE_LABELS[state] }, sign, spoken(STATE_LABELS[state]));
}

/** A link to a lesson, or its title with a note where the notebook is gone. */
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

/** "12 of 30", with a bar; or what is marked by hand, where checks give no points. */
export function points(standing: LessonProgress, lesson: Lesson): HTMLElement {
  if (standing.points === 0) {
    const text = lesson.manualPoints > 0 ? `${plural(lesson.manualPoints, "point")} by hand` : "";
    return h("span.course-points", {}, text);
  }
  const { earned, points: of } = standing;
  const text = `${pointsText(earned)} of ${pointsText(of)}`;
  return h("span.course-points", {}, bar(standing, `Points in ${lesson.title}`), text);
}

export function bar({ earned, points }: LessonProgress, label: string): HTMLElement {
  const attributes = { value: String(earned), max: String(points), "aria-label": label };
  return h("progress.course-bar", attributes);
}

/** The lessons before and after this one. */
export function neighborsOf({ lessons }: Course, { id }: Lesson) {
  const at = lessons.findIndex((lesson) => lesson.id === id);
  return { previous: lessons[at - 1], next: lessons[at + 1] };
}

/** What drawing needs. */
export interface HomeState {
  folder: CourseFolder;
  actions: Actions;
  /** The lesson whose notebook is in front. */
  current: string | undefined;
}
