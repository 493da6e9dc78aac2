/**
 * GPT-2's pre-tokenizer (Radford et al. 2019; encoder.py of openai/gpt-2). White space is spelled
 * out, since JavaScript's \s includes U+FEFF and lacks U+0085.
 */
const ALTERNATIVES = [
  /'s|'t|'re|'ve|'m|'ll|'d/u, // English endings
  / ?\p{L}+/u, // a word, with the space before it
  / ?\p{N}+/u, // a number
  / ?[^\p{White_Space}\p{L}\p{N}]+/u, // signs
  /\p{White_Space}+(?!\P{White_Space})/u, // white space, except the last before a word
  /\p{White_Space}+/u, // that last one, where the word could not take it along
];

export const GPT2_PATTERN = new RegExp(ALTERNATIVES.map(({ source }) => source).join("|"), "gu");
