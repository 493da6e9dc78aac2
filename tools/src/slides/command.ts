/** What `course slides` prints. */
import { relative } from "node:path";
import { slides } from "./slides.js";

/**
 * @returns the exit code: 1 when a lesson could not be read; figures that are not drawn yet are
 *   only named
 */
export async function slidesCommand(
  root: string,
  words: string[],
  { pdf, out }: { pdf?: boolean; out?: string },
): Promise<number> {
  const start = performance.now();
  const { written, lacking, problems } = await slides(root, words, { pdf, out });
  for (const line of [...lacking, ...problems]) console.error(line);
  for (const file of written) console.log(relative(process.cwd(), file));
  if (written.length > 0) {
    console.log(
      `${written.length} ${written.length === 1 ? "file" : "files"} in ` +
        `${Math.round(performance.now() - start)} ms; in a browser, S opens the speaker's notes`,
    );
  }
  return problems.length > 0 ? 1 : 0;
}
