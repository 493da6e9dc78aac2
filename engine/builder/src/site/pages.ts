/** All pages of a site, and the text that its search reads. */
import type { RenderedPage } from "./frame.js";
import { landingPage } from "./landing.js";
import { lessonPage } from "./lessonPage.js";
import type { Files, Section, Site } from "./model.js";
import { helpersPage, missingPage } from "./textPages.js";

/** The landing page, a page for each lesson, and the helpers. */
export function pages(site: Site): RenderedPage {
  const { helpers, cover, course } = site;
  const description = cover.lead.split("\n\n")[0]!.replace(/\s+/g, " ") || course.title;
  const made = [
    landingPage(site, description),
    ...site.lessons.map((lesson) => lessonPage(lesson, site)),
    ...(helpers === undefined ? [] : [helpersPage(site, helpers)]),
    missingPage(site),
  ];
  const files: Files = new Map(made.flatMap((one) => [...one.files]));
  return { files, sections: made.flatMap(({ sections }) => sections) };
}

/** What search.json holds; the page builds its index from it in a moment. */
export function searchFile(sections: Section[]): string {
  return JSON.stringify(sections.map((section, id) => ({ id, ...section })));
}
