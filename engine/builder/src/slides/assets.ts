/**
 * What a deck needs: reveal.js, plotly.js, styles and fonts. A deck that is one file carries them
 * inside itself, with only the font faces that its text uses.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { browserCode } from "views/bundle";

const { resolve } = createRequire(import.meta.url);
const own = (name: string): string =>
  fileURLToPath(new URL(`../../src/slides/browser/${name}`, import.meta.url));
const START = new URL("../../src/slides/browser/deck.ts", import.meta.url);
const cache = new Map<string, Buffer>();

/** A file's bytes; each file is read once per run. */
function read(file: string): Buffer {
  const bytes = cache.get(file) ?? readFileSync(file);
  cache.set(file, bytes);
  return bytes;
}
const readText = (file: string): string => read(file).toString("utf8");

/** The scripts of a deck, in the order in which they run. */
export function scripts(options: { plots: boolean }): string[] {
  const plotly = options.plots ? [resolve("plotly.js-cartesian-dist-min")] : [];
  return [...[resolve("reveal.js"), ...plotly].map(readText), browserCode(START)];
}

/** The same as files of a website, which has plotly.js already. */
export const deckScripts = () => ({
  reveal: readText(resolve("reveal.js")),
  deck: browserCode(START, { minify: true }),
});

/** The style sheet of a deck, with the fonts that its HTML needs. */
export function styles(html: string): string {
  const maths = html.includes('class="katex') ? [katexStyles(html)] : [];
  return [...textFonts(html), ...maths, ...deckSheets()].join("\n");
}

/** The style sheets without fonts. */
export const deckSheets = (): string[] =>
  [resolve("reveal.js/reveal.css"), own("theme.css")].map(readText);

/** A data URI. */
export function dataUri(mime: string, bytes: Buffer): string {
  return `data:${mime};base64,${bytes.toString("base64")}`;
}

/** A font file of an npm package, as a CSS source. */
function fontSource(file: string): string {
  const uri = dataUri("font/woff2", read(resolve(file)));
  return `src:url(${uri}) format("woff2")`;
}

const LATIN =
  "unicode-range:U+0-B1,U+B4-B8,U+BA-2FF,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212";
const GREEK = "unicode-range:U+370-3FF";

/** Code, an output's letters of one width, or a view, which may have such letters. */
const MONO = /<code>|--jp-code-font-family|"kind":"view"/;

/** The faces of the text's fonts that the HTML uses, the figures' data included. */
function textFonts(html: string): string[] {
  const faces = [inter("latin", "normal", LATIN)];
  if (html.includes("<em>")) faces.push(inter("latin", "italic", LATIN));
  if (/[\u0370-\u03ff]/.test(html)) faces.push(inter("greek", "normal", GREEK));
  if (MONO.test(html)) faces.push(mono(400));
  if (html.includes('class="letter"')) faces.push(mono(700));
  return faces;
}

function inter(subset: string, style: string, range: string): string {
  const file = `@fontsource-variable/inter/files/inter-${subset}-wght-${style}.woff2`;
  return fontFace("Inter", `font-weight:100 900;font-style:${style};${range}`, file);
}

function mono(weight: number): string {
  const file = `@fontsource/jetbrains-mono/files/jetbrains-mono-latin-${weight}-normal.woff2`;
  return fontFace("JetBrains Mono", `font-weight:${weight}`, file);
}

const fontFace = (family: string, description: string, file: string): string =>
  `@font-face{font-family:"${family}";${description};${fontSource(file)}}`;

/** KaTeX's style sheet, with only those faces of its fonts that the HTML uses. */
export function katexStyles(html: string): string {
  const css = readText(resolve("katex/dist/katex.min.css"));
  const used = katexFaces(css, classesIn(html));
  return css.replace(
    /@font-face\{[^}]*?url\((fonts\/KaTeX_([\w-]+)\.woff2)\)[^}]*\}/g,
    (rule, path: string, name: string) =>
      used.has(name) ? rule.replace(/src:[^}]*/, fontSource(`katex/dist/${path}`)) : "",
  );
}

function classesIn(html: string): Set<string> {
  const attributes = [...html.matchAll(/class="([^"]*)"/g)];
  return new Set(attributes.flatMap((match) => match[1]!.split(/\s+/)));
}

/** The faces, such as Math-Italic, of rules that apply: all classes of a selector occur. */
function katexFaces(css: string, classes: Set<string>): Set<string> {
  const applies = (selector: string) =>
    [...selector.matchAll(/\.([\w-]+)/g)].every((name) => classes.has(name[1]!));
  const used = new Set(["Main-Regular"]);
  for (const [, selectors, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (selectors!.startsWith("@") || !/font-(family|weight|style):/.test(body!)) continue;
    if (selectors!.split(",").some(applies)) used.add(faceOf(body!));
  }
  return used;
}

/** The face that a rule asks for: its family, and bold or italic or both. */
function faceOf(body: string): string {
  const family = /KaTeX_(\w+)/.exec(body)?.[1] ?? "Main";
  const bold = body.includes("font-weight:700") ? "Bold" : "";
  const italic = body.includes("font-style:italic") ? "Italic" : "";
  return `${family}-${bold + italic || "Regular"}`;
}

// Where a page gets its scripts and styles: inside itself, so that it is one file and needs no network,
// or, on a website, from files that all decks share (site/assets.ts)

/** What a page has for its scripts and styles. */
export interface DeckAssets {
  /** The content security policy. */
  policy: string;
  /** HTML for the head. */
  styles: string;
  /** HTML for the end of the body. */
  scripts: string;
}

/**
 * @param html the slides and their figures' data, which decide what fonts and styles are needed
 * @param options.plots whether plotly.js is needed
 */
export type AssetProvider = (html: string, options: { plots: boolean }) => DeckAssets;

/** All inside the page. */
export const inlineAssets: AssetProvider = (html, options) => {
  const code = scripts(options);
  return {
    policy: securityPolicy(code),
    styles: `<style>\n${styles(html)}\n</style>`,
    scripts: code.map((script) => `<script>${script}</script>`).join("\n"),
  };
};

/** Lets only these scripts run and fetches nothing, whatever a lesson or an output contains. */
function securityPolicy(code: string[]): string {
  const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");
  const hashes = code.map((script) => `'sha256-${sha256(script)}'`).join(" ");
  return (
    `default-src 'none'; script-src ${hashes}; style-src 'unsafe-inline'; img-src data:; ` +
    "font-src data:"
  );
}
