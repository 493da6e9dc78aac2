/** What a kernel answers to requests of Jupyter's protocol about itself and about code. */
import type { Checker } from "./checker";

/** Of a request about code; the cursor counts characters. */
export interface CodeRequest {
  code: string;
  cursor_pos: number;
}

const LANGUAGE = {
  name: "typescript",
  version: "5.9",
  mimetype: "text/typescript",
  file_extension: ".ts",
  codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
};

export const KERNEL_INFO = {
  status: "ok",
  protocol_version: "5.3",
  implementation: "course",
  implementation_version: "1.0.0",
  language_info: LANGUAGE,
  banner: "TypeScript",
};

/** Nothing is remembered of earlier kernels. */
export const NO_HISTORY = { status: "ok", history: [] };

/** Jupyter counts characters, JavaScript halves of some of them. */
const unitsOf = (code: string, points: number) => [...code].slice(0, points).join("").length;
const pointsOf = (code: string, units: number) => [...code.slice(0, units)].length;

export function inspectReply(checker: Checker, { code, cursor_pos: position }: CodeRequest) {
  const found = checker.explain(code, unitsOf(code, position));
  const data = found ? { "text/plain": found.text, "text/markdown": found.markdown } : {};
  return { status: "ok", found: found !== undefined, data, metadata: {} };
}

export function completeReply(checker: Checker, { code, cursor_pos: position }: CodeRequest) {
  const { start, end, names } = checker.complete(code, unitsOf(code, position));
  const places = { cursor_start: pointsOf(code, start), cursor_end: pointsOf(code, end) };
  return { status: "ok", matches: names, ...places, metadata: {} };
}
