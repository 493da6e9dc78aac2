/**
 * How a deck's page gets its scripts and styles: inside itself, so that it is one file that needs
 * no network, or, on a website, from files that all decks share.
 */
import { createHash } from "node:crypto";
import { scripts, styles } from "./assets.js";

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
 * @param html the slides, which decide what fonts and styles are needed
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
