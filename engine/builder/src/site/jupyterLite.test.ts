import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { customizeHtml, dropOldFonts } from "./jupyterLite";

const PAGE = `<html>
<head>
    <title>JupyterLite</title>
    <meta charset="utf-8">
    <script>start();</script>
    <meta name="Description" content="WASM powered Jupyter running in the browser.">
    <link rel="manifest" href="../manifest.webmanifest">
  </head>
  <body class="jp-ThemedContainer" data-notebook="lab">
    <noscript>JupyterLite requires JavaScript to be enabled in your browser.</noscript>
</body></html>`;

test("JupyterLite's page has the course's name and icon, and says what it does", () => {
  const page = customizeHtml(PAGE, "Blocks & $1");
  expect(page).toContain("<title>Blocks &amp; $1</title>");
  expect(page).toContain('content="Blocks &amp; $1: notebooks that run here"');
  expect(page).toContain('<link rel="icon" href="favicon.ico">');
  expect(page).toContain('data-notebook="lab">\n    <p id="starting" role="status">');
  expect(page).not.toMatch(/JupyterLite|manifest/);
});

test("the page's policy allows its own inline script and no other one", () => {
  const page = customizeHtml(PAGE, "A course");
  const hash = createHash("sha256").update("start();").digest("base64");
  expect(page).toContain(`script-src 'self' 'unsafe-eval' 'sha256-${hash}';`);
  expect(page).toContain("connect-src 'self' data: blob:;");
  expect(page).not.toMatch(/script-src[^;]*'unsafe-inline'/);
});

test("a page without one of the places is refused", () => {
  expect(() => customizeHtml(PAGE.replace("manifest", "other"), "A course")).toThrow("to change");
});

test("of an icon font only the newest format stays, and nothing else is touched", () => {
  const build = mkdtempSync(join(tmpdir(), "build-"));
  const names = ["fa-a.eot", "fa-a.svg", "fa-a.woff", "fa-a.woff2", "fa-b.woff", "x.svg", "y.js"];
  for (const name of names) writeFileSync(join(build, name), "");
  dropOldFonts(build);
  expect(readdirSync(build).sort()).toEqual(["fa-a.woff2", "fa-b.woff", "x.svg", "y.js"]);
  rmSync(build, { recursive: true });
});
