/**
 * What every deck carries inside itself so that it needs no network: reveal.js, plotly.js, styles,
 * and those faces of the fonts that its text uses, as data URIs. Each file is read once a run.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const { resolve } = createRequire(import.meta.url);
const own = (name: string): string =>
  fileURLToPath(new URL(`../../src/slides/browser/${name}`, import.meta.url));
const cache = new Map<string, Buffer>();

function read(file: string): Buffer {
  let bytes = cache.get(file);
  if (!bytes) cache.set(file, (bytes = readFileSync(file)));
  return bytes;
}

/** The scripts of a deck, in the order in which they run. */
export function scripts(options: { plots: boolean }): string[] {
  const files = [
    resolve("reveal.js"),
    ...(options.plots ? [resolve("plotly.js-cartesian-dist-min")] : []),
    own("deck.js"),
  ];
  return files.map((file) => read(file).toString("utf8"));
}

/** The style sheet of a deck, with the fonts that its HTML needs. */
export function styles(html: string): string {
  const sheets = [resolve("reveal.js/reveal.css"), own("theme.css")].map((file) =>
    read(file).toString("utf8"),
  );
  return [
    ...textFonts(html),
    ...(html.includes('class="katex') ? [katexStyles(html)] : []),
    ...sheets,
  ].join("\n");
}

/** A data URI. */
export function dataUri(mime: string, bytes: Buffer): string {
  return `data:${mime};base64,${bytes.toString("base64")}`;
}

function textFonts(html: string): string[] {
  const face = (family: string, file: string, rest: string): string =>
    `@font-face{font-family:"${family}";${rest};src:url(${dataUri("font/woff2", read(resolve(file)))}) ` +
    `format("woff2")}`;
  const inter = (subset: string, style: string, range: string): string =>
    face(
      "Inter",
      `@fontsource-variable/inter/files/inter-${subset}-wght-${style}.woff2`,
      `font-weight:100 900;font-style:${style};${range}`,
    );
  const latin = "unicode-range:U+0-2FF,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212";
  const greek = "unicode-range:U+370-3FF";
  const mono = (weight: number): string =>
    face(
      "JetBrains Mono",
      `@fontsource/jetbrains-mono/files/jetbrains-mono-latin-${weight}-normal.woff2`,
      `font-weight:${weight}`,
    );
  return [
    inter("latin", "normal", latin),
    ...(html.includes("<em>") ? [inter("latin", "italic", latin)] : []),
    ...(/[\u0370-\u03ff]/.test(html) ? [inter("greek", "normal", greek)] : []),
    ...(html.includes("<code>") ? [mono(400)] : []),
  ];
}

/**
 * KaTeX's style sheet with the faces of its fonts that a rule uses whose classes all occur in the
 * HTML.
 */
export function katexStyles(html: string): string {
  const file = resolve("katex/dist/katex.min.css");
  const css = read(file).toString("utf8");
  const classes = new Set(
    [...html.matchAll(/class="([^"]*)"/g)].flatMap((m) => m[1]!.split(/\s+/)),
  );
  const used = new Set(["Main-Regular"]);
  for (const [, selectors, body] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (selectors!.startsWith("@") || !/font-(family|weight|style):/.test(body!)) continue;
    const applies = selectors!
      .split(",")
      .some((one) => [...one.matchAll(/\.([\w-]+)/g)].every((name) => classes.has(name[1]!)));
    if (applies) used.add(`${/KaTeX_(\w+)/.exec(body!)?.[1] ?? "Main"}-${face(body!)}`);
  }
  return css.replace(
    /@font-face\{[^}]*?url\((fonts\/KaTeX_([\w-]+)\.woff2)\)[^}]*\}/g,
    (rule, path: string, name: string) =>
      used.has(name)
        ? rule.replace(
            /src:[^}]*/,
            `src:url(${dataUri("font/woff2", read(resolve(`katex/dist/${path}`)))}) ` +
              `format("woff2")`,
          )
        : "",
  );
}

function face(body: string): string {
  return (
    `${body.includes("font-weight:700") ? "Bold" : ""}${body.includes("font-style:italic") ? "Italic" : ""}` ||
    "Regular"
  );
}
