/**
 * GPT-2's own tokenizer (Radford et al. 2019): 256 bytes, 50,000 merges and one special, read from
 * OpenAI's list of merges, from which all ids follow. The list writes bytes as visible characters;
 * OpenAI counts the bytes that are visible themselves first.
 */
import { concatBytes } from "./bytes";
import { readDataFile } from "./dataFile";
import { GPT2_PATTERN } from "./gpt2Pattern";
import { openAiCharacters, openAiOrder } from "./openAiOrder";
import type { BpeModel, Pair } from "./types";

const SHA256 = "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5";

/**
 * The real GPT-2 tokenizer: 50,257 ids, the same numbers OpenAI's gives; <|endoftext|> is 50256.
 * @throws when its file is not the published one
 */
export function loadGpt2(): BpeModel {
  const order = openAiOrder();
  const vocab: Uint8Array[] = order.map((b) => Uint8Array.of(b));
  const merges: Pair[] = [];
  // how the file writes a token → its id
  const ids = new Map<string, number>(openAiCharacters(order).map((written, id) => [written, id]));
  const file = readDataFile("gpt2-vocab.bpe.gz", SHA256);
  for (let start = file.indexOf("\n") + 1, end: number; start < file.length; start = end + 1) {
    // the first line names the version
    const space = file.indexOf(" ", start);
    end = file.indexOf("\n", space);
    const a = file.slice(start, space);
    const b = file.slice(space + 1, end);
    const left = ids.get(a)!;
    const right = ids.get(b)!;
    merges.push([left, right]);
    ids.set(a + b, vocab.push(concatBytes(vocab[left]!, vocab[right]!)) - 1);
  }
  const end = vocab.push(new TextEncoder().encode("<|endoftext|>")) - 1;
  return { vocab, merges, pattern: GPT2_PATTERN, specials: { "<|endoftext|>": end } };
}
