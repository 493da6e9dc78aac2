/** The home page: the course in a sentence, its map with the student's progress, links to more. */
import { componentSection } from "./components";
import { type Lesson, lessonsByPart, type Page } from "./course";
import { h, onPlainClick, spoken } from "./parts";
import {
  bar,
  doneStyle,
  lessonLink,
  numberOf,
  points,
  STATE_LABELS,
  tick,
  type HomeState,
} from "./parts";
import {
  durationText,
  plural,
  pointsText,
  standingsOf,
  totalProgress,
  nextStep,
  type LessonProgress,
  type Standings,
} from "./progress";

export function homePage(scene: HomeState): HTMLElement[] {
  const { course, progress, bookmarks: places, problem: trouble } = scene.folder;
  const standings = standingsOf(course, progress, places);
  const total = totalProgress([...standings.values()]);
  return [
    h(
      "div.course-page",
      {},
      h(
        "div.course-opening",
        {},
        h(
          "div",
          {},
          h("h1", {}, course.title),
          summary(scene, total),
          ...(trouble ? [h("p.course-trouble", { role: "alert" }, trouble)] : []),
          wayButton(scene, total),
        ),
        componentSection(scene, standings),
      ),
      lessonMap(scene, standings),
      pages(scene),
    ),
  ];
}

const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);

/** What the course is, what it holds, and what is done of it once something is. */
function summary({ folder: { course } }: HomeState, total: LessonProgress): HTMLElement {
  const hours = Math.round(sum(course.lessons.map(({ minutes }) => minutes)) / 60);
  const facts = [
    plural(course.lessons.length, "lesson"),
    plural(total.exercises, "exercise"),
    `about ${plural(hours, "hour")}`,
  ];
  const text = h("p.course-facts", {}, facts.join(" · "));
  if (total.state === "new") {
    return h(
      "div",
      {},
      course.about === "" ? undefined : h("p.course-about", {}, course.about),
      text,
    );
  }
  const soFar =
    `${total.passed} of ${plural(total.exercises, "exercise")} passed, ` +
    `${pointsText(total.earned)} of ${plural(total.points, "point")} by checks`;
  const done = bar(total.passed, total.exercises, "Exercises passed");
  return h("div", {}, text, h("p.course-so-far", {}, done, soFar));
}

/** The button that leads to the next step, with praise once the course is done. */
function wayButton({ folder: known, actions }: HomeState, total: LessonProgress): HTMLElement {
  const { course, progress, bookmarks: places } = known;
  const way = nextStep(course, progress, places, (lesson) => actions.isThere(lesson));
  const praise =
    total.state === "done"
      ? h("p.course-praise", {}, "You have passed every exercise of the course. Well done!")
      : undefined;
  if (!way) return h("div.course-way", {}, praise);
  const { verb, lesson } = way;
  const label = `${numberOf(lesson)} ${lesson.title}`.trim();
  const link = h(
    "a.course-go",
    { href: actions.addressOf(`${lesson.id}.ipynb`), "data-key": "go" },
    h("span.course-verb", {}, verb),
    h("span.course-goal", {}, label),
  );
  return h(
    "div.course-way",
    {},
    praise,
    onPlainClick(link, () => actions.openLesson(lesson)),
    h("p.course-question", {}, lesson.question),
  );
}

/** A table of lessons by components of a model. */
function lessonMap(scene: HomeState, standings: Standings): HTMLElement {
  const { components, lessons } = scene.folder.course;
  const hasSlides = lessons.some(({ id }) => scene.folder.slides.includes(`${id}.html`));
  const head = (text: string, name?: string) => h("th", { scope: "col", class: name }, text);
  const turned = (component: string, color: number) => {
    const key = h("i.course-dot", { "data-color": String(color), "aria-hidden": "true" });
    return h(
      "th.course-component",
      { scope: "col", title: component },
      h("span", {}, component),
      key,
    );
  };
  const heads = [
    h("th", { scope: "col" }, spoken("State")),
    head("Lesson"),
    ...components.map(turned),
    head("Time", "course-narrow"),
    head("Points", "course-narrow"),
    ...(hasSlides ? [head("Slides", "course-narrow")] : []),
  ];
  const bodies = lessonsByPart(scene.folder.course).map((part) =>
    h(
      "tbody",
      {},
      part.title === undefined ? undefined : partRow(part.title, heads.length),
      ...part.lessons.map((lesson) =>
        lessonRow(lesson, scene, standings.get(lesson.id)!, hasSlides),
      ),
    ),
  );
  return h(
    "table.course-map",
    {},
    h("caption", {}, "The course, and which part of a model each lesson builds"),
    h("thead", {}, h("tr", {}, ...heads)),
    ...bodies,
  );
}

const partRow = (title: string, columns: number): HTMLElement =>
  h("tr.course-part", {}, h("th", { scope: "rowgroup", colspan: String(columns) }, title));

function lessonRow(
  lesson: Lesson,
  scene: HomeState,
  standing: LessonProgress,
  hasSlides: boolean,
): HTMLElement {
  const { folder: known, actions, current } = scene;
  const title = h(
    "th",
    { scope: "row" },
    lessonLink(lesson, actions, lesson.id === current),
    h("span.course-question", {}, lesson.question),
  );
  return h(
    "tr",
    { "data-state": standing.state },
    h("td.course-state", {}, tick(standing)),
    title,
    ...known.course.components.map((name, color) => builds(lesson, name, color, standing)),
    h("td.course-narrow", {}, durationText(lesson.minutes)),
    h("td.course-narrow", {}, points(standing, lesson), byHand(lesson, standing)),
    ...(hasSlides ? [h("td.course-narrow", {}, slides(lesson, scene))] : []),
  );
}

/** Points that an instructor gives, beside those of checks. */
const byHand = (lesson: Lesson, { points: of }: LessonProgress) =>
  of > 0 && lesson.manualPoints > 0
    ? h("span.course-by-hand", {}, `and ${pointsText(lesson.manualPoints)} by your instructor`)
    : undefined;

/** The table's cell for a lesson and a component: empty, or a dot with the lesson's state. */
function builds(
  lesson: Lesson,
  component: string,
  color: number,
  standing: LessonProgress,
): HTMLElement {
  const { state } = standing;
  if (!lesson.components.includes(component)) return h("td.course-component");
  const attributes = {
    "data-state": state,
    "data-color": String(color),
    style: doneStyle(standing),
    "aria-hidden": "true",
  };
  const says = `${component}: ${STATE_LABELS[state]}`;
  return h("td.course-component", { title: says }, h("span.course-dot", attributes), spoken(says));
}

function slides(
  { id, title }: Lesson,
  { folder: known, actions }: HomeState,
): HTMLElement | undefined {
  const name = `${id}.html`;
  if (!known.slides.includes(name)) return undefined;
  const href = actions.addressOf(`slides/${name}`);
  return h("a", { href, target: "_blank" }, "slides", spoken(` of ${title}`));
}

/** Links to the helpers' page and the course's other pages, those for instructors apart. */
function pages({ folder: known, actions }: HomeState): HTMLElement {
  const helpers: Page = {
    path: "helpers.md",
    title: "Helpers: everything that course offers, on one page",
    staff: false,
  };
  const all = [...(known.files.includes(helpers.path) ? [helpers] : []), ...known.course.pages];
  const item = ({ path, title }: Page) => {
    const attributes = { href: actions.addressOf(path), "data-key": path };
    const link = h("a.course-link", attributes, title);
    return h(
      "li",
      {},
      onPlainClick(link, () => actions.openPage(path)),
    );
  };
  const list = (heading: string, staff: boolean) => {
    const items = all.filter((page) => page.staff === staff).map(item);
    return items.length === 0 ? [] : [h("h2", {}, heading), h("ul", {}, ...items)];
  };
  return h(
    "nav.course-pages",
    { "aria-label": "To read" },
    ...list("To read", false),
    ...list("For instructors and authors", true),
  );
}
