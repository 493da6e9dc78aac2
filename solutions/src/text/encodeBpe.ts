/** Text to ids by byte-pair encoding (Radford et al. 2019, GPT-2). */
import { applyMerges } from "./applyMerges";
import { expectText } from "./checks";
import { cutAtSpecials } from "./specials";
import type { BpeModel } from "./types";
import { wordEncoder } from "./wordEncoder";
import { eachWord } from "./wordsOf";

/**
 * Specials in the text become their ids. The rest is cut into words by the model's pattern, each
 * word into its bytes, and the merges are applied to the bytes in the order in which they were
 * learned.
 * @throws when text is not a string
 */
export function encodeBpe(text: string, model: BpeModel): number[] {
  expectText("encodeBpe", text);
  // yours
  const encodeWord = wordEncoder(model, applyMerges);
  const out: number[] = [];
  cutAtSpecials(text, Object.keys(model.specials)).forEach((piece, i) => {
    const isSpecial = i % 2 === 1;
    if (isSpecial) {
      out.push(model.specials[piece]!);
      return;
    }
    eachWord(piece, model.pattern, (start, end) => {
      for (const id of encodeWord(piece, start, end)) out.push(id);
    });
  });
  return out;
}
