/**
 * How much of each test has stood in the training texts, by n-grams (Brown et al. 2020, GPT-3,
 * arXiv:2005.14165, appendix C, which take 13 words and clean a test with any match; Touvron et al.
 * 2023, Llama 2, arXiv:2307.09288, appendix A.6, which count tokens in matches).
 */
import { expectCount } from "../shared/shapes";
import { wordGrams } from "./hashing";

/**
 * The share of each test's n-grams that stand in a training text. n-grams are those of wordGrams:
 * letters and digits count, upper case doesn't. A gram that a test has twice counts twice.
 * @param tests texts
 * @param training texts; no n-gram goes from one into the next
 * @param n words of a gram, default 13
 * @returns for each test a number from 0 to 1; 0 for a test of fewer than n words
 * @throws when n isn't a whole number of at least 1
 */
export function contaminated(tests: string[], training: string[], n = 13): number[] {
  expectCount("contaminated", "n", n);
  // yours
  const seen = new Set(training.flatMap((text) => wordGrams(text, n)));
  return tests.map((test) => {
    const grams = wordGrams(test, n);
    return grams.filter((gram) => seen.has(gram)).length / Math.max(1, grams.length);
  });
}
