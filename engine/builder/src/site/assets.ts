/** What all pages share: styles, scripts, fonts. Nothing comes from another host. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { browserCode } from "views/bundle";
import { COMPONENT_MAP_STYLE } from "views/componentMap";
import { deckScripts, deckSheets, type AssetProvider } from "../slides/assets.js";
import type { Files } from "./model.js";

const { resolve } = createRequire(import.meta.url);
const own = (name: string) => new URL(`../../src/site/browser/${name}`, import.meta.url);
const read = (file: string) => readFileSync(file);

const FONTS = [
  "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  "@fontsource-variable/inter/files/inter-latin-wght-italic.woff2",
  "@fontsource-variable/inter/files/inter-greek-wght-normal.woff2",
  "@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2",
  "@fontsource/jetbrains-mono/files/jetbrains-mono-latin-700-normal.woff2",
];

export function assets(): Files {
  const sheet = read(fileURLToPath(own("site.css"))).toString("utf8");
  const files: Files = new Map<string, string | Buffer>([
    ["assets/site.css", sheet + COMPONENT_MAP_STYLE],
    ["assets/icon.svg", read(fileURLToPath(own("icon.svg")))],
    ["assets/theme.js", browserCode(own("theme.ts"), { minify: true })],
    ["assets/page.js", browserCode(own("page.ts"), { minify: true })],
    ["assets/live.js", browserCode(own("live.ts"), { minify: true })],
    ["assets/work.js", browserCode(own("work.ts"), { minify: true })],
    ["assets/plotly.js", read(resolve("plotly.js-cartesian-dist-min"))],
    ["assets/katex.css", katexStyles()],
    ...deckFiles(sheet),
  ]);
  for (const font of FONTS) files.set(`assets/fonts/${basename(font)}`, read(resolve(font)));
  const katex = join(dirname(resolve("katex/dist/katex.min.css")), "fonts");
  for (const name of readdirSync(katex).filter((file) => file.endsWith(".woff2"))) {
    files.set(`assets/fonts/${name}`, read(join(katex, name)));
  }
  return files;
}

/** A browser loads the faces that a page uses, all in one format. */
function katexStyles(): string {
  const css = read(resolve("katex/dist/katex.min.css")).toString("utf8");
  return css.replace(/src:(url\(fonts\/[\w-]+\.woff2\) format\("woff2"\))[^}]*/g, "src:$1");
}

/** Names assets by what they hold, once their files are there. */
export function versions(files: Files): (name: string) => string {
  return (name) => {
    const content = files.get(name);
    if (content === undefined) return name;
    return `${name}?v=${createHash("sha256").update(content).digest("hex").slice(0, 8)}`;
  };
}

// Decks: on a site they share scripts, styles and fonts with each other and mostly with the pages

const SCRIPTS = ["reveal.js", "deck.js"].map((name) => `assets/${name}`);

/**
 * A deck waits for its fonts, since it measures what fits, and it never shows the machine's own
 * font to the first visitor. A page doesn't wait, so that no line moves while it is read.
 *
 * @param sheet the pages' own style sheet, which names the fonts
 */
function deckFiles(sheet: string): Files {
  const faces = (sheet.match(/@font-face\s*\{[^}]*\}/g) ?? []).map((face) =>
    face.replace("font-display: optional", "font-display: block"),
  );
  const { reveal, deck } = deckScripts();
  return new Map([
    ["assets/deck.css", [...faces, ...deckSheets()].join("\n")],
    [SCRIPTS[0]!, reveal],
    [SCRIPTS[1]!, deck],
  ]);
}

const DECK_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; " +
  "font-src 'self'";

/** @param asset gives a file's address in the site; decks are in a folder of it */
export const sharedAssets =
  (asset: (name: string) => string): AssetProvider =>
  (html, { plots }) => {
    const address = (name: string) => `../${asset(name)}`;
    const [reveal, deck] = SCRIPTS;
    const code = [reveal!, ...(plots ? ["assets/plotly.js"] : []), deck!];
    const sheets = [
      ...(html.includes('class="katex') ? ["assets/katex.css"] : []),
      "assets/deck.css",
    ];
    const link = (name: string) => `<link rel="stylesheet" href="${address(name)}">`;
    return {
      policy: DECK_POLICY,
      styles: sheets.map(link).join("\n"),
      scripts: code.map((name) => `<script src="${address(name)}"></script>`).join("\n"),
    };
  };
