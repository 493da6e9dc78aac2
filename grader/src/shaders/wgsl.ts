/**
 * WGSL (w3.org/TR/WGSL) made countable: each read of an input buffer becomes a call of a function
 * that counts it. The text is a student's, so whatever could read past the count is refused: other
 * bindings, addresses of buffers, and new meanings for the few names that the counting uses.
 * Comments are cut out, lines stay where they are.
 */
import type { KernelSpec } from "../exercise/exercise";

/** What is wrong with a kernel's text, a sentence to the student. */
export class KernelError extends Error {}

const LONGEST = 20_000;
const OURS = "course_";
/**
 * Names of WGSL that the counting functions and calls are made of; a kernel could give them another
 * meaning.
 */
const TAKEN = new Set(["u32", "f32", "atomic", "atomicAdd"]);
const DECLARING = new Set(["fn", "alias", "struct", "const", "override", "let", "var"]);

interface Token {
  text: string;
  at: number;
  line: number;
}

const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]/;

/** Where the block comment that begins at `start` ends; such comments nest. */
function endOfBlock(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const opens = text.startsWith("/*", at);
    if (!opens && !text.startsWith("*/", at)) continue;
    depth += opens ? 1 : -1;
    at++;
    if (depth === 0) return at + 1;
  }
  throw new KernelError("a comment that begins with /* has no end.");
}

/** A line comment ends at any of WGSL's line breaks. */
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
        throw new KernelError(
          `line ${line}: ${JSON.stringify(found)} is no character of WGSL outside of comments.`,
        );
      }
      tokens.push({ text: found, at, line });
    }
  }
  return tokens;
}

/** What a kernel reads and writes. */
export type Buffers = Pick<KernelSpec, "inputs" | "words" | "output">;

const typeOf = (name: string, words: string[] = []) => (words.includes(name) ? "u32" : "f32");

/** The declarations that a kernel must hold, word for word. */
export function declarations({ inputs, words, output }: Buffers): string[] {
  const declared = (name: string, i: number) =>
    `@group(0) @binding(${i}) var<storage, read> ${name}: array<${typeOf(name, words)}>;`;
  return [
    ...inputs.map(declared),
    `@group(0) @binding(${inputs.length}) var<storage, read_write> ${output}: array<f32>;`,
    `@group(0) @binding(${inputs.length + 1}) var<uniform> sizes: Sizes;`,
  ];
}

/** The tokens without those of the declarations. */
function cutDeclarations(tokens: Token[], wanted: string[]): Token[] {
  let rest = tokens;
  for (const declaration of wanted) {
    const words = tokensOf(declaration).map((t) => t.text);
    const start = rest.findIndex((_, i) => words.every((word, j) => rest[i + j]?.text === word));
    if (start < 0) {
      throw new KernelError(
        `the declaration ${declaration} is missing; the buffers are declared exactly so.`,
      );
    }
    rest = [...rest.slice(0, start), ...rest.slice(start + words.length)];
  }
  const more = rest.findIndex(
    (t, i) => t.text === "@" && ["group", "binding"].includes(rest[i + 1]?.text ?? ""),
  );
  if (more >= 0) {
    throw new KernelError(
      `line ${rest[more]!.line}: a kernel has only the buffers that the exercise names, each ` +
        "declared once.",
    );
  }
  return rest;
}

function refuseNewMeanings(tokens: Token[]): void {
  tokens.forEach(({ text, line }, i) => {
    if (text.startsWith(OURS)) {
      throw new KernelError(`line ${line}: names that begin with ${OURS} are the grader's.`);
    }
    const next = tokens[i + 1]?.text;
    const declared =
      DECLARING.has(tokens[i - 1]?.text ?? "") ||
      next === ":" ||
      (next === "=" && tokens[i + 2]?.text !== "=");
    if (TAKEN.has(text) && declared) {
      throw new KernelError(
        `line ${line}: ${text} is a name of WGSL and may not get another meaning.`,
      );
    }
  });
}

/** The index of the bracket that closes the one at `open`. */
function closing(tokens: Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]!.text === "[") depth++;
    if (tokens[i]!.text === "]" && --depth === 0) return i;
  }
  throw new KernelError(`line ${tokens[open]!.line}: [ is never closed.`);
}

interface Edit {
  at: number;
  length: number;
  by: string;
}

/** `arrayLength(&x)`, which reads nothing. @param i of the buffer's name */
function isLengthOf(tokens: Token[], i: number): boolean {
  const words = ["arrayLength", "(", "&", undefined, ")"];
  return words.every((word, j) => word === undefined || tokens[i - 3 + j]?.text === word);
}

/** `&x`, while `a && x[0]` takes no address. */
function takesAddress(tokens: Token[], i: number): boolean {
  const [beforeThat, before] = [tokens[i - 2], tokens[i - 1]];
  if (before?.text !== "&") return false;
  return !(beforeThat?.text === "&" && beforeThat.at === before.at - 1);
}

function expectAssignment(tokens: Token[], name: string, end: number, line: number): void {
  if (tokens[end + 1]?.text === "=" && tokens[end + 2]?.text !== "=") return;
  throw new KernelError(
    `line ${line}: ${name} is for writing only, ${name}[i] = …; ` +
      "keep sums in a variable and write them once.",
  );
}

/** What turns the buffer's name at token `i` into a counted read; nothing where it is written. */
function countRead(tokens: Token[], i: number, output: string): Edit[] {
  const { text: name, at, line } = tokens[i]!;
  const isMember = tokens[i - 1]?.text === ".";
  if (isMember || isLengthOf(tokens, i)) return [];
  const open = tokens[i + 1];
  if (open?.text !== "[" || takesAddress(tokens, i)) {
    const way = name === output ? `write ${name}[i] = …` : `read ${name}[i]`;
    throw new KernelError(
      `line ${line}: ${name} is a buffer; ${way}, so that what is read can be counted.`,
    );
  }
  const end = closing(tokens, i + 1);
  if (name === output) {
    expectAssignment(tokens, name, end, line);
    return [];
  }
  return [
    { at, length: open.at + 1 - at, by: `${OURS}${name}(u32(` },
    { at: tokens[end]!.at, length: 1, by: "))" },
  ];
}

function applied(text: string, edits: Edit[]): string {
  let edited = text;
  for (const { at, length, by } of [...edits].sort((a, b) => b.at - a.at)) {
    edited = edited.slice(0, at) + by + edited.slice(at + length);
  }
  return edited;
}

/**
 * The same kernel, counting its reads of the inputs in `course_reads`, a u32 at the binding after
 * the last.
 * @throws KernelError
 */
export function countReads(source: string, spec: Buffers): string {
  if (source.length > LONGEST) {
    throw new KernelError(`the kernel is ${source.length} characters long, more than ${LONGEST}.`);
  }
  const { inputs, words, output } = spec;
  const text = withoutComments(source);
  const tokens = cutDeclarations(tokensOf(text), declarations(spec));
  refuseNewMeanings(tokens);
  const buffers = new Set([...inputs, output]);
  const edits = tokens.flatMap((t, i) => (buffers.has(t.text) ? countRead(tokens, i, output) : []));
  const counter = `var<storage, read_write> ${OURS}reads: atomic<u32>;`;
  const counting = (name: string) =>
    `fn ${OURS}${name}(i: u32) -> ${typeOf(name, words)} ` +
    `{ atomicAdd(&${OURS}reads, 1u); return ${name}[i]; }`;
  return [
    applied(text, edits),
    `@group(0) @binding(${inputs.length + 2}) ${counter}`,
    ...inputs.map(counting),
  ].join("\n");
}
