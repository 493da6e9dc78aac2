/** Finds Chromium, for PDFs of slides and for tests in a real browser. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** A headless Chromium that calls no server. No sandbox, because it can't start as root or in containers. */
export const chromiumFlags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * The executable: COURSE_CHROMIUM if it is set, or else the first one on the PATH.
 * @throws with the remedy when there is none
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  if (env.COURSE_CHROMIUM) {
    if (isExecutable(env.COURSE_CHROMIUM)) return env.COURSE_CHROMIUM;
    throw new Error(
      `COURSE_CHROMIUM is ${env.COURSE_CHROMIUM}, which is not a program: ` +
        "set it to the path of Chromium or Chrome",
    );
  }
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const found = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(isExecutable);
  if (!found) {
    throw new Error(
      "no Chromium found: install it (Debian: apt-get install chromium) or set " +
        "COURSE_CHROMIUM to the path of Chromium or Chrome",
    );
  }
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
