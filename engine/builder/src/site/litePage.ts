/** JupyterLite's page as the course's own: its title, its icon, and what it says while it starts. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { escapeHtml } from "../render/markdown.js";
import { rasterize } from "../pictures/raster.js";

const ICON = new URL("../../src/site/browser/icon.svg", import.meta.url);

/** Shows from the first moment, and below whatever JupyterLab adds. */
const STARTING = `<style>
#starting { position: fixed; inset: 0; display: grid; place-items: center; z-index: -1;
  margin: 0; font: 1rem system-ui, sans-serif; color: #555; background: #fff; }
@media (prefers-color-scheme: dark) { #starting { color: #bbb; background: #111; } }
</style>
<noscript><style>#starting { display: none; }</style></noscript>`;

/** @param folder run/ of a site, with JupyterLite in it */
export async function customizePage(folder: string, course: string): Promise<void> {
  const lab = join(folder, "lab");
  writeFileSync(join(lab, "favicon.ico"), iconOf(await rasterize(readFileSync(ICON, "utf8"))));
  hideLoadingIndicator(join(lab, "jupyter-lite.json"));
  const file = join(lab, "index.html");
  writeFileSync(file, customizeHtml(readFileSync(file, "utf8"), course));
}

/** Ours is there before JupyterLite's. */
function hideLoadingIndicator(file: string): void {
  const settings = JSON.parse(readFileSync(file, "utf8")) as { "jupyter-config-data": object };
  Object.assign(settings["jupyter-config-data"], { showLoadingIndicator: false });
  writeFileSync(file, JSON.stringify(settings));
}

/** @throws where JupyterLite's page has changed, so that nothing is left out silently */
export function customizeHtml(page: string, course: string): string {
  const name = escapeHtml(course);
  const icon = '<link rel="icon" href="favicon.ico">';
  const starting = '<p id="starting" role="status">Opening the notebook…</p>';
  const changes: [from: RegExp, to: (found: string) => string][] = [
    [/<title>.*?<\/title>/, () => `<title>${name}</title>\n    ${icon}`],
    [/(?<=<meta name="Description" content=").*?(?=")/, () => `${name}: notebooks that run here`],
    [/ *<link rel="manifest".*?>\n/, () => ""],
    [/<\/head>/, (end) => `${STARTING}\n  ${end}`],
    [/<body.*?>/, (body) => `${body}\n    ${starting}`],
    [/JupyterLite requires JavaScript/, () => "Notebooks need JavaScript"],
  ];
  return changes.reduce((text, [from, to]) => {
    if (!from.test(text)) throw new Error(`JupyterLite's page has no ${from.source} to change`);
    return text.replace(from, to);
  }, page);
}

/** The format that pages ask for by this name holds a PNG. */
function iconOf(png: Buffer): Buffer {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2); // an icon
  header.writeUInt16LE(1, 4); // one picture
  header.writeUInt8(width, 6);
  header.writeUInt8(height, 7);
  header.writeUInt16LE(1, 10);
  header.writeUInt16LE(32, 12);
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}
