/** What `course slides` prints. */
import { relative } from "node:path";
import { slides } from "./slides.js";

/**
 * Writes the slides and prints their paths. Names the figures that aren't drawn yet.
 * @returns the exit code: 1 when a lesson could not be read
 */
export async function slidesCommand(
  root: string,
  words: string[],
  { pdf, out }: { pdf?: boolean; out?: string },
): Promise<number> {
  const start = performance.now();
  const { written, missingFigures: lacking, problems } = await slides(root, words, { pdf, out });
  for (const line of [...lacking, ...problems]) console.error(line);
  for (const file of written) console.log(relative(process.cwd(), file));
  if (written.length > 0) {
    const files = written.length === 1 ? "1 file" : `${written.length} files`;
    const ms = Math.round(performance.now() - start);
    console.log(`${files} in ${ms} ms; in a browser, S opens the speaker's notes`);
  }
  return problems.length > 0 ? 1 : 0;
}
