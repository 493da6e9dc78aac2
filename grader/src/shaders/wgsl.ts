/**
 * Makes the reads of a shader in WGSL (w3.org/TR/WGSL) countable: each read of an input buffer
 * becomes a call of a function that counts it. A student wrote the text, so everything that could
 * read without being counted is refused: other bindings, addresses of buffers, and redefinitions of
 * the few names that the counting uses. Comments are removed; line numbers stay the same. Messages
 * to students say "kernel", the lesson's word for a compute shader.
 */
import type { ShaderSpec } from "../exercise/exercise";

/** What is wrong with a shader's text, as a message to the student. */
export class ShaderError extends Error {}

const MAX_SHADER_LENGTH = 20_000;
const COUNTER_PREFIX = "course_";
/** Names of WGSL that the counting code uses, and that a shader could redefine. */
const RESERVED_NAMES = new Set(["u32", "f32", "atomic", "atomicAdd"]);
const DECLARATION_KEYWORDS = new Set(["fn", "alias", "struct", "const", "override", "let", "var"]);

interface Token {
  text: string;
  at: number;
  line: number;
}

const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]/;

/** Where the block comment that begins at `start` ends. Block comments nest. */
function endOfBlock(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const opens = text.startsWith("/*", at);
    if (!opens && !text.startsWith("*/", at)) continue;
    depth += opens ? 1 : -1;
    at++;
    if (depth === 0) return at + 1;
  }
  throw new ShaderError("a comment that begins with /* has no end.");
}

/** Replaces comments by spaces. A line comment ends at any of WGSL's line breaks. */
function withoutComments(text: string): string {
  let out = "";
  let from = 0;
  let at = 0;
  const cut = (end: number) => {
    out += `${text.slice(from, at)} ${text.slice(at, end).replace(/[^\n]/g, "")}`;
    from = at = end;
  };
  while (at < text.length) {
    if (text.startsWith("//", at)) {
      const length = text.slice(at).search(LINE_BREAK);
      cut(length < 0 ? text.length : at + length);
    } else if (text.startsWith("/*", at)) cut(endOfBlock(text, at));
    else at++;
  }
  return out + text.slice(from);
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const { 0: found, index: at } of text.matchAll(/\n|[A-Za-z_]\w*|\d[\w.]*|\S|[^\S\n]+/g)) {
    if (found === "\n") line++;
    else if (!/^[ \t\r]*$/.test(found)) {
      if (!/^[\x21-\x7e]+$/.test(found)) {
        throw new ShaderError(
          `line ${line}: ${JSON.stringify(found)} is no character of WGSL outside of comments.`,
        );
      }
      tokens.push({ text: found, at, line });
    }
  }
  return tokens;
}

/** The names of the buffers that a shader reads and writes. */
export type ShaderBuffers = Pick<ShaderSpec, "inputs" | "words" | "output">;

const typeOf = (name: string, words: string[] = []) => (words.includes(name) ? "u32" : "f32");

/** The declarations that a shader must contain, word for word. */
export function declarations({ inputs, words, output }: ShaderBuffers): string[] {
  const declared = (name: string, i: number) =>
    `@group(0) @binding(${i}) var<storage, read> ${name}: array<${typeOf(name, words)}>;`;
  return [
    ...inputs.map(declared),
    `@group(0) @binding(${inputs.length}) var<storage, read_write> ${output}: array<f32>;`,
    `@group(0) @binding(${inputs.length + 1}) var<uniform> sizes: Sizes;`,
  ];
}

/** The tokens without those of the declarations. @throws ShaderError for missing or other ones */
function cutDeclarations(tokens: Token[], wanted: string[]): Token[] {
  let rest = tokens;
  for (const declaration of wanted) {
    const words = tokensOf(declaration).map((t) => t.text);
    const start = rest.findIndex((_, i) => words.every((word, j) => rest[i + j]?.text === word));
    if (start < 0) {
      throw new ShaderError(
        `the declaration ${declaration} is missing; the buffers are declared exactly so.`,
      );
    }
    rest = [...rest.slice(0, start), ...rest.slice(start + words.length)];
  }
  const more = rest.findIndex(
    (t, i) => t.text === "@" && ["group", "binding"].includes(rest[i + 1]?.text ?? ""),
  );
  if (more >= 0) {
    throw new ShaderError(
      `line ${rest[more]!.line}: a kernel has only the buffers that the exercise names, each ` +
        "declared once.",
    );
  }
  return rest;
}

function refuseRedefinitions(tokens: Token[]): void {
  tokens.forEach(({ text, line }, i) => {
    if (text.startsWith(COUNTER_PREFIX)) {
      throw new ShaderError(
        `line ${line}: names that begin with ${COUNTER_PREFIX} are the grader's.`,
      );
    }
    const next = tokens[i + 1]?.text;
    const declared =
      DECLARATION_KEYWORDS.has(tokens[i - 1]?.text ?? "") ||
      next === ":" ||
      (next === "=" && tokens[i + 2]?.text !== "=");
    if (RESERVED_NAMES.has(text) && declared) {
      throw new ShaderError(
        `line ${line}: ${text} is a name of WGSL and may not get another meaning.`,
      );
    }
  });
}

/** The index of the token that closes the bracket at `open`. */
function findClosingBracket(tokens: Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]!.text === "[") depth++;
    if (tokens[i]!.text === "]" && --depth === 0) return i;
  }
  throw new ShaderError(`line ${tokens[open]!.line}: [ is never closed.`);
}

interface Edit {
  at: number;
  length: number;
  replacement: string;
}

/** Whether token `i`, a buffer's name, is part of `arrayLength(&x)`, which reads nothing. */
function isLengthOf(tokens: Token[], i: number): boolean {
  const words = ["arrayLength", "(", "&", undefined, ")"];
  return words.every((word, j) => word === undefined || tokens[i - 3 + j]?.text === word);
}

/** Whether token `i` is part of `&x`; `a && x[0]` takes no address. */
function takesAddress(tokens: Token[], i: number): boolean {
  const [beforeThat, before] = [tokens[i - 2], tokens[i - 1]];
  if (before?.text !== "&") return false;
  return !(beforeThat?.text === "&" && beforeThat.at === before.at - 1);
}

function expectAssignment(tokens: Token[], name: string, end: number, line: number): void {
  if (tokens[end + 1]?.text === "=" && tokens[end + 2]?.text !== "=") return;
  throw new ShaderError(
    `line ${line}: ${name} is for writing only, ${name}[i] = …; ` +
      "keep sums in a variable and write them once.",
  );
}

/** The edits that turn the buffer's name at token `i` into a counted read; none for a write. */
function countRead(tokens: Token[], i: number, output: string): Edit[] {
  const { text: name, at, line } = tokens[i]!;
  const isMember = tokens[i - 1]?.text === ".";
  if (isMember || isLengthOf(tokens, i)) return [];
  const open = tokens[i + 1];
  if (open?.text !== "[" || takesAddress(tokens, i)) {
    const instead = name === output ? `write ${name}[i] = …` : `read ${name}[i]`;
    throw new ShaderError(
      `line ${line}: ${name} is a buffer; ${instead}, so that what is read can be counted.`,
    );
  }
  const end = findClosingBracket(tokens, i + 1);
  if (name === output) {
    expectAssignment(tokens, name, end, line);
    return [];
  }
  return [
    { at, length: open.at + 1 - at, replacement: `${COUNTER_PREFIX}${name}(u32(` },
    { at: tokens[end]!.at, length: 1, replacement: "))" },
  ];
}

function applyTextEdits(text: string, edits: Edit[]): string {
  let edited = text;
  for (const { at, length, replacement } of [...edits].sort((a, b) => b.at - a.at)) {
    edited = edited.slice(0, at) + replacement + edited.slice(at + length);
  }
  return edited;
}

/**
 * The same shader, but it counts its reads of the inputs in `course_reads`, a u32 at the binding
 * after the last one.
 * @throws ShaderError
 */
export function countReads(source: string, spec: ShaderBuffers): string {
  if (source.length > MAX_SHADER_LENGTH) {
    throw new ShaderError(
      `the kernel is ${source.length} characters long, more than ${MAX_SHADER_LENGTH}.`,
    );
  }
  const { inputs, words, output } = spec;
  const text = withoutComments(source);
  const tokens = cutDeclarations(tokensOf(text), declarations(spec));
  refuseRedefinitions(tokens);
  const buffers = new Set([...inputs, output]);
  const edits = tokens.flatMap((t, i) => (buffers.has(t.text) ? countRead(tokens, i, output) : []));
  const counter = `var<storage, read_write> ${COUNTER_PREFIX}reads: atomic<u32>;`;
  const countingFunction = (name: string) =>
    `fn ${COUNTER_PREFIX}${name}(i: u32) -> ${typeOf(name, words)} ` +
    `{ atomicAdd(&${COUNTER_PREFIX}reads, 1u); return ${name}[i]; }`;
  return [
    applyTextEdits(text, edits),
    `@group(0) @binding(${inputs.length + 2}) ${counter}`,
    ...inputs.map(countingFunction),
  ].join("\n");
}
