/** The drawing of the components on the landing page, and the list that says what each of them does. */
import { COMPONENT_MAP_HINT, componentDrawing, svgTextOf } from "views/componentMap";
import { escapeHtml, typographic } from "../render/markdown.js";
import { numberOf, type Site } from "./model.js";
import { type PageContext, renderPhrase } from "./text.js";

/** Nothing where the course has no drawing. */
export function componentSection(site: Site, page: PageContext): string {
  const { componentMap: map, course } = site;
  if (!map) return "";
  const drawing = svgTextOf(componentDrawing(map, course.components), escapeHtml);
  const parts = course.components.map((name, color) => {
    const lessons = site.lessons.filter(({ lesson }) => lesson.components.includes(name));
    const links = lessons.map(
      ({ lesson }) =>
        `<li><a href="${lesson.id}.html"><span class="number">${numberOf(lesson)}</span> ` +
        `${renderPhrase(lesson.title, page)}</a></li>`,
    );
    return `<details name="component" data-part="${escapeHtml(name)}" data-color="${color}"${color === 0 ? " open" : ""}>
<summary>${escapeHtml(name)}</summary>
<p>${escapeHtml(typographic(map.about[name] ?? ""))}</p>
<ul>${links.join("\n")}</ul></details>`;
  });
  return `<section class="course-components" aria-labelledby="components">
<h2 id="components" tabindex="-1">${escapeHtml(map.title)}</h2>
<p class="course-map-hint">${COMPONENT_MAP_HINT}</p>
${drawing}
<div>${parts.join("\n")}</div>
</section>
`;
}
