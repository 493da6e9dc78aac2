/** The progress of two browsers as one. */

export interface Entry {
  earned: number;
  of: number;
  at?: string;
  [more: string]: unknown;
}
export interface Progress {
  exercises: Record<string, Entry>;
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" &&
  value !== null &&
  Number.isFinite((value as Entry).earned) &&
  Number.isFinite((value as Entry).of);

/** Reads progress.json; without entries where it can't be read. */
export function readProgressText(text: string | undefined): Progress {
  try {
    const { exercises } = JSON.parse(text ?? "") as Progress;
    const entries = Object.entries(exercises).filter(([, entry]) => isEntry(entry));
    return { exercises: Object.fromEntries(entries) };
  } catch {
    return { exercises: {} };
  }
}

/** Of each exercise the better result, and of equal ones the later. */
export function mergeProgress(here: Progress, loaded: Progress): Progress {
  const exercises = { ...here.exercises };
  for (const [name, entry] of Object.entries(loaded.exercises)) {
    const own = Object.hasOwn(exercises, name) ? exercises[name] : undefined;
    if (!own || isBetter(entry, own)) exercises[name] = entry;
  }
  return { exercises };
}

function isBetter(entry: Entry, than: Entry): boolean {
  const [share, other] = [entry, than].map(({ earned, of }) => (of > 0 ? earned / of : 0));
  if (share !== other) return share! > other!;
  return (entry.at ?? "") > (than.at ?? "");
}
