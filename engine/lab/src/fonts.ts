/**
 * The fonts of the course's website and slides, in JupyterLab too: Inter for text, JetBrains Mono for
 * code. They are files of the extension, so that a lesson looks the same on each machine and offline.
 * Figures take the font of the page they stand on.
 */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import monoItalic from "@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-italic.woff2";
import mono from "@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2";
import monoBold from "@fontsource/jetbrains-mono/files/jetbrains-mono-latin-700-normal.woff2";
import greek from "@fontsource-variable/inter/files/inter-greek-wght-normal.woff2";
import italic from "@fontsource-variable/inter/files/inter-latin-wght-italic.woff2";
import latin from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
import { addSheet } from "./page";

export const TEXT_FONT = "Inter";
const CODE = "JetBrains Mono";
const ANY_WEIGHT = "font-weight: 100 900";
const GREEK = "unicode-range: U+370-3FF";
const LATIN =
  "unicode-range: U+0-B1, U+B4-B8, U+BA-2FF, U+2000-206F, U+20AC, U+2122, U+2190-21FF, U+2212, U+25B2-25CF";

const face = (family: string, file: string, ...descriptors: string[]) =>
  `@font-face { font-family: "${family}"; src: url("${file}") format("woff2"); ` +
  `font-display: swap; ${descriptors.join("; ")} }`;

/** The text's font from a file, given by its address or as a data URI: Latin letters, and Greek ones. */
export const latinFace = (file: string) => face(TEXT_FONT, file, ANY_WEIGHT, LATIN);
export const greekFace = (file: string) => face(TEXT_FONT, file, ANY_WEIGHT, GREEK);

const css = () => `
${latinFace(latin)}
${face(TEXT_FONT, italic, ANY_WEIGHT, "font-style: italic")}
${greekFace(greek)}
${face(CODE, mono, "font-weight: 400")}
${face(CODE, monoItalic, "font-weight: 400", "font-style: italic")}
${face(CODE, monoBold, "font-weight: 700")}
body {
  --jp-ui-font-family: "${TEXT_FONT}", system-ui, sans-serif;
  --jp-content-font-family: var(--jp-ui-font-family);
  --jp-code-font-family: "${CODE}", ui-monospace, monospace;
  font-family: var(--jp-ui-font-family); }
.cm-editor, pre, code { font-variant-ligatures: none; } /* => and !== as a reader types them */
`;

/** What a lesson's first screen needs; without it, charts would measure words in another font. */
const FIRST = [`400 16px "${TEXT_FONT}"`, `600 16px "${TEXT_FONT}"`, `14px "${CODE}"`];

export const fonts: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:fonts",
  description: "Brings the fonts of the course",
  autoStart: true,
  activate: () => {
    addSheet("course-fonts", css());
    for (const font of FIRST) {
      document.fonts
        .load(font)
        .catch((reason: unknown) => console.warn(`The font ${font} could not be loaded.`, reason));
    }
  },
};
