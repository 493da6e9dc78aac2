/**
 * Parts of Jupyter's protocol that every kernel shares: replies about the kernel and about code,
 * whether code is complete, and printed text on its way to Jupyter.
 */
import ts from "typescript";
import type { Checker } from "./checker";

/** The content of a request about code; the cursor counts characters. */
export interface CodeRequest {
  code: string;
  cursor_pos: number;
}

const LANGUAGE = {
  name: "typescript",
  version: "5.9",
  mimetype: "text/typescript",
  file_extension: ".ts",
  codemirror_mode: "typescript", // JupyterLab looks for a language of this name
};

export const KERNEL_INFO = {
  status: "ok",
  protocol_version: "5.3",
  implementation: "course",
  implementation_version: "1.0.0",
  language_info: LANGUAGE,
  banner: "TypeScript",
};

/** The reply to history_request: a kernel remembers nothing of earlier ones. */
export const NO_HISTORY = { status: "ok", history: [] };

/** Jupyter counts positions in code points, JavaScript in UTF-16 code units. */
const codeUnits = (code: string, points: number) => [...code].slice(0, points).join("").length;
const codePoints = (code: string, units: number) => [...code.slice(0, units)].length;

export function inspectReply(checker: Checker, { code, cursor_pos: position }: CodeRequest) {
  const found = checker.explain(code, codeUnits(code, position));
  const data = found ? { "text/plain": found.text, "text/markdown": found.markdown } : {};
  return { status: "ok", found: found !== undefined, data, metadata: {} };
}

export function completeReply(checker: Checker, { code, cursor_pos: position }: CodeRequest) {
  const { start, end, names } = checker.complete(code, codeUnits(code, position));
  const range = { cursor_start: codePoints(code, start), cursor_end: codePoints(code, end) };
  return { status: "ok", matches: names, ...range, metadata: {} };
}

/** Whether a console should wait for more lines, and how far it indents the next one. */
export type Completeness = { status: "complete" } | { status: "incomplete"; indent: string };

export function completeness(source: string): Completeness {
  // two empty lines run it all the same
  if (/(^|\n)\s*\n\s*$/.test(source)) return { status: "complete" };
  const output = ts.transpileModule(source, { reportDiagnostics: true });
  const isIncomplete = (output.diagnostics ?? []).some(
    ({ start, messageText }) =>
      start === source.length && typeof messageText === "string" && /expected\.$/.test(messageText),
  );
  return isIncomplete
    ? { status: "incomplete", indent: indentAfter(source) }
    : { status: "complete" };
}

function indentAfter(source: string): string {
  const line = source.slice(source.lastIndexOf("\n") + 1);
  const now = /^\s*/.exec(line)![0];
  if (/^\s*[}\]]/.test(line)) return now.slice(0, -2);
  return /[{([]\s*$/.test(line) ? `${now}  ` : now;
}

const FLUSH_INTERVAL_MS = 50;
const MAX_BUFFER_LENGTH = 1 << 16;

export type StreamName = "stdout" | "stderr";

/** A cell's printed text beyond this length isn't sent: it would freeze the page. */
const MAX_PRINTED_LENGTH = 200_000;
/** The same for the number of outputs that a cell adds. */
const MAX_DISPLAYS = 1_000;

const TEXT_LIMIT_NOTE =
  `\nThis cell prints more than ${MAX_PRINTED_LENGTH.toLocaleString("en")} letters. The rest isn't ` +
  "shown. If the cell still runs, Interrupt (■) stops it.\n";
const DISPLAY_LIMIT_NOTE =
  `\nThis cell shows more than ${MAX_DISPLAYS.toLocaleString("en")} outputs. The rest isn't shown. ` +
  "If the cell still runs, Interrupt (■) stops it.\n";

type Publish = (messageType: string, content: object) => void;

/** Publishes what a cell prints and shows, up to a limit of each. */
export function cellOutput(publish: Publish) {
  const stream = streamBuffer((name, text) => publish("stream", { name, text }));
  let printed = 0;
  let displays = 0;
  /** Sends a note at once: no timer fires while the cell runs in a loop. */
  const sendNote = (note: string) => {
    stream.write("stderr", note);
    stream.flush();
  };
  return {
    flush: stream.flush,
    write(name: StreamName, text: string) {
      if (printed > MAX_PRINTED_LENGTH) return;
      const rest = MAX_PRINTED_LENGTH - printed;
      printed += text.length;
      stream.write(name, text.slice(0, rest));
      if (printed > MAX_PRINTED_LENGTH) sendNote(TEXT_LIMIT_NOTE);
    },
    /** @param update whether to replace an earlier output */
    display(content: object, update: boolean) {
      stream.flush();
      if (!update && ++displays > MAX_DISPLAYS) {
        if (displays === MAX_DISPLAYS + 1) sendNote(DISPLAY_LIMIT_NOTE);
        return;
      }
      publish(update ? "update_display_data" : "display_data", content);
    },
  };
}

/**
 * Joins text that is printed within 50 ms, so that a loop that prints 5,000 lines sends a handful of
 * messages. The order between stdout and stderr stays.
 */
function streamBuffer(send: (name: StreamName, text: string) => void) {
  let name: StreamName = "stdout";
  let text = "";
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (text === "") return;
    const whole = text;
    text = "";
    last = Date.now();
    send(name, whole);
  };
  const write = (to: StreamName, more: string) => {
    if (to !== name) {
      flush();
      name = to;
    }
    text += more;
    if (Date.now() - last >= FLUSH_INTERVAL_MS || text.length > MAX_BUFFER_LENGTH) flush();
    else timer ??= setTimeout(flush, FLUSH_INTERVAL_MS);
  };
  return { write, flush };
}
