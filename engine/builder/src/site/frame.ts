/** What all pages have: head, header bar, footer, and navigation in a page and to the next one. */
import type { Lesson, Neighbor } from "../lesson/model.js";
import { escapeHtml } from "../render/markdown.js";
import { type Files, nameOf, type Section, type Site } from "./model.js";
import { addressOf, type Heading, type PageContext } from "./text.js";

/** A page with what belongs to it. */
export interface RenderedPage {
  files: Files;
  sections: Section[];
}

export interface Page {
  file: string;
  title: string;
  description: string;
  /** HTML. */
  main: string;
  kind: "landing" | "lesson" | "text";
  /** The lesson's id, on its page. */
  lesson?: string;
  /** The lesson after it. */
  next?: Neighbor;
  /** The picture that a link's preview shows: a file of the site. */
  card?: string;
  /** Stands before every address; pages of the site's own folder need none. */
  prefix?: string;
}

const preloadFont = (href: string) =>
  `<link rel="preload" href="${href}" as="font" type="font/woff2" crossorigin>`;

/** The fonts of a lesson's first screen; late ones would leave it in several faces. */
const FIRST_FONTS = [
  "inter-latin-wght-normal",
  "inter-latin-wght-italic",
  "jetbrains-mono-latin-400-normal",
];

/** Nothing comes from another host, and no script but the site's own runs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export function renderPage(site: Site, page: Page): string {
  const { course, asset } = site;
  const { prefix = "" } = page;
  const to = (address: string) => escapeHtml(prefix + address);
  const title = page.kind === "landing" ? course.title : `${page.title} · ${course.title}`;
  return `<!doctype html>
<html lang="en" data-search="${to("search.json")}" data-plotly="${to(asset("assets/plotly.js"))}"${liveData(site, page, to)}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(page.description)}">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
${preview(site, page, title)}
<link rel="icon" href="${to(asset("assets/icon.svg"))}" type="image/svg+xml">
${FIRST_FONTS.map((font) => preloadFont(to(`assets/fonts/${font}.woff2`))).join("\n")}
<link rel="stylesheet" href="${to(asset("assets/katex.css"))}">
<link rel="stylesheet" href="${to(asset("assets/site.css"))}">
<script src="${to(asset("assets/theme.js"))}"></script>
<script src="${to(asset("assets/page.js"))}" defer></script>
</head>
<body class="${page.kind}">
<a class="skip" href="#main">Skip to the text</a>
${headerBar(site, page, to)}
<main id="main" tabindex="-1">
${page.main}
</main>
${footer(site)}
</body>
</html>
`;
}

/** What a lesson's page needs to run code, where the site has a kernel. */
function liveData(
  { canRun, base, asset }: Site,
  { lesson }: Page,
  to: (address: string) => string,
): string {
  if (!canRun || lesson === undefined) return "";
  const live = to(asset("assets/live.js"));
  return ` data-live="${live}" data-run="run/" data-base="${escapeHtml(base)}" data-lesson="${lesson}"`;
}

/**
 * What a link to the page shows elsewhere, and the page's one address; those need the site's own.
 */
function preview({ course, url, citation }: Site, page: Page, title: string): string {
  const meta = (name: string, content: string) =>
    `<meta ${/^(og|article):/.test(name) ? "property" : "name"}="${name}" content="${escapeHtml(content)}">`;
  const lines = [
    meta("og:title", title),
    meta("og:description", page.description),
    meta("og:site_name", course.title),
    meta("og:type", page.kind === "lesson" ? "article" : "website"),
    ...(citation ? [meta("author", citation.authors.join(", "))] : []),
    ...(citation?.date && page.kind === "lesson"
      ? [meta("article:published_time", citation.date)]
      : []),
  ];
  if (url === undefined || page.file === "404.html") return lines.join("\n");
  const address = addressIn(url, page.file);
  lines.push(`<link rel="canonical" href="${escapeHtml(address)}">`, meta("og:url", address));
  lines.push(meta("twitter:card", page.card ? "summary_large_image" : "summary"));
  if (page.card) lines.push(meta("og:image", url + encodeURI(page.card)));
  return lines.join("\n");
}

/** The landing page's address is the folder's. */
export const addressIn = (url: string, file: string): string =>
  url + (file === "index.html" ? "" : encodeURI(file));

/**
 * The bar on top. On narrow screens, the site's links are a menu that opens by the browser alone; a
 * page's script shows what one reads and the way on once the title has scrolled away.
 */
function headerBar(
  { course, canRun, helpers }: Site,
  page: Page,
  to: (address: string) => string,
): string {
  const links = [
    ["index.html#lessons", "Lessons"],
    ...(helpers === undefined ? [] : [["helpers.html", "Helpers"]]),
    ...(canRun ? [["run/lab/index.html", "Run"]] : []),
  ];
  const items = links.map(([href, text]) => `<a href="${to(href!)}">${text}</a>`);
  return `<header class="bar">
<p class="place"><a class="home" href="${to("index.html")}">${escapeHtml(course.title)}</a>${whereTo(page)}
<nav id="site-links" aria-label="Site" popover>${items.join("")}</nav>
<button type="button" data-open-search hidden aria-keyshortcuts="/"><span>Search</span><kbd aria-hidden="true">/</kbd></button>
<button type="button" data-theme-switch hidden aria-label="Dark theme" aria-pressed="false"></button>
<button type="button" class="menu" popovertarget="site-links" aria-label="Menu"></button>
</header>`;
}

/** What the bar says of the page itself, hidden until the page's script shows it. */
function whereTo({ kind, title, next }: Page): string {
  if (kind === "landing") return "</p>";
  const here = `<a class="here" href="#main" hidden>${withNumber(title)}</a></p>`;
  if (!next) return here;
  const [href, name] = [addressOf(next.file) ?? "", nameOf({ id: next.file, title: next.title })];
  return `${here}
<a class="onward" href="${href}" data-next="${escapeHtml(name)}" hidden><span>Next lesson</span> <strong>${escapeHtml(name)}</strong></a>`;
}

/** A name of which a phone, whose bar is narrow, shows the number alone. */
function withNumber(title: string): string {
  const [, number, rest] = /^(\d+)( .*)$/.exec(title) ?? [];
  if (number === undefined) return escapeHtml(title);
  return `${number}<span class="name">${escapeHtml(rest!)}</span>`;
}

function footer({ course, cover }: Site): string {
  const { title, version, repository, bugs } = course;
  const link = (href: string | undefined, text: string) =>
    href === undefined ? [] : [`<a href="${escapeHtml(href)}">${text}</a>`];
  const links = [...link(repository, "Source code"), ...link(bugs, "Report an error")];
  return (
    `<footer class="foot"><p>${escapeHtml(`${title}, version ${version}.`)} ` +
    `${escapeHtml(cover.foot)}</p>` +
    `${links.length > 0 ? `<p>${links.join(" · ")}</p>` : ""}</footer>`
  );
}

const MAX_BEGINNING = 160;

/** The first words of a text. */
const beginning = (text: string): string =>
  text.length <= MAX_BEGINNING ? text : text.slice(0, text.lastIndexOf(" ", MAX_BEGINNING));

/** What search finds of a page. */
export function pageSections(title: string, { file, headings, texts }: PageContext): Section[] {
  const own = headings.map(({ id, text }) => ({ href: `${file}#${id}`, heading: text, id }));
  const all = [{ href: file, heading: title, id: "" }, ...own];
  const textOf = ({ id }: { id: string }) => texts.get(id) ?? "";
  return all
    .map((section, i) => {
      const { href, heading } = section;
      // what a heading without words of its own is about stands below the next one
      const text = textOf(section) || beginning(i > 0 && all[i + 1] ? textOf(all[i + 1]!) : "");
      return { href, page: title, heading, text };
    })
    .filter(({ text, heading }) => text !== "" || heading !== title);
}

// Navigation

/** The table of contents; nothing where a page has fewer than two headings. */
export function tableOfContents(headings: Heading[]): string {
  const shown = headings.filter(({ level }) => level <= 3);
  if (shown.length < 2) return "";
  const items = shown.map(({ id, level, html }) => {
    const link = `<a href="#${id}">${withoutMathMl(html)}</a>`;
    return `<li class="level-${level}">${link}</li>`;
  });
  return `<nav class="contents" aria-label="On this page">
<details open><summary>On this page</summary>
<ol>
${items.join("\n")}
</ol>
</details>
</nav>`;
}

/** A formula is read aloud at its heading; a link needs its look alone. */
const withoutMathMl = (html: string): string =>
  html.replace(/<span class="katex-mathml">.*?<\/span>(?=<span class="katex-html")/gs, "");

/** Previous and next. */
export function lessonNavigation({ previous, next }: Lesson): string {
  const link = (to: Neighbor, rel: "prev" | "next", says: string) =>
    `<a rel="${rel}" href="${addressOf(to.file)}"><span>${says}</span> ` +
    `<strong>${escapeHtml(nameOf({ id: to.file, title: to.title }))}</strong></a>`;
  const links = [
    previous ? link(previous, "prev", "Previous") : "<span></span>",
    next ? link(next, "next", "Next") : "<span></span>",
  ];
  return `<nav class="way" aria-label="Lessons around this one">${links.join("\n")}</nav>`;
}
