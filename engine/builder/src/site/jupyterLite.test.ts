import { expect, test } from "vitest";
import { customizeHtml } from "./jupyterLite";

const PAGE = `<html>
<head>
    <title>JupyterLite</title>
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

test("a page without one of the places is refused", () => {
  expect(() => customizeHtml(PAGE.replace("manifest", "other"), "A course")).toThrow("to change");
});
