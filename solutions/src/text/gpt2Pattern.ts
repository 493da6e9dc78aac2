/**
 * GPT-2's pre-tokenizer (Radford et al. 2019; encoder.py of openai/gpt-2): English endings, words,
 * numbers and signs, each with the space before it, then white space, of which the last character
 * is left to the word that follows. White space is spelled out, since JavaScript's \s has U+FEFF
 * and lacks U+0085.
 */
export const GPT2_PATTERN =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;
