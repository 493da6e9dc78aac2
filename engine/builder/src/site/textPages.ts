/** Pages that are only text: the helpers, and what a host shows for an address that isn't there. */
import { renderPage, pageSections, type RenderedPage } from "./frame.js";
import type { Site } from "./model.js";
import { newPageContext, renderText } from "./text.js";
import { tableOfContents } from "./ways.js";

/** @param markdown a page that begins with its title */
export function helpersPage(site: Site, markdown: string): RenderedPage {
  const paper = newPageContext("helpers.html");
  const text = markdown.replace(/^(\s*<!--.*?-->)+\s*/s, "");
  const html = renderText(text, paper);
  const [title, ...headings] = paper.headings;
  const main = `${tableOfContents(headings)}\n<article>\n${html}</article>`;
  const page = renderPage(site, {
    file: paper.file,
    title: title?.text ?? "Helpers",
    description: `What the notebooks of ${site.course.title} can import`,
    main,
    kind: "text",
  });
  return {
    files: new Map([[paper.file, page]]),
    sections: pageSections(title?.text ?? "Helpers", paper),
  };
}

/** Hosts show 404.html at any address, so its own addresses begin with the site's path. */
export function missingPage(site: Site): RenderedPage {
  const main =
    `<article><h1>This page isn’t here</h1>\n<p>The address may be mistyped or old. ` +
    `<a href="${site.base}index.html#lessons">All lessons</a> lead on, and search finds words.</p></article>`;
  const page = renderPage(site, {
    file: "404.html",
    title: "Not found",
    description: "This page isn’t here",
    main,
    kind: "text",
    prefix: site.base,
  });
  return { files: new Map([["404.html", page]]), sections: [] };
}
