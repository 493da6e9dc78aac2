/** The note under a cell that ran although its types do not match. */
import { cellsModule } from "./modules.js";

const escape = (text) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

/**
 * @param session its scope, `where` (which cell to run for a name), output, and what the cell has
 *   thrown
 */
export function showTypeNote(faults, code, { scope, where, output, thrown }) {
  const { missingName, typeNote } = cellsModule();
  const said = missingName(String(thrown?.message)); // by the error
  // a name that exists by now was defined in a way that types do not see
  const isNews = (name) => name === undefined || (name !== said && !scope.has(name));
  const real = faults.filter(({ text }) => isNews(missingName(text)));
  if (real.length === 0) return;
  const told = real.map((fault) => {
    const name = missingName(fault.text);
    const place = name && where(name);
    return place ? { ...fault, text: `${fault.text} ${place}` } : fault;
  });
  const text = typeNote(told, code, thrown !== undefined);
  const [title, ...lines] = text.split("\n");
  const html = `<details open><summary>${escape(title)}</summary><pre>${escape(lines.join("\n"))}</pre></details>`;
  output.display({
    data: { "text/plain": text, "text/html": html },
    metadata: { course: { note: "types" } },
    transient: {},
  });
}
