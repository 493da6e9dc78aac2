/** From what went wrong to the content of a Jupyter `error` message, in the lines of the cell. */
import { sep } from "node:path";
import { inspect, types } from "node:util";
import { positionInCell } from "./cells.js";
import { root } from "./modules.js";

const red = (text) => `\x1b[31m${text}\x1b[0m`;
const INTERRUPTED = { ename: "Interrupted", evalue: "the cell was stopped", traceback: [`${red("Interrupted")}: the cell was stopped`] };
const UNWRITTEN = /not written yet: (\w+)/;

/** Type errors as tslab reports them: { file, line, column, text }, a chain of explanations with the same position. */
function typeErrors(diagnostics, code) {
  const lines = code.split("\n");
  const traceback = diagnostics.flatMap(({ file, line, column, text }, i) => {
    const before = diagnostics[i - 1];
    if (before && before.line === line && before.column === column) return [`    ${text}`];
    const head = `${red("TypeScript")}: ${file ? `${file} ` : ""}line ${line}:${column}: ${text}`;
    return file ? [head] : [head, `  ${String(line).padStart(3)} | ${lines[line - 1] ?? ""}`, `      | ${" ".repeat(column - 1)}${red("^")}`];
  });
  const [first] = diagnostics;
  return { ename: "TypeScriptError", evalue: `line ${first.line}: ${first.text}`, traceback };
}

/** The frames that help a student: cells in their own lines, the course's files; not Node's, tslab's or a library's. */
function frames(stack) {
  const out = [];
  for (const line of stack.split("\n").filter((l) => /^\s+at /.test(l))) {
    if (/node_modules|node:|[\\/]tools[\\/]kernel/.test(line)) continue;
    const at = /(cell-\d+):(\d+):(\d+)/.exec(line);
    if (!at) { out.push(line.replace(root + sep, "")); continue; }
    const position = positionInCell(at[1], Number(at[2]), Number(at[3]));
    if (!position) continue;
    const name = /at (?:async )?(?:Object\.)?(.+?) \(/.exec(line)?.[1];
    const where = `${at[1]}, line ${position.line}:${position.column}`;
    out.push(name === undefined || name === "<anonymous>" ? `    at ${where}` : `    at ${name} (${where})`);
  }
  return out;
}

function describe(error) {
  const unwritten = UNWRITTEN.exec(error.message)?.[1];
  const message = unwritten ? `${error.message}. Write it in the cell that defines ${unwritten}, in place of the line that throws, and run that cell.` : error.message;
  return { message, lines: [`${red(error.name)}: ${message}`, ...frames(String(error.stack))] };
}

const isError = (value) => types.isNativeError(value) || value instanceof Error;

/**
 * @param diagnostics type errors, empty when the cell compiled
 * @param thrown what the cell threw
 * @param interrupted whether the student stopped it
 */
export function failure({ code, diagnostics, thrown, interrupted }) {
  if (diagnostics.length > 0) return typeErrors(diagnostics, code);
  if (interrupted || thrown?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") return INTERRUPTED;
  if (!isError(thrown)) return { ename: "Thrown", evalue: inspect(thrown), traceback: [`${red("Thrown")}: ${inspect(thrown)}`] };
  const { message, lines } = describe(thrown);
  const cause = thrown.cause === undefined ? [] : ["Caused by:", ...(isError(thrown.cause) ? describe(thrown.cause).lines : [inspect(thrown.cause)])];
  return { ename: thrown.name, evalue: message, traceback: [...lines, ...cause] };
}
