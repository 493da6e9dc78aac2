/** The landing page: what the course is, a figure that moves, and the map of its lessons. */
import { lessonsByPart } from "views/courseParts";
import { entryOf } from "../lesson/build.js";
import { escapeHtml } from "../render/markdown.js";
import { componentSection } from "./components.js";
import { cardOf, renderOutput } from "./figure.js";
import { renderPage, pageSections, type RenderedPage } from "./frame.js";
import { runAddress } from "./lessonPage.js";
import { durationText, plural } from "../plural.js";
import { numberOf, type Files, type Site, type SiteLesson } from "./model.js";
import { newPageContext, renderPhrase, renderText, type PageContext } from "./text.js";

export function landingPage(site: Site, description: string): RenderedPage {
  const files: Files = new Map();
  const page = newPageContext("index.html");
  const { course, cover } = site;
  const main = [
    `<section class="hero">
<div class="pitch"><h1>${escapeHtml(course.title)}</h1>
${renderText(cover.lead, page)}
<p class="facts">${factsOf(site)}</p>
${startLinks(site)}</div>
${coverFigure(site, files)}
</section>`,
    componentSection(site, page) + lessonMap(site, page),
    workSection(site),
    waysToUse(site),
    sectionsOf([fillRepository(cover.sections, course.repository), citing(site)], page),
  ].join("\n");
  const card = cardOf(files);
  const shown = { ...about(description), file: "index.html", main, card };
  files.set("index.html", renderPage(site, shown));
  return { files, sections: pageSections(course.title, page) };
}

/** Markdown: how to cite the course, as a sentence and for BibTeX. */
function citing({ citation, url }: Site): string {
  if (!citation) return "";
  const { title, authors, version, date } = citation;
  const year = date?.slice(0, 4);
  const sentence = [
    `${authors.join(", ")}${year ? ` (${year})` : ""}`,
    title,
    `Version ${version}`,
  ];
  const fields = [
    `author  = {${authors.map((author) => `{${author}}`).join(" and ")}}`,
    `title   = {${title}}`,
    `version = {${version}}`,
    ...(year ? [`year    = {${year}}`] : []),
    ...(url ? [`url     = {${url}}`] : []),
  ];
  const entry = `@misc{course,\n  ${fields.join(",\n  ")}\n}`;
  const address = url ? ` <${url}>` : "";
  return `## How to cite\n\n${sentence.join(". ")}.${address}\n\n\`\`\`bibtex\n${entry}\n\`\`\`\n`;
}

/** Markdown as sections, each with its heading at its side. */
function sectionsOf(parts: string[], page: PageContext): string {
  const text = parts.filter((part) => part !== "").join("\n\n");
  if (text === "") return "";
  const sections = renderText(text, page)
    .split(/(?=<h2 )/)
    .map((html) => {
      const [, heading = "", rest = html] = /^(<h2 .*?<\/h2>)(.*)$/s.exec(html) ?? [];
      return `<section class="section">\n${heading}\n<div>${rest}</div></section>`;
    });
  return `<article>\n${sections.join("\n")}</article>`;
}

const WITHOUT_REPOSITORY = "{no repository} ";

/**
 * Lines of site.md that say where the course is: those with `{repository}` get its address, and without
 * one, those that begin with `{no repository}` stand in their place.
 */
function fillRepository(markdown: string, repository: string | undefined): string {
  const lines = markdown.split("\n").flatMap((line) => {
    const isOther = line.startsWith(WITHOUT_REPOSITORY);
    if (repository !== undefined) {
      return isOther ? [] : [line.replaceAll("{repository}", repository)];
    }
    if (line.includes("{repository}")) return [];
    return [isOther ? line.slice(WITHOUT_REPOSITORY.length) : line];
  });
  return lines.join("\n");
}

/** Reading, running here and running on one's own machine, as far as the site and the course allow. */
function waysToUse({ lessons, canRun, cover }: Site): string {
  const first = lessons[0]?.lesson;
  if (!first) return "";
  const hasSlides = lessons.some(({ lesson }) => lesson.slides.length > 0);
  const ways = [
    {
      title: "Read here",
      text: "Every lesson is a page with the figures that its notebook drew. Nothing to install.",
      href: `${first.id}.html`,
      link: "Start reading",
    },
    ...(canRun
      ? [
          {
            title: "Run here",
            text: "JupyterLab in this browser: write an exercise, check it, and save your work as a file.",
            href: runAddress(first.id),
            link: "Run the first lesson",
          },
        ]
      : []),
    ...(/^## Install/m.test(cover.sections)
      ? [
          {
            title: "Run on your machine",
            text: "JupyterLab on your own computer, with the same notebooks and checks.",
            href: "#install",
            link: "Install",
          },
        ]
      : []),
    ...(hasSlides
      ? [
          {
            title: "Teach with it",
            text: "Slides come from the same source as the lessons; the list above links to them.",
            href: "#lessons",
            link: "Find the slides",
          },
        ]
      : []),
  ];
  const cards = ways.map(
    ({ title, text, href, link }) =>
      `<li><h3>${title}</h3><p>${text}</p><a href="${href}">${link}</a></li>`,
  );
  return `<section class="section" aria-labelledby="use">
<h2 id="use" tabindex="-1">Ways to use it</h2>
<div><ul class="use">${cards.join("\n")}</ul></div></section>`;
}

const about = (description: string) => ({ title: "", description, kind: "landing" as const });

function factsOf({ lessons }: Site): string {
  const entries = lessons.map(({ lesson }) => entryOf(lesson));
  const sum = (of: (entry: (typeof entries)[number]) => number) =>
    entries.reduce((total, entry) => total + of(entry), 0);
  const facts = [
    plural(entries.length, "lesson"),
    plural(
      sum(({ exercises }) => exercises.length),
      "exercise",
    ),
    `about ${plural(Math.round(sum(({ minutes }) => minutes) / 60), "hour")}`,
  ];
  return facts.join(" · ");
}

/** Read, run, all lessons; install, unless the course's address is missing from how to. */
function startLinks({ lessons, canRun, cover, course }: Site): string {
  const first = lessons[0]?.lesson;
  const install = /^## (Install.*)$/m.exec(cover.sections);
  const isAddressMissing = !course.repository && cover.sections.includes("{repository}");
  const links = [
    ...(first ? [[`${first.id}.html`, "Start reading", "first"]] : []),
    ...(first && canRun ? [[runAddress(first.id), "Run it here"]] : []),
    ["#lessons", "All lessons", "plain"],
    ...(install && !isAddressMissing ? [["#install", "Install", "plain"]] : []),
  ];
  const items = links.map(
    ([href, text, kind = ""]) => `<a class="button ${kind}" href="${href}">${text}</a>`,
  );
  return `<p class="ways">${items.join("")}</p>`;
}

/** @throws when site.md names a figure that isn't there */
function coverFigure({ cover, lessons }: Site, files: Files): string {
  if (!cover.figure) return "";
  const { lesson: id, cell, start = 0 } = cover.figure;
  const found = lessons.find(({ lesson }) => lesson.id === id);
  const outputs = found?.outputs.get(cell) ?? [];
  const at = outputs.findIndex(({ kind }) => kind !== "text");
  if (!found || at < 0) {
    throw new Error(
      `lessons-src/site.md: ${id}#${cell} draws nothing: name a cell of a solved lesson's figure`,
    );
  }
  const output = outputs[at]!;
  const path = `figures/${id}/${cell}-${at + 1}`;
  const drawn =
    output.kind === "figure" && start > 0
      ? // a file of its own, since the lesson's page begins with the first example
        renderOutput({ ...output, json: { ...output.json, start } }, `${path}-cover`, files)
      : renderOutput(output, path, files);
  const title = escapeHtml(found.lesson.title);
  return `<div class="show">${drawn}
<p class="from">From <a href="${id}.html#cell-${cell}">${title}</a>, drawn by the function that you write there.</p></div>`;
}

/** The reader's work as a file; the page's script shows it, where notebooks run. */
function workSection({ canRun, base, asset }: Site): string {
  if (!canRun) return "";
  return `<section class="work" data-work data-base="${escapeHtml(base)}" aria-labelledby="your-work" hidden>
<h2 id="your-work" tabindex="-1">Your work</h2>
<p>What you write stays in this browser. Save it as one file to go on in another browser, or unpack the file into the folder <code>my-course</code> of a course on your computer.</p>
<p class="ways"><button type="button" class="button">Save all</button><button type="button" class="button">Load a file</button></p>
<input type="file" accept=".zip" aria-label="A file that “Save all” wrote" hidden>
<p role="status"></p>
<script src="${asset("assets/work.js")}" defer></script>
</section>`;
}

/** Lessons × components. */
function lessonMap(site: Site, page: PageContext): string {
  const { components, parts } = site.course;
  const heads = components.map(
    (name, color) =>
      `<th scope="col" class="component" data-color="${color}"><span>${escapeHtml(name)}</span></th>`,
  );
  const bodies = lessonsByPart(
    site.lessons.map((lesson) => ({ ...lesson, id: lesson.lesson.id })),
    parts,
  ).map((part) => {
    const rows = part.lessons.map((lesson) => mapRow(lesson, site, page));
    return `<tbody>\n${[...partRow(part.title, components), ...rows].join("\n")}\n</tbody>`;
  });
  return `<section class="lessons" aria-labelledby="lessons">
<h2 id="lessons" tabindex="-1">The lessons</h2>
<table class="map">
<caption>Which part of a model each lesson builds</caption>
<thead><tr><th scope="col">Lesson</th>${heads.join("")}<th scope="col" class="time">Time</th><th scope="col" class="links">Open</th></tr></thead>
${bodies.join("\n")}
</table>
${textPageLinks(site)}</section>`;
}

/** What to read after the last lesson. */
function textPageLinks({ textPages }: Site): string {
  const links = textPages.map(
    ({ name, title }) => `<a href="${name}.html">${escapeHtml(title)}</a>`,
  );
  return links.length > 0 ? `<p>After the last lesson: ${links.join(", ")}</p>\n` : "";
}

/** The row that names a part of the course; none where lessons belong to no part. */
function partRow(title: string | undefined, components: string[]): string[] {
  if (title === undefined) return [];
  const width = components.length + 3; // lesson, time and links stand beside the components
  return [
    `<tr class="part"><th scope="rowgroup" colspan="${width}">${escapeHtml(title)}</th></tr>`,
  ];
}

function mapRow({ lesson }: SiteLesson, site: Site, page: PageContext): string {
  const { id, title, question, components, minutes } = lesson;
  const number = numberOf(lesson);
  const link = `<a href="${id}.html"><span class="number">${number}</span> ${renderPhrase(title, page)}</a>`;
  const builds = site.course.components.map((name, color) => {
    if (!components.includes(name)) return '<td class="component"></td>';
    const dot = `<span class="dot" data-color="${color}" aria-hidden="true"></span>`;
    const says = `<span class="unseen">builds ${escapeHtml(name)}</span>`;
    return `<td class="component" title="${escapeHtml(name)}">${dot}${says}</td>`;
  });
  const names = components.map((name) => {
    const color = site.course.components.indexOf(name);
    return `<span data-color="${color}">${escapeHtml(name)}</span>`;
  });
  const listed = names.length > 0 ? `<span class="listed">Builds ${names.join(" ")}</span>` : "";
  return `<tr><th scope="row">${link}
<span class="question">${renderPhrase(question, page)}</span>${listed}</th>${builds.join("")}
<td class="time">${durationText(minutes)}</td><td class="links">${opens(site, lesson)}</td></tr>`;
}

function opens({ canRun }: Site, { id, title, slides }: SiteLesson["lesson"]): string {
  const link = (href: string, text: string) =>
    `<a href="${href}">${text}<span class="unseen"> ${escapeHtml(title)}</span></a>`;
  return [
    link(`${id}.html`, "Read"),
    ...(canRun ? [link(runAddress(id), "Run")] : []),
    ...(slides.length > 0 ? [link(`slides/${id}.html`, "Slides")] : []),
  ].join(" ");
}
