/** The slides of a website share their scripts, styles and fonts, mostly with the pages to read. */
import { deckScripts, deckSheets } from "../slides/assets.js";
import type { AssetProvider } from "../slides/carry.js";
import type { Files } from "./model.js";

const SCRIPTS = ["reveal.js", "deck.js"].map((name) => `assets/${name}`);

/** @param sheet the pages' own style sheet, which names the fonts */
export function deckFiles(sheet: string): Files {
  const faces = sheet.match(/@font-face\s*\{[^}]*\}/g) ?? [];
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
