/**
 * Searches files for the answers of exercises, in whatever form: it unpacks archives and encodings,
 * takes the strings out of programs, and compares syntax trees in which names, white space, comments
 * and types don't count. For tests.
 */
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { transformSync } from "esbuild";
import ts from "typescript";

/** A text inside a file, with the way to it: "data/texts.json.gz > gzip > json[46]". */
export interface FoundText {
  path: string;
  text: string;
}

/** An answer as sets of runs of tokens: as it is written, and as esbuild shortens it. */
export interface Answer {
  name: string;
  forms: Set<string>[];
  /** The words of its tokens. */
  words: string[];
}

/** Shorter texts hold no answer. */
const MIN_TEXT_LENGTH = 40;
const MAX_DEPTH = 8;
/** Without the sign that stands for bytes which are no UTF-8. */
const PRINTABLE = /[\t\n\r\x20-\x7e\u00a0-\ufffc]{40,}/g;
const BASE64 = /[A-Za-z0-9+/_-]{60,}={0,2}/g;
const HEX = /(?:[0-9a-fA-F]{2}){60,}/g;

const isUtf8 = (bytes: Buffer) => Buffer.from(bytes.toString("utf8"), "utf8").equals(bytes);

/** What a compressed file or stream holds; undefined where the bytes are none. */
function decompress(bytes: Buffer): { kind: string; bytes: Buffer } | undefined {
  const attempts: [string, boolean, (bytes: Buffer) => Buffer][] = [
    ["gzip", bytes[0] === 0x1f && bytes[1] === 0x8b, gunzipSync],
    ["zlib", bytes[0] === 0x78 && (256 * bytes[0] + bytes[1]!) % 31 === 0, inflateSync],
  ];
  for (const [kind, isLikely, unpack] of attempts) {
    if (!isLikely) continue;
    try {
      return { kind, bytes: unpack(bytes) };
    } catch {
      // another format begins with the same bytes
    }
  }
  return undefined;
}

function brotli(bytes: Buffer): Buffer | undefined {
  try {
    return brotliDecompressSync(bytes);
  } catch {
    return undefined;
  }
}

/** All texts in the bytes of a file, packed ones included. */
export function textsIn(path: string, bytes: Buffer, depth = 0): FoundText[] {
  if (depth > MAX_DEPTH) return [];
  const packed = decompress(bytes);
  if (packed) return textsIn(`${path} > ${packed.kind}`, packed.bytes, depth + 1);
  if (/\.br$/.test(path)) {
    const unpacked = brotli(bytes);
    if (unpacked) return textsIn(`${path} > brotli`, unpacked, depth + 1);
  }
  if (isUtf8(bytes)) return textsInText(path, bytes.toString("utf8"), depth);
  const encodings = ["utf8", "latin1", "utf16le"] as const;
  return encodings.flatMap((encoding) =>
    (bytes.toString(encoding).match(PRINTABLE) ?? [])
      // latin1 finds ASCII as well as utf8 does
      .filter((run) => /[({]/.test(run) && (encoding !== "utf8" || /[^\t\n\r\x20-\x7e]/.test(run)))
      .flatMap((run) => textsInText(`${path} > ${encoding}`, run, depth + 1)),
  );
}

function parseJson(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The strings of a JSON value; a list of strings, such as a cell's lines, also counts as one text. */
function stringsOf(value: unknown, path: string): FoundText[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return [
      { path, text: value.join("") },
      ...value.map((text, i) => ({ path: `${path}[${i}]`, text })),
    ];
  }
  return Object.entries(value).flatMap(([key, member]) => stringsOf(member, `${path}[${key}]`));
}

/** Strings and templates of a program. */
function literalsOf(text: string): string[] {
  const tree = ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest, false);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    ) {
      found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** Bytes that a text spells out, where they are no noise. */
function encodedIn(text: string): { kind: string; bytes: Buffer }[] {
  const parts = [
    ...[...text.matchAll(BASE64)].map(([run]) => ({
      kind: "base64",
      bytes: Buffer.from(run, "base64"),
    })),
    ...[...text.matchAll(HEX)].map(([run]) => ({ kind: "hex", bytes: Buffer.from(run, "hex") })),
  ];
  return parts.filter(({ bytes }) => decompress(bytes) !== undefined || looksLikeCode(bytes));
}

const looksLikeCode = (bytes: Buffer) =>
  isUtf8(bytes) && /^[\t\n\r\x20-\x7e\u00a0-\uffff]+$/.test(bytes.toString("utf8"));

const isProgram = (path: string) => /\.([cm]?[jt]s)( > |$)/.test(path);

function textsInText(path: string, text: string, depth: number): FoundText[] {
  if (depth > MAX_DEPTH || text.length < MIN_TEXT_LENGTH) return [];
  const inner = (kind: string, part: string) => textsInText(`${path} > ${kind}`, part, depth + 1);
  const found: FoundText[] = [{ path, text }];
  for (const { kind, bytes } of encodedIn(text)) {
    found.push(...textsIn(`${path} > ${kind}`, bytes, depth + 1));
  }
  if (/%(28|7B|20)/i.test(text)) {
    try {
      found.push({ path: `${path} > URI`, text: decodeURIComponent(text) });
    } catch {
      // a percent sign that encodes nothing
    }
  }
  const json = parseJson(text);
  if (json !== undefined) {
    for (const part of stringsOf(json, "json")) found.push(...inner(part.path, part.text));
  } else if (isProgram(path) || /^\s*(import|export|const|function|"use strict")\b/.test(text)) {
    for (const part of literalsOf(text)) found.push(...inner("string", part));
  }
  return found;
}

/** A program as esbuild shortens it, without its types; undefined where it doesn't parse. */
function shorten(code: string): string | undefined {
  try {
    return transformSync(code, {
      loader: "ts",
      minifySyntax: true,
      minifyWhitespace: true,
      legalComments: "none",
      logLevel: "silent",
    }).code;
  } catch {
    return undefined;
  }
}

/** A program without its types, with everything else as it is written. */
const withoutTypes = (code: string) =>
  ts.transpileModule(code, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ESNext,
      removeComments: true,
    },
  }).outputText;

/**
 * The leaves of a syntax tree: members' names and literals as they are, operators and keywords, and
 * one sign for every other name.
 */
function tokensOf(code: string): string[] {
  const tree = ts.createSourceFile("a.js", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const tokens: string[] = [];
  const visit = (node: ts.Node) => {
    const children = node.getChildren(tree);
    if (children.length > 0) return children.forEach(visit);
    const text = node.getText(tree);
    if (text === "" || /^[;,]$/.test(text)) return;
    if (/^(const|let|var)$/.test(text)) return void tokens.push("let");
    if (!ts.isIdentifier(node)) tokens.push(text);
    else if (isShorthand(node)) tokens.push(text, ":", "#");
    else tokens.push(isMember(node) ? text : "#");
  };
  visit(tree);
  return tokens;
}

const isMember = (node: ts.Identifier, { parent } = node) =>
  (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
  (ts.isPropertyAssignment(parent) && parent.name === node) ||
  (ts.isBindingElement(parent) && parent.propertyName === node);

/** `{ gamma }`, which a program with shorter names spells `{ gamma: e }`. */
const isShorthand = (node: ts.Identifier, { parent } = node) =>
  ts.isShorthandPropertyAssignment(parent) ||
  (ts.isBindingElement(parent) &&
    ts.isObjectBindingPattern(parent.parent) &&
    parent.name === node &&
    parent.propertyName === undefined &&
    parent.dotDotDotToken === undefined);

const RUN_LENGTH = 6;

/** Runs of tokens by their text → where in the program they begin. */
type Runs = Map<string, number[]>;

function runsOf(code: string): Runs {
  const tokens = tokensOf(code);
  const runs: Runs = new Map();
  for (let i = 0; i + RUN_LENGTH <= tokens.length; i++) {
    const run = tokens.slice(i, i + RUN_LENGTH);
    if (!run.some((token) => /^[\w$"'`]{2,}/.test(token))) continue;
    const text = run.join(" ");
    const places = runs.get(text);
    if (places) places.push(i);
    else runs.set(text, [i]);
  }
  return runs;
}

/** The text of a function that a program declares. */
function functionIn(code: string, name: string): string {
  const tree = ts.createSourceFile("a.js", code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const declares = (s: ts.Statement) => ts.isFunctionDeclaration(s) && s.name?.text === name;
  const found = tree.statements.find(declares);
  if (!found) throw new Error(`no function ${name}`);
  return found.getText(tree);
}

const MARKER = "// yours\n";

/** What a student writes of an exercise. @param file the text of the solution's file */
export function bodyOf(name: string, file: string): string {
  const tree = ts.createSourceFile("a.ts", file, ts.ScriptTarget.Latest, true);
  const [body] = tree.statements.flatMap((s) =>
    ts.isFunctionDeclaration(s) && s.name?.text === name && s.body ? [s.body.getText()] : [],
  );
  if (body === undefined) throw new Error(`no function ${name}`);
  return body.slice(1, -1).split(MARKER).at(-1)!;
}

/** @param file the text of the solution's file */
export function answerOf(name: string, file: string): Answer {
  const stub = file.replace(bodyOf(name, file), () => 'throw new Error("not written yet");\n');
  const forms = [withoutTypes, shorten].map((form) => {
    const given = runsOf(functionIn(form(stub)!, name));
    const whole = runsOf(functionIn(form(file)!, name));
    return new Set([...whole.keys()].filter((run) => !given.has(run)));
  });
  return { name, forms, words: [...wordsOf([...forms[1]!].join(" "))] };
}

/** All words of a text. */
export const wordsOf = (text: string): Set<string> => new Set(text.match(/[A-Za-z_$][\w$]+/g));

/** A quick look that spares most texts the search: whether a text has most of an answer's words. */
export const hasWordsOf = ({ words }: Answer, others: Set<string>): boolean =>
  10 * words.filter((word) => others.has(word)).length >= 7 * words.length;

/** Fewer runs of tokens than this look like other code. */
const MIN_RUNS = 12;

/** Whether a search for the answer's syntax tree means something, also in a shortened program. */
export const isLongEnough = ({ forms }: Answer) => forms[1]!.size >= MIN_RUNS;

/** The largest share of the answer's runs that stand together in a program. */
function shareOf(form: Set<string>, program: Runs): number {
  const found = [...form].filter((run) => program.has(run));
  if (2 * found.length < form.size) return 0;
  const places = found.flatMap((run) => program.get(run)!.map((at) => ({ run, at })));
  places.sort((a, b) => a.at - b.at);
  const width = 3 * form.size + 100;
  const counts = new Map<string, number>();
  let best = 0;
  let first = 0;
  for (const { run, at } of places) {
    counts.set(run, (counts.get(run) ?? 0) + 1);
    for (; places[first]!.at < at - width; first++) {
      const gone = places[first]!.run;
      const left = counts.get(gone)! - 1;
      if (left > 0) counts.set(gone, left);
      else counts.delete(gone);
    }
    best = Math.max(best, counts.size);
  }
  return best / form.size;
}

/** The share of an answer's runs of tokens that stand together in one of the programs. */
export function shareIn({ forms }: Answer, programs: Runs[]): number {
  const long = forms.filter((form) => form.size >= MIN_RUNS);
  return Math.max(0, ...long.flatMap((form) => programs.map((runs) => shareOf(form, runs))));
}

/** Parts of a text that may be code: the text itself, and blocks of Markdown. */
function programsIn(text: string): string[] {
  const blocks = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].map(([, code]) => code!);
  return [text, ...blocks];
}

/** The runs of a text that may be code, as it is written and as esbuild shortens it. */
export const runsIn = (text: string): Runs[] =>
  programsIn(text).flatMap((code) => {
    const shortened = shorten(code) ?? shorten(`async function* f() {\n${code}\n}`);
    return [withoutTypes(code), shortened].flatMap((form) => (form ? [runsOf(form)] : []));
  });
