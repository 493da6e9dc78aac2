/**
 * Drawings of a text have the font of the text. Each is a picture of its own, in which a browser uses
 * only fonts that the machine has, so the font's file is put into it.
 */
import greek from "@fontsource-variable/inter/files/inter-greek-wght-normal.woff2";
import latin from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
import { greekFace, latinFace, TEXT_FONT } from "./fonts";

const BASE64 = "data:image/svg+xml;base64,";
const GREEK_LETTER = /[\u0370-\u03ff]/;

const kept = new Map<string, Promise<string>>();

/** A file as a data URI, read once. */
function dataUri(address: string): Promise<string> {
  const known = kept.get(address) ?? read(address);
  kept.set(address, known);
  known.catch(() => kept.delete(address));
  return known;
}

async function read(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  const file = await response.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error(address));
    reader.readAsDataURL(file);
  });
}

/** A drawing whose letters have the font; those of one width keep theirs. */
async function withFont(svg: string): Promise<string> {
  const faces = [latinFace(await dataUri(latin))];
  if (GREEK_LETTER.test(svg)) faces.push(greekFace(await dataUri(greek)));
  const rule = `:not([font-family*="mono"]) { font-family: "${TEXT_FONT}", sans-serif; }`;
  return svg.replace(/<svg[^>]*>/, (tag) => `${tag}<style>${faces.join(" ")} ${rule}</style>`);
}

/** Gives the drawings inside a text the text's font; without its file they stay as they are. */
export function setDrawings(root: HTMLElement): void {
  for (const image of root.querySelectorAll<HTMLImageElement>(`img[src^="${BASE64}"]`)) {
    const bytes = Uint8Array.from(atob(image.src.slice(BASE64.length)), (c) => c.charCodeAt(0));
    withFont(new TextDecoder().decode(bytes)).then(
      (svg) => (image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`),
      (reason: unknown) => console.warn("A drawing keeps another font.", reason),
    );
  }
}
