/** All pages of a site, and the text that its search reads. */
import { escapeHtml } from "../render/markdown.js";
import {
  addressIn,
  pageSections,
  type RenderedPage,
  renderPage,
  tableOfContents,
} from "./frame.js";
import { landingPage } from "./landing.js";
import { lessonPage } from "./lessonPage.js";
import type { Files, Section, Site } from "./model.js";
import { newPageContext, renderText } from "./text.js";

/** The landing page, a page for each lesson, and the helpers. */
export function pages(site: Site): RenderedPage {
  const { helpers, cover, course } = site;
  const description = cover.lead.split("\n\n")[0]!.replace(/\s+/g, " ") || course.title;
  const made = [
    landingPage(site, description),
    ...site.lessons.map((lesson) => lessonPage(lesson, site)),
    ...(helpers === undefined ? [] : [helpersPage(site, helpers)]),
    ...site.textPages.map(({ name, title, markdown }) =>
      textPage(site, { file: `${name}.html`, title, markdown, description: opening(markdown) }),
    ),
    missingPage(site),
  ];
  const files: Files = new Map(made.flatMap((one) => [...one.files]));
  return { files, sections: made.flatMap(({ sections }) => sections) };
}

/** The addresses of all pages, for search engines. */
export function sitemap(url: string, files: Files): string {
  const names = [...files.keys()].filter((name) => name.endsWith(".html") && name !== "404.html");
  const entries = names.map((name) => `<url><loc>${escapeHtml(addressIn(url, name))}</loc></url>`);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' +
    `${entries.join("\n")}\n</urlset>\n`
  );
}

/** What search.json holds; the page builds its index from it in a moment. */
export function searchFile(sections: Section[], synonyms: Site["synonyms"]): string {
  return JSON.stringify({
    sections: sections.map((section, id) => ({ id, ...section })),
    synonyms,
  });
}

// Pages of text: the helpers, the course's own pages, and the page that a host shows for an address
// that doesn't exist

/** @param markdown a page that begins with its title */
export function helpersPage(site: Site, markdown: string): RenderedPage {
  return textPage(site, {
    file: "helpers.html",
    title: "Helpers",
    markdown: markdown.replace(/^(\s*<!--.*?-->)+\s*/s, ""),
    description: `What the notebooks of ${site.course.title} can import`,
  });
}

interface PageText {
  file: string;
  title: string;
  /** Begins with its title. */
  markdown: string;
  description: string;
}

export function textPage(site: Site, { file, title, markdown, description }: PageText) {
  const page = newPageContext(file);
  const html = renderText(markdown, page);
  const main = `${tableOfContents(page.headings.slice(1))}\n<article>\n${html}</article>`;
  const document = renderPage(site, { file, title, description, main, kind: "text" });
  return { files: new Map([[file, document]]), sections: pageSections(title, page) };
}

/** What a page opens with, for previews of links to it: its first sentence as plain words. */
function opening(markdown: string): string {
  const [, paragraph = ""] = markdown.split(/\n\n+/);
  const words = paragraph.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`]/g, "");
  return words.replace(/\s+/g, " ").trim();
}

/** Hosts show 404.html at any address, so its own addresses begin with the site's path. */
function missingPage(site: Site): RenderedPage {
  const main =
    `<article><h1>This page isn’t here</h1>\n<p>The address may be mistyped or old. ` +
    `<a href="${site.base}index.html#lessons">All lessons</a> lead on, and search finds words.</p></article>`;
  const document = renderPage(site, {
    file: "404.html",
    title: "Not found",
    description: "This page isn’t here",
    main,
    kind: "text",
    prefix: site.base,
  });
  return { files: new Map([["404.html", document]]), sections: [] };
}
