/** What the info line of a slide says after its name: `:::: slide only steps lines=2,4-5`. */
import type { Report } from "./problems.js";

export interface SlideSettings {
  /** Not in the notebook. */
  only: boolean;
  /** Its points come up one after another. */
  steps: boolean;
  /** The lines of its code that stand out, from 1. */
  marked: number[];
}

/** Reads the settings; what is none of them is reported. */
export function slideSettings(words: string[], line: number, report: Report): SlideSettings {
  const settings: SlideSettings = { only: false, steps: false, marked: [] };
  const unknown: string[] = [];
  for (const word of words) {
    const marked = /^lines=(.+)$/.exec(word)?.[1];
    if (word === "only" || word === "steps") settings[word] = true;
    else if (marked && LINES.test(marked)) settings.marked = linesOf(marked);
    else unknown.push(word);
  }
  if (unknown.length > 0) {
    report(
      line,
      `a slide has no setting ${unknown.join(" ")}: write :::: slide, and after it only, steps ` +
        "or lines=2,4-5",
    );
  }
  return settings;
}

const LINES = /^[1-9]\d?(-[1-9]\d?)?(,[1-9]\d?(-[1-9]\d?)?)*$/;

/** "2,4-5" as 2, 4, 5. */
function linesOf(text: string): number[] {
  return text.split(",").flatMap((part) => {
    const [from, to = from] = part.split("-").map(Number) as [number, number?];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  });
}
