/** Whether a console should wait for more lines, and how far it indents the next one. */
import ts from "typescript";

export type Completeness = { status: "complete" } | { status: "incomplete"; indent: string };

export function completenessOf(source: string): Completeness {
  // two empty lines run it all the same
  if (/(^|\n)\s*\n\s*$/.test(source)) return { status: "complete" };
  const output = ts.transpileModule(source, { reportDiagnostics: true });
  const waits = (output.diagnostics ?? []).some(
    ({ start, messageText }) =>
      start === source.length && typeof messageText === "string" && /expected\.$/.test(messageText),
  );
  return waits ? { status: "incomplete", indent: indentAfter(source) } : { status: "complete" };
}

function indentAfter(source: string): string {
  const line = source.slice(source.lastIndexOf("\n") + 1);
  const now = /^\s*/.exec(line)![0];
  if (/^\s*[}\]]/.test(line)) return now.slice(0, -2);
  return /[{([]\s*$/.test(line) ? `${now}  ` : now;
}
