/**
 * Rules that throw out texts which are no prose, without a model (Rae et al. 2021, "Scaling
 * Language Models: Methods, Analysis & Insights from Training Gopher", arXiv:2112.11446, appendix
 * A.1.1). Their limits; how words are cut and which signs are bullets is this course's choice.
 */

/** The words of which a text needs two. */
// given
export const STOP_WORDS: string[] = ["the", "be", "to", "of", "and", "that", "have", "with"];

/**
 * The rules that a text breaks, by name and in this order. Words are what stands between white
 * space; lines are those with a word in them, without white space at both ends; an ellipsis is
 * "..." or "…", so six dots are two.
 *   words      fewer than 50 words or more than 100,000
 *   length     a mean word of fewer than 3 or more than 10 characters (UTF-16 units, all signs)
 *   symbols    "#" or ellipses, each counted by itself, are more than 0.1 of the words
 *   bullets    more than 0.9 of the lines begin with "-", "*" or "•", whatever follows
 *   ellipses   more than 0.3 of the lines end with an ellipsis
 *   letters    fewer than 0.8 of the words hold a letter of any script
 *   stopWords  fewer than two different ones of STOP_WORDS among the words, in lower case and
 *              without what isn't a letter
 * A text without any word breaks "words" alone.
 */
export function failedRules(text: string): string[] {
  // yours
  const words = text.match(/\S+/g) ?? [];
  if (words.length === 0) return ["words"];
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const share = (items: string[], rule: RegExp) =>
    items.filter((item) => rule.test(item)).length / items.length;
  const count = (rule: RegExp) => (text.match(rule) ?? []).length / words.length;
  const meanLength = words.reduce((sum, word) => sum + word.length, 0) / words.length;
  const letters = (word: string) => word.toLowerCase().replace(/[^\p{L}]/gu, "");
  const plain = new Set([...new Set(words)].map(letters));
  const rules: [name: string, isBroken: boolean][] = [
    ["words", words.length < 50 || words.length > 100_000],
    ["length", meanLength < 3 || meanLength > 10],
    ["symbols", count(/#/g) > 0.1 || count(/\.\.\.|…/g) > 0.1],
    ["bullets", share(lines, /^[-*•]/) > 0.9],
    ["ellipses", share(lines, /(\.\.\.|…)$/) > 0.3],
    ["letters", share(words, /\p{L}/u) < 0.8],
    ["stopWords", STOP_WORDS.filter((word) => plain.has(word)).length < 2],
  ];
  return rules.flatMap(([name, isBroken]) => (isBroken ? [name] : []));
}
