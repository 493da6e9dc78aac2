/** `course site`: pages to read, search, slides and, where there are any, notebooks that run. */
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { paths, readSource as readText } from "grader/files";
import { readDrawing } from "../lesson/componentMap.js";
import { lessonIds, readCourse } from "../lesson/lessons.js";
import { readTextPages } from "../lesson/textPages.js";
import { writeSlides } from "../slides/slides.js";
import { assets, versions, sharedAssets } from "./assets.js";
import { readCitation, readCover, readSiteLessons, readSynonyms } from "./source.js";
import { replaceFolder, SITE_MARKER, siteFolder, writeFiles } from "./folder.js";
import type { WriteJupyterLite } from "./jupyterLite.js";
import type { Files, Site } from "./model.js";
import { writeOffline } from "./offline.js";
import { pages, searchFile, sitemap } from "./pages.js";
import { serve } from "./serve.js";

export interface SiteOptions {
  /** The folder to write, .local/site unless given. */
  out?: string;
  /** The path at which a host serves it; "/" unless given. */
  base?: string;
  /** The whole address at which a host serves it; previews of links and search engines need it. */
  url?: string;
  /** Whether pages show the answers of exercises. */
  solutions?: boolean;
  /** Whether to write notebooks that run; true by default. */
  run?: boolean;
  /** Whether readers get the weights of real models that are installed here. */
  weights?: boolean;
}

export interface SiteReport {
  folder: string;
  base: string;
  pages: number;
  /** For each lesson whose slides lack figures, a sentence that says why and what to do. */
  missingFigures: string[];
}

/**
 * Writes a site. The folder keeps the earlier site until the new one is complete.
 * @throws with the remedy for a lesson that isn't solved, a folder that holds something else, and a
 *   path that isn't one
 */
export async function writeSite(root: string, options: SiteOptions = {}): Promise<SiteReport> {
  const { base, url } = addressOf(options);
  const folder = siteFolder(options.out ?? join(paths(root).written, "site"));
  const shared = assets();
  const writeRun = await loadJupyterLite(options);
  const site: Site = {
    ...readSource(root),
    base,
    url,
    solutions: options.solutions === true,
    canRun: writeRun !== undefined,
    asset: versions(shared),
  };
  const { files, sections } = pages(site);
  shared.set("search.json", searchFile(sections, site.synonyms));
  const mark = JSON.stringify({ course: site.course.title, version: site.course.version });
  let missingFigures: string[] = [];
  await replaceFolder(folder, async (aside) => {
    const all: Files = new Map([
      ...shared,
      ...files,
      ...(url === undefined ? [] : [["sitemap.xml", sitemap(url, files)] as const]),
      [SITE_MARKER, `${mark}\n`],
      [".nojekyll", ""],
    ]);
    await writeFiles(aside, all);
    const withSlides = site.lessons
      .map(({ lesson }) => lesson)
      .filter(({ slides }) => slides.length > 0);
    ({ missingFigures } = await writeSlides(root, withSlides, {
      out: join(aside, "slides"),
      assets: sharedAssets(site.asset),
      pages: "../",
    }));
    await writeRun?.(join(aside, "run"), { root, base, weights: options.weights });
    await writeOffline(aside);
  });
  const count = [...files.keys()].filter((name) => name.endsWith(".html")).length;
  return { folder, base, pages: count, missingFigures };
}

/** Loads the code that writes run/ only when it is needed, because it loads a compiler. */
async function loadJupyterLite({ run = true }: SiteOptions): Promise<WriteJupyterLite | undefined> {
  return run ? (await import("./jupyterLite.js")).writeJupyterLite : undefined;
}

function readSource(
  root: string,
): Pick<
  Site,
  | "course"
  | "componentMap"
  | "lessons"
  | "cover"
  | "synonyms"
  | "helpers"
  | "textPages"
  | "citation"
> {
  const { lessons, notebooks } = paths(root);
  const helpers = join(notebooks, "helpers.md");
  const { description } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    description?: string;
  };
  return {
    course: readCourse(root),
    componentMap: readDrawing(root),
    lessons: readSiteLessons(root),
    cover: readCover(lessons, description),
    citation: readCitation(root),
    synonyms: readSynonyms(lessons),
    textPages: readTextPages(root, lessonIds(root)),
    ...(existsSync(helpers) ? { helpers: readText(helpers) } : {}),
  };
}

/** Where the site will be: `url` names the whole address, `base` its path alone. */
function addressOf({ base, url }: SiteOptions): { base: string; url?: string } {
  if (url === undefined) return { base: basePath(base ?? "/") };
  const { origin, pathname, protocol, search, hash } = parseUrl(url);
  if (!/^https?:$/.test(protocol) || search + hash !== "") {
    throw new Error(`--url: expected an address such as https://example.org/course/, got ${url}`);
  }
  const path = basePath(pathname);
  if (base !== undefined && basePath(base) !== path) {
    throw new Error(`--base ${base} is not the path of --url ${url}: leave --base out`);
  }
  return { base: path, url: `${origin}${path}` };
}

function parseUrl(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw new Error(`--url: expected an address such as https://example.org/course/, got ${url}`);
  }
}

/** "course" and "/course" mean "/course/". @throws for what isn't a path */
export function basePath(base: string): string {
  const inner = base.replace(/^\/+|\/+$/g, "");
  if (!/^[\w.~-]+(\/[\w.~-]+)*$|^$/.test(inner)) {
    throw new Error(`--base: expected a path such as /course/, got ${base}`);
  }
  return inner === "" ? "/" : `/${inner}/`;
}

// The command

/** @returns the exit code, with --serve once Ctrl+C has ended it */
export async function siteCommand(
  root: string,
  options: SiteOptions & { serve?: boolean },
): Promise<number> {
  const start = performance.now();
  const { folder, base, pages, missingFigures } = await writeSite(root, options);
  for (const line of missingFigures) console.error(line);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const shownFolder = relative(process.cwd(), folder) || ".";
  console.log(`${shownFolder}: ${pages} pages and their slides in ${seconds} s`);
  if (!options.serve) {
    console.log("Any static host can serve this folder; npx course site --serve shows it here.");
    return 0;
  }
  const { address, stop } = await serve(folder, base);
  console.log(`${address}\nStop with Ctrl+C.`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  stop();
  return 0;
}
