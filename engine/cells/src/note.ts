/** The note under a cell that ran although its types do not match. */
import type { Fault } from "./compile";
import { missingName, typeNote } from "./words";

/** A cell that has run. */
export interface Ran {
  code: string;
  /** Names that it ended before it defined. */
  lost: readonly string[];
  /** All names that existed when it ended. */
  names: readonly string[];
  /** The message of what it has thrown. */
  thrown?: string;
  /** Whether the student has stopped it. */
  isStopped: boolean;
}

/** What follows where the type of something before is unknown. */
const FOLLOWS = /implicitly has an? '?any/;

const NAMES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string) => text.replace(/[&<>"]/g, (c) => NAMES[c]!);

/**
 * @param where which cell to run for a name, see notebook.ts
 * @returns the content of the output; undefined where there is nothing to say
 */
export function noteOf(
  faults: readonly Fault[],
  { code, names, thrown, isStopped }: Ran,
  where: (name: string) => string | undefined,
): object | undefined {
  if (isStopped) return undefined;
  const said = missingName(thrown ?? ""); // by the error
  const defined = new Set(names);
  // a name that exists was defined in a way that types do not see
  const isNews = (name?: string) => name === undefined || (name !== said && !defined.has(name));
  const follows = (text: string) => said !== undefined && FOLLOWS.test(text);
  const real = faults.filter(({ text }) => isNews(missingName(text)) && !follows(text));
  if (real.length === 0) return undefined;
  const told = real.map((fault) => {
    const name = missingName(fault.text);
    const place = name && where(name);
    return place ? { ...fault, text: `${fault.text} ${place}` } : fault;
  });
  const text = typeNote(told, code, thrown !== undefined);
  const [title, ...lines] = text.split("\n");
  const summary = `<summary>${escape(title!)}</summary>`;
  const html = `<details open>${summary}<pre>${escape(lines.join("\n"))}</pre></details>`;
  return {
    data: { "text/plain": text, "text/html": html },
    metadata: { course: { note: "types" } },
    transient: {},
  };
}
