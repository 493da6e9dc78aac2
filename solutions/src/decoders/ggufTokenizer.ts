/**
 * The byte-level BPE that a GGUF file of a language model carries in its metadata
 * (github.com/ggml-org/ggml, docs/gguf.md), run by the components of lesson 01. Its ids have an
 * order of their own, specials first, and bytes that training never met have none.
 */
import { concatBytes, utf8 } from "../text/bytes";
import { decodeBpe } from "../text/decodeBpe";
import { encodeBpe } from "../text/encodeBpe";
import { GPT2_PATTERN } from "../text/gpt2Pattern";
import { openAiCharacters, openAiOrder } from "../text/openAiOrder";
import type { BpeModel, Pair } from "../text/types";

/** encode leaves out bytes that have no id; decode throws on an id outside the vocabulary. */
export interface Tokenizer {
  encode(text: string): number[];
  decode(ids: Iterable<number>): string;
}

/**
 * SmolLM2's: each digit is a word and is taken out first, what is left is cut as GPT-2 does, so
 * that white space before a digit is a run that nothing follows.
 */
export const DIGITS_PATTERN = new RegExp(
  String.raw`\p{N}|\p{White_Space}+(?=\p{N})|${GPT2_PATTERN.source}`,
  "gu",
);

/** What the metadata calls the pre-tokenizer → the pattern that cuts the same words. */
const PATTERNS: Record<string, RegExp> = { "gpt-2": GPT2_PATTERN, smollm: DIGITS_PATTERN };
const SPECIAL = 3; // token_type of tokens that text never merges into

function listOf(metadata: Record<string, unknown>, key: string): unknown[] {
  const list = metadata[key];
  if (!Array.isArray(list)) {
    throw new Error(`ggufTokenizer: expected metadata with the list ${key}, got ${typeof list}`);
  }
  return list;
}

/**
 * @param metadata of a GGUF file: tokenizer.ggml.model "gpt2", tokenizer.ggml.pre "gpt-2" or
 *   "smollm", and the lists tokens, token_type and merges
 * @throws when it describes another kind of tokenizer, or a merge joins what is no token
 */
export function ggufTokenizer(metadata: Record<string, unknown>): Tokenizer {
  const kind = metadata["tokenizer.ggml.model"];
  const pre = String(metadata["tokenizer.ggml.pre"]);
  const pattern = PATTERNS[pre];
  if (kind !== "gpt2") {
    throw new Error(
      `ggufTokenizer: expected tokenizer.ggml.model "gpt2", got ${JSON.stringify(kind)}`,
    );
  }
  if (!pattern) {
    throw new Error(
      "ggufTokenizer: expected tokenizer.ggml.pre to be one of " +
        `${Object.keys(PATTERNS).join(", ")}, got ${pre}`,
    );
  }
  const tokens = listOf(metadata, "tokenizer.ggml.tokens") as string[];
  const types = listOf(metadata, "tokenizer.ggml.token_type");
  const fileIds = new Map(tokens.map((token, id) => [token, id]));
  const order = openAiOrder();
  const written = openAiCharacters(order); // tokens as the file writes them, in our order
  const ours = new Map(written.map((token, id) => [token, id]));
  const vocab: Uint8Array[] = order.map((b) => Uint8Array.of(b));
  const merges: Pair[] = [];
  for (const merge of listOf(metadata, "tokenizer.ggml.merges") as string[]) {
    const [a, b] = merge.split(" ") as [string, string];
    const left = ours.get(a);
    const right = ours.get(b);
    if (left === undefined || right === undefined) {
      throw new Error(`ggufTokenizer: the merge ${JSON.stringify(merge)} joins what is no token`);
    }
    merges.push([left, right]);
    ours.set(a + b, written.push(a + b) - 1);
    vocab.push(concatBytes(vocab[left]!, vocab[right]!));
  }
  const specials = Object.fromEntries(
    tokens.filter((_, id) => types[id] === SPECIAL).map((token, i) => [token, vocab.length + i]),
  );
  const model: BpeModel = {
    vocab: [...vocab, ...Object.keys(specials).map(utf8)],
    merges,
    pattern,
    specials,
  };
  // our id → the file's
  const toFile = [...written, ...Object.keys(specials)].map((token) => fileIds.get(token));
  const fileVocab = tokens.map(
    (token) => model.vocab[specials[token] ?? ours.get(token)!] ?? utf8(token),
  );
  return {
    encode: (text) => encodeBpe(text, model).flatMap((id) => toFile[id] ?? []),
    decode: (ids) => decodeBpe(ids, { ...model, vocab: fileVocab }),
  };
}
