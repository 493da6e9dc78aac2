/** The side panel: the lessons with their ticks and points, at hand while the student works. */
import { h, onPlainClick } from "./element";
import { bar, lessonLink, points, tick, type HomeState } from "./parts";
import { plural, pointsText, lessonProgress, totalProgress } from "./progress";

export function lessonsPanel({ folder: known, actions, current }: HomeState): HTMLElement[] {
  const { course, progress, bookmarks: places, problem: trouble } = known;
  const standings = course.lessons.map((lesson) => lessonProgress(lesson, progress, places));
  const total = totalProgress(standings);
  const home = h("a.course-home-link", { href: "#", "data-key": "home" }, "Home");
  const items = course.lessons.map((lesson, i) =>
    h(
      "li",
      { class: lesson.id === current ? "course-current" : undefined },
      tick(standings[i]!.state),
      lessonLink(lesson, actions, lesson.id === current),
      points(standings[i]!, lesson),
    ),
  );
  const soFar = `${pointsText(total.earned)} of ${plural(total.points, "point")}`;
  return [
    onPlainClick(home, () => actions.openHome()),
    h("p.course-so-far", {}, bar(total, "Points in the course"), soFar),
    ...(trouble ? [h("p.course-trouble", {}, trouble)] : []),
    h("nav", { "aria-label": "Lessons" }, h("ol", {}, ...items)),
  ];
}
