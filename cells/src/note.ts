/** The note under a cell that ran although its types do not match. */
import type { Fault } from "./compile";
import { missingName, typeNote } from "./words";

const NAMES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string) => text.replace(/[&<>"]/g, (c) => NAMES[c]!);

interface Known {
  isDefined(name: string): boolean;
  /** Which cell to run for a name, see notebook.ts. */
  where(name: string): string | undefined;
  /** What the cell has thrown. */
  thrown: unknown;
}

/** @returns the content of the output; undefined where there is nothing to say */
export function noteOf(faults: readonly Fault[], code: string, known: Known): object | undefined {
  const { isDefined, where, thrown } = known;
  const said = missingName(String((thrown as Error | undefined)?.message)); // by the error
  // a name that exists by now was defined in a way that types do not see
  const isNews = (name?: string) => name === undefined || (name !== said && !isDefined(name));
  const real = faults.filter(({ text }) => isNews(missingName(text)));
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
