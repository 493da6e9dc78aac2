/**
 * GPT-2's own tokenizer (Radford et al. 2019): 256 bytes, 50,000 merges and one special. All ids
 * follow from OpenAI's list of merges, which writes bytes as visible characters; bytes that are
 * visible characters themselves come first.
 */
import { utf8 } from "./bytes";
import { readDataFile } from "./dataFile";
import { GPT2_PATTERN } from "./gpt2Pattern";
import { openAiCharacters, openAiOrder } from "./openAiOrder";
import type { BpeModel, Pair } from "./types";

const SHA256 = "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5";

/**
 * The real GPT-2 tokenizer, with the same 50,257 ids as OpenAI's; <|endoftext|> is 50256.
 * @throws when its file is not the published one
 */
export function loadGpt2(): BpeModel {
  const order = openAiOrder();
  const vocab: Uint8Array[] = order.map((b) => Uint8Array.of(b));
  const merges: Pair[] = [];
  // how the file writes a token → its id
  const ids = new Map<string, number>(openAiCharacters(order).map((written, id) => [written, id]));
  const file = readDataFile("gpt2-vocab.bpe.gz", SHA256);
  const bytes = new Uint8Array(file.length); // of all tokens: 50,000 arrays take longer to make
  let used = 0;
  let start = file.indexOf("\n") + 1; // the first line names the version
  while (start < file.length) {
    const space = file.indexOf(" ", start);
    const end = file.indexOf("\n", space);
    const a = file.slice(start, space);
    const b = file.slice(space + 1, end);
    const left = ids.get(a)!;
    const right = ids.get(b)!;
    merges.push([left, right]);
    const token = bytes.subarray(used, used + a.length + b.length);
    token.set(vocab[left]!);
    token.set(vocab[right]!, a.length);
    used += token.length;
    ids.set(a + b, vocab.push(token) - 1);
    start = end + 1;
  }
  const endOfText = vocab.push(utf8("<|endoftext|>")) - 1;
  return { vocab, merges, pattern: GPT2_PATTERN, specials: { "<|endoftext|>": endOfText } };
}
