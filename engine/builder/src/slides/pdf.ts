/** Decks as PDF, one page per slide, printed by Chromium from the HTML files. */
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { chromiumFlags, findChromium } from "../chromium.js";

/**
 * Prints each deck beside its HTML file.
 * @param files paths of decks, NAME.html
 * @returns paths of the PDFs, NAME.pdf
 * @throws with the remedy when there is no Chromium
 */
export async function printDecks(files: string[]): Promise<string[]> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  try {
    const printed: string[] = [];
    for (const file of files) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
      await page.goto(pathToFileURL(file).href);
      await page.evaluate("deck.ready.then(deck.layOutForPrint)");
      const path = file.replace(/\.html$/, ".pdf");
      await page.pdf({
        path,
        preferCSSPageSize: true,
        printBackground: true,
        tagged: true,
        outline: true,
      });
      await page.close();
      printed.push(path);
    }
    return printed;
  } finally {
    await browser.close();
  }
}
