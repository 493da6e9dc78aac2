/**
 * A block of text as it stands in the lesson and as it stands in a notebook: checked, with links
 * that work from notebooks/.
 */
import { existsSync } from "node:fs";
import { dirname, extname, join, posix, relative, sep } from "node:path";
import { inspect, type Block } from "./markdown.js";
import type { Reading } from "./parse.js";

export interface Text {
  /** As written. */
  markdown: string;
  /** With links as seen from the notebook's folder. */
  notebook: string;
  pictures: string[];
}

/** What browsers and JupyterLab show. */
export const PICTURES: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
};

/** Several blocks as one text. */
export function readTexts(blocks: Block[], reading: Reading): Text {
  const texts = blocks.filter((b) => b.type !== "comment").map((b) => readText(b, reading));
  return {
    markdown: join2(texts, "markdown"),
    notebook: join2(texts, "notebook"),
    pictures: [...new Set(texts.flatMap((t) => t.pictures))],
  };
}
const join2 = (texts: Text[], key: "markdown" | "notebook") =>
  texts.map((t) => t[key]).join("\n\n");

export function readText(block: Block, { folder, lines, report }: Reading): Text {
  const markdown = lines.slice(block.from, block.to).join("\n").trimEnd();
  const { pictures, links } = inspect(block, report);
  let notebook = markdown;
  for (const { href, line } of links) {
    const target = fromNotebooks(href, folder, line, report);
    notebook = notebook
      .replaceAll(`](${href})`, `](${target})`)
      .replaceAll(`](${href} "`, `](${target} "`);
  }
  for (const picture of pictures) checkPicture(picture, folder, report);
  return { markdown, notebook, pictures: [...new Set(pictures.map((p) => p.name))] };
}

function checkPicture(
  { name, alt, line }: { name: string; alt: string; line: number },
  folder: string,
  report: Reading["report"],
): void {
  if (name.startsWith("#")) {
    report(
      line,
      `the figure ${name} stands alone in its paragraph: put an empty line before and after it`,
    );
  } else if (name.includes("/") || name.includes(":")) {
    report(
      line,
      `the picture ${name} is not in the lesson's folder: ` +
        "put it beside lesson.md and write its file name alone",
    );
  } else if (!Object.hasOwn(PICTURES, extname(name).toLowerCase())) {
    report(line, `${name} is no picture that a notebook shows: use PNG, JPEG, SVG, GIF or WebP`);
  } else if (!existsSync(join(folder, name))) {
    report(line, `the picture ${name} is missing: put it beside lesson.md or correct its name`);
  }
  if (alt.trim() === "") {
    report(
      line,
      `the picture ${name} says nothing to who cannot see it: write ![what it shows](${name})`,
    );
  }
}

/**
 * An address as it reads from notebooks/, which lies beside lessons-src/; another lesson's source
 * becomes its notebook.
 */
function fromNotebooks(
  href: string,
  folder: string,
  line: number,
  report: Reading["report"],
): string {
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
  const lesson = /^([^./][^/]*)(\/lesson\.md)?\/?$/.exec(inside);
  return lesson && existsSync(join(lessons, lesson[1]!, "lesson.md"))
    ? `${lesson[1]}.ipynb${anchor}`
    : `${posix.join("../lessons-src", inside)}${anchor}`;
}
