/**
 * The byte-level BPE tokenizer in the metadata of a language model's GGUF file
 * (github.com/ggml-org/ggml, docs/gguf.md), run by the components of lesson 01. The file has its
 * own order of ids, specials first, and bytes that never occurred in training have no id.
 */
import { concatBytes, utf8 } from "../text/bytes";
import { decodeBpe } from "../text/decodeBpe";
import { encodeBpe } from "../text/encodeBpe";
import { GPT2_PATTERN } from "../text/gpt2Pattern";
import { openAiCharacters, openAiOrder } from "../text/openAiOrder";
import type { BpeModel, Pair } from "../text/types";

/** encode skips bytes that have no id; decode throws on an id outside the vocabulary. */
export interface Tokenizer {
  encode(text: string): number[];
  decode(ids: Iterable<number>): string;
}

/**
 * SmolLM2's pattern: each digit is a word of its own, and the rest is cut as in GPT-2. White space
 * before a digit is one run, as if nothing followed it.
 */
export const DIGITS_PATTERN = new RegExp(
  String.raw`\p{N}|\p{White_Space}+(?=\p{N})|${GPT2_PATTERN.source}`,
  "gu",
);

type Metadata = Record<string, unknown>;

/** From the metadata's name of the pre-tokenizer to the pattern that cuts the same words. */
const PATTERNS: Record<string, RegExp> = { "gpt-2": GPT2_PATTERN, smollm: DIGITS_PATTERN };
const SPECIAL = 3; // token_type of tokens that merges never make

function listOf(metadata: Metadata, key: string): unknown[] {
  const list = metadata[key];
  if (!Array.isArray(list)) {
    throw new Error(`ggufTokenizer: expected metadata with the list ${key}, got ${typeof list}`);
  }
  return list;
}

function patternOf(metadata: Metadata): RegExp {
  const kind = metadata["tokenizer.ggml.model"];
  if (kind !== "gpt2") {
    const got = JSON.stringify(kind);
    throw new Error(`ggufTokenizer: expected tokenizer.ggml.model "gpt2", got ${got}`);
  }
  const pre = String(metadata["tokenizer.ggml.pre"]);
  const pattern = PATTERNS[pre];
  if (!pattern) {
    const known = Object.keys(PATTERNS).join(", ");
    throw new Error(`ggufTokenizer: expected tokenizer.ggml.pre to be one of ${known}, got ${pre}`);
  }
  return pattern;
}

/**
 * Bytes and merges in lesson 01's order.
 * @param lines merges as the file writes them, two tokens with a space between them
 * @returns vocab and merges of a BpeModel, and each token as the file writes it
 * @throws when a merge joins something that isn't a token
 */
function readMerges(lines: string[]) {
  const bytes = openAiOrder();
  const written = openAiCharacters(bytes);
  const ids = new Map(written.map((token, id) => [token, id]));
  const vocab: Uint8Array[] = bytes.map((b) => Uint8Array.of(b));
  const merges: Pair[] = [];
  for (const line of lines) {
    const [a, b] = line.split(" ") as [string, string];
    const left = ids.get(a);
    const right = ids.get(b);
    if (left === undefined || right === undefined) {
      const got = JSON.stringify(line);
      throw new Error(`ggufTokenizer: expected merges of two tokens, got ${got}`);
    }
    merges.push([left, right]);
    ids.set(a + b, written.push(a + b) - 1);
    vocab.push(concatBytes(vocab[left]!, vocab[right]!));
  }
  return { vocab, merges, written };
}

/**
 * Makes a tokenizer from the metadata of a GGUF file.
 * @param metadata tokenizer.ggml.model "gpt2", tokenizer.ggml.pre "gpt-2" or "smollm", and the
 *   lists tokens, token_type and merges
 * @throws when it describes a different kind of tokenizer, or a merge joins something that isn't a
 *   token
 */
export function ggufTokenizer(metadata: Metadata): Tokenizer {
  const pattern = patternOf(metadata);
  const tokens = listOf(metadata, "tokenizer.ggml.tokens") as string[];
  const types = listOf(metadata, "tokenizer.ggml.token_type");
  const lines = listOf(metadata, "tokenizer.ggml.merges") as string[];
  const { vocab, merges, written } = readMerges(lines);
  const special = tokens.filter((_, id) => types[id] === SPECIAL);
  const model: BpeModel = {
    vocab: [...vocab, ...special.map(utf8)],
    merges,
    pattern,
    specials: Object.fromEntries(special.map((token, i) => [token, vocab.length + i])),
  };
  const names = [...written, ...special];
  const ours = new Map(names.map((token, id) => [token, id]));
  const fileIds = new Map(tokens.map((token, id) => [token, id]));
  const toFile = names.map((token) => fileIds.get(token));
  const fileVocab = tokens.map((token) => model.vocab[ours.get(token)!] ?? utf8(token));
  return {
    encode: (text) => encodeBpe(text, model).flatMap((id) => toFile[id] ?? []),
    decode: (ids) => decodeBpe(ids, { ...model, vocab: fileVocab }),
  };
}
