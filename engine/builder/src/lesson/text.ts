/** A block of text, checked: as the lesson has it, and with links that work from notebooks/. */
import { existsSync } from "node:fs";
import { dirname, extname, join, posix, relative, sep } from "node:path";
import { checkText, type Block, type TextReferences } from "./markdown.js";
import type { ReportProblem, ParseContext } from "./parseContext.js";

export interface Text {
  /** As written in the lesson. */
  markdown: string;
  /** With links as seen from the notebook's folder. */
  notebook: string;
  pictures: string[];
}

/** What browsers and JupyterLab show. */
export const PICTURE_TYPES: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
};

/** Several blocks as one text. */
export function parseTexts(blocks: Block[], context: ParseContext): Text {
  const texts = blocks.filter((b) => b.type !== "comment").map((b) => parseText(b, context));
  return {
    markdown: texts.map((t) => t.markdown).join("\n\n"),
    notebook: texts.map((t) => t.notebook).join("\n\n"),
    pictures: [...new Set(texts.flatMap((t) => t.pictures))],
  };
}

export function parseText(block: Block, { folder, lines, report }: ParseContext): Text {
  const markdown = lines.slice(block.from, block.to).join("\n").trimEnd();
  const { pictures, links } = checkText(block, report);
  let notebook = markdown;
  for (const { href, line } of links) {
    const target = notebookLink(href, folder, line, report);
    notebook = notebook
      .replaceAll(`](${href})`, `](${target})`)
      .replaceAll(`](${href} "`, `](${target} "`);
  }
  for (const picture of pictures) checkPicture(picture, folder, report);
  return { markdown, notebook, pictures: [...new Set(pictures.map((p) => p.name))] };
}

function checkPicture(
  { name, alt, line }: TextReferences["pictures"][0],
  folder: string,
  report: ReportProblem,
): void {
  const problem = pictureProblem(name, folder);
  if (problem) report(line, problem);
  if (alt.trim() === "") {
    report(line, `the picture ${name} has no description: write ![what it shows](${name})`);
  }
}

function pictureProblem(name: string, folder: string): string | undefined {
  if (name.startsWith("#")) {
    return (
      `the figure ${name} is not alone in its paragraph: ` + "put an empty line before and after it"
    );
  }
  if (name.includes("/") || name.includes(":")) {
    return (
      `the picture ${name} is not in the lesson's folder: ` +
      "put it beside lesson.md and write its file name alone"
    );
  }
  if (!Object.hasOwn(PICTURE_TYPES, extname(name).toLowerCase())) {
    return `${name} is not a picture that a notebook shows: use PNG, JPEG, SVG, GIF or WebP`;
  }
  if (!existsSync(join(folder, name))) {
    return `the picture ${name} is missing: put it beside lesson.md or correct its name`;
  }
  return undefined;
}

/**
 * An address as seen from notebooks/, which is beside lessons-src/. A link to another lesson's
 * source becomes a link to its notebook.
 */
function notebookLink(href: string, folder: string, line: number, report: ReportProblem): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith("//") || href.startsWith("#")) {
    return href;
  }
  const [path = "", fragment] = href.split("#", 2);
  const anchor = fragment === undefined ? "" : `#${fragment}`;
  const lessons = dirname(folder);
  const target = join(folder, path);
  if (path.startsWith("/") || !existsSync(target)) {
    report(
      line,
      `the link ${href} leads nowhere: write the file's path as seen from the lesson's ` +
        "folder, such as ../05-blocks/lesson.md",
    );
    return href;
  }
  const inside = relative(lessons, target).split(sep).join("/");
  const [, lesson] = /^([^./][^/]*)(\/lesson\.md)?\/?$/.exec(inside) ?? [];
  if (lesson !== undefined && existsSync(join(lessons, lesson, "lesson.md"))) {
    return `${lesson}.ipynb${anchor}`;
  }
  return `${posix.join("../lessons-src", inside)}${anchor}`;
}
