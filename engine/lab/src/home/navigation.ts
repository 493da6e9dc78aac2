/**
 * Ways between lessons: the side panel with ticks and points, and in each notebook a slim row on
 * top and a note below its last cell.
 */
import { type Exercise, type Lesson, lessonsByPart } from "./course";
import {
  h,
  onPlainClick,
  bar,
  lessonLink,
  exercises,
  tick,
  type HomeState,
  spoken,
  neighborsOf,
  numberOf,
  type Actions,
} from "./parts";
import { plural, pointsText, lessonProgress, standingsOf, totalProgress } from "./progress";

export function lessonsPanel({ folder: known, actions, current }: HomeState): HTMLElement[] {
  const { course, progress, bookmarks: places, problem: trouble } = known;
  const standings = standingsOf(course, progress, places);
  const total = totalProgress([...standings.values()]);
  const home = h("a.course-home-link", { href: "#", "data-key": "home" }, "Home");
  const item = (lesson: Lesson) => {
    const standing = standings.get(lesson.id)!;
    return h(
      "li",
      { class: lesson.id === current ? "course-current" : undefined },
      tick(standing),
      lessonLink(lesson, actions, lesson.id === current),
      exercises(standing, lesson),
    );
  };
  const lists = lessonsByPart(course).flatMap(({ title, lessons }) => [
    ...(title === undefined ? [] : [h("h2", {}, title)]),
    h("ol", {}, ...lessons.map(item)),
  ]);
  const soFar = `${total.passed} of ${plural(total.exercises, "exercise")} passed`;
  return [
    h(
      "div.course-lessons-head",
      {},
      onPlainClick(home, () => actions.openHome()),
      h("p.course-so-far", {}, bar(total.passed, total.exercises, "Exercises passed"), soFar),
    ),
    ...(trouble ? [h("p.course-trouble", {}, trouble)] : []),
    h("nav", { "aria-label": "Lessons" }, ...lists),
  ];
}

/** The row on top: previous lesson, home, progress in this lesson, next lesson. */
export function navigation(lesson: Lesson, { folder: known, actions }: HomeState): HTMLElement[] {
  const { previous, next } = neighborsOf(known.course, lesson);
  const standing = lessonProgress(lesson, known.progress, known.bookmarks);
  const home = h("a.course-home-link", { href: "#", "data-key": "home" }, "Home");
  const soFar = `${standing.passed} of ${plural(standing.exercises, "exercise")}`;
  return [
    previous ? neighbor(previous, "Previous", actions) : h("span"),
    h(
      "span.course-middle",
      {},
      onPlainClick(home, () => actions.openHome()),
      ...(standing.exercises > 0
        ? [bar(standing.passed, standing.exercises, "Exercises passed"), soFar]
        : []),
    ),
    next ? neighbor(next, "Next", actions) : h("span"),
  ];
}

function neighbor(lesson: Lesson, way: "Previous" | "Next", actions: Actions): HTMLElement {
  const label = `${numberOf(lesson)} ${lesson.title}`.trim();
  if (!actions.isThere(lesson)) return h("span");
  const href = actions.addressOf(`${lesson.id}.ipynb`);
  const attributes = { href, "data-key": way, title: `${way}: ${label}` };
  const text = h("span.course-title", {}, label);
  const link = h(
    `a.course-${way === "Next" ? "next" : "previous"}` as "a.course-next",
    attributes,
    spoken(`${way}: `),
    text,
  );
  return onPlainClick(link, () => actions.openLesson(lesson));
}

/** The note at the end: links to exercises that are still open, or praise. */
export function ending(lesson: Lesson, { folder: known, actions }: HomeState): HTMLElement[] {
  const standing = lessonProgress(lesson, known.progress, known.bookmarks);
  if (standing.exercises === 0) return [];
  if (standing.state !== "done") {
    const open = lesson.exercises.filter(({ name }) => !known.progress[name]?.passed);
    return [h("p", {}, "Still open: ", ...exerciseLinks(open, lesson, actions))];
  }
  const all = standing.exercises === 1 ? "the exercise" : `all ${standing.exercises} exercises`;
  const praise =
    `You passed ${all} of ${lesson.title}: ` +
    `${pointsText(standing.earned)} of ${plural(standing.points, "point")}. Well done!`;
  return [h("p.course-praise", {}, praise)];
}

function exerciseLinks(open: Exercise[], lesson: Lesson, actions: Actions): (Node | string)[] {
  return open.flatMap(({ name, gradeId }, i) => {
    const href = actions.addressOf(`${lesson.id}.ipynb`);
    const link = h("a.course-link", { href, "data-key": gradeId }, name);
    const separator = i < open.length - 1 ? ", " : ".";
    return [onPlainClick(link, () => actions.openLesson(lesson, gradeId)), separator];
  });
}
