/** The drawing of the components on the home page, and the list that says what each of them does. */
import {
  COMPONENT_MAP_HINT,
  componentDrawing,
  linkComponentMap,
  svgElementOf,
} from "views/componentMap";
import { h, lessonLink, tick, type HomeState } from "./parts";
import type { Lesson } from "./course";
import { plural, type Standings } from "./progress";

/** The component that is open, "" for none; the page is drawn again whenever progress changes. */
let openComponent = "";

/** "5 lessons", or how many of them are done. */
function countText(lessons: Lesson[], standings: Standings): string {
  const done = lessons.filter(({ id }) => standings.get(id)!.state === "done").length;
  const all = plural(lessons.length, "lesson");
  return done === 0 ? all : `${done} of ${all} done`;
}

/** Nothing where the course has no drawing. */
export function componentSection(scene: HomeState, standings: Standings): HTMLElement | undefined {
  const { course } = scene.folder;
  const { componentMap: map, components } = course;
  if (!map) return undefined;
  const parts = components.map((name, color) => {
    const lessons = course.lessons.filter((lesson) => lesson.components.includes(name));
    const items = lessons.map((lesson) => {
      const link = lessonLink(lesson, scene.actions);
      // the map below has a link with the lesson's key
      if (link.dataset.key) link.dataset.key = `${name} ${lesson.id}`;
      return h("li", {}, tick(standings.get(lesson.id)!), " ", link);
    });
    const count = h("span.course-count", {}, countText(lessons, standings));
    const attributes = { name: "component", "data-part": name, "data-color": String(color) };
    const part = h(
      "details",
      { ...attributes, open: name === openComponent ? "" : undefined },
      h("summary", { "data-key": `component ${name}` }, name, " ", count),
      h("p", {}, map.about[name] ?? ""),
      h("ul", {}, ...items),
    );
    part.addEventListener("toggle", () => {
      if (part.open) openComponent = name;
      else if (openComponent === name) openComponent = "";
    });
    return part;
  });
  const section = h(
    "section.course-components",
    { "aria-labelledby": "course-components" },
    h("h2", { id: "course-components" }, map.title),
    h("p.course-map-hint", {}, COMPONENT_MAP_HINT),
    svgElementOf(componentDrawing(map, components)),
    h("div", {}, ...parts),
  );
  linkComponentMap(section);
  return section;
}
