/** Answers that the reader has written on pages of a site; the browser keeps them. */

const PREFIX = "course.draft ";

/** @param base the path at which the site is served */
const ofSite = (base: string) => PREFIX + base;

/** The key of an answer to an exercise of a lesson. */
export const draftKey = (base: string, lesson: string, name: string): string =>
  `${ofSite(base)}${lesson} ${name}`;

export function readDraft(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined; // a browser that keeps nothing
  }
}

/** @param text undefined removes it */
export function keepDraft(key: string, text: string | undefined): boolean {
  try {
    if (text === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return true;
  } catch {
    return false; // the text stays in the page as long as it is open
  }
}

/** All answers of a site, by their keys. */
export function draftsOf(base: string): Record<string, string> {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(ofSite(base)));
  return Object.fromEntries(keys.map((key) => [key, localStorage.getItem(key)!]));
}

/** Takes answers of the site, except where there is one already. */
export function addDrafts(base: string, loaded: Record<string, unknown>): void {
  for (const [key, text] of Object.entries(loaded)) {
    const isOwn = key.startsWith(ofSite(base)) && typeof text === "string";
    if (isOwn && localStorage.getItem(key) === null) localStorage.setItem(key, text);
  }
}
