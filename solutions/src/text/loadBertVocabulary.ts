/** The vocabulary of bert-base-uncased (Devlin et al. 2019), which MiniLM and many others share. */
import { readDataFile } from "./dataFile";
import type { WordPieceModel } from "./types";

const SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3";

/**
 * The real vocabulary of bert-base-uncased, 30,522 pieces. [PAD] is 0, [UNK] 100, [CLS] 101,
 * [SEP] 102 and [MASK] 103.
 * @throws when its file is not the published one
 */
export function loadBertVocabulary(): WordPieceModel {
  const vocab = readDataFile("bert-vocab.txt.gz", SHA256).trimEnd().split("\n");
  return {
    vocab,
    ids: new Map(vocab.map((piece, id) => [piece, id])),
    unknown: "[UNK]",
    maxWordLength: 100,
    lowercase: true,
  };
}
