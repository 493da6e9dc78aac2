/** What `course site` prints, and its server. */
import { relative } from "node:path";
import { serve } from "./serve.js";
import { writeSite, type SiteOptions } from "./site.js";

/** @returns the exit code, with --serve once Ctrl+C has ended it */
export async function siteCommand(
  root: string,
  options: SiteOptions & { serve?: boolean },
): Promise<number> {
  const start = performance.now();
  const { folder, base, pages, missingFigures: lacking } = await writeSite(root, options);
  for (const line of lacking) console.error(line);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const place = relative(process.cwd(), folder) || ".";
  console.log(`${place}: ${pages} pages and their slides in ${seconds} s`);
  if (!options.serve) {
    console.log("Any static host can serve this folder; npx course site --serve shows it here.");
    return 0;
  }
  const { address, stop } = await serve(folder, base);
  console.log(`${address}\nStop with Ctrl+C.`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  stop();
  return 0;
}
