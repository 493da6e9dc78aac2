/** What pages load. */
import { readFileSync } from "node:fs";

const own = (name: string) =>
  readFileSync(new URL(`../../src/web/browser/${name}`, import.meta.url), "utf8");

const CSS = "text/css; charset=utf-8";
const JS = "text/javascript; charset=utf-8";

/** @param report the style and the script of a lesson's report */
export const webAssets = (report: { style: string; script: string }) =>
  new Map([
    ["web.css", { type: CSS, text: report.style + own("web.css") }],
    ["listing.js", { type: JS, text: own("listing.js") }],
    ["marking.js", { type: JS, text: own("marking.js") }],
    ["report.js", { type: JS, text: report.script }],
  ]);
