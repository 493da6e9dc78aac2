/**
 * Prefix caching (Kwon et al. 2023, arXiv:2309.06180, §4.4, shared prefixes; Zheng et al. 2024,
 * SGLang, arXiv:2312.07104, §3): prompts that begin alike share the pages of their beginning. Which
 * page to give up when memory runs out is left out.
 */
import { expectCount } from "../shared/shapes";
import { pageKey } from "./pageKey";

/**
 * Finds the pages that a new prompt needn't compute. Page i holds tokens i·S … i·S + S − 1 and is
 * known if `known` has pageKey(page before it, its tokens); the page before the first one is −1.
 * The result ends before the first page that isn't known or isn't full, and before the page of the
 * prompt's last token, which must be read in any case: its scores choose the first new token.
 * @param prompt ids, at least one
 * @param known the numbers of full pages under their keys
 * @param size S, tokens in one page
 * @returns the numbers of the pages to share, in order; perhaps none
 * @throws when the prompt is empty, or size isn't a whole number of at least 1
 */
export function prefixCache(prompt: number[], known: Map<string, number>, size: number): number[] {
  expectCount("prefixCache", "size", size);
  if (prompt.length === 0) throw new Error("prefixCache: expected a prompt of at least one token");
  // yours
  const shared: number[] = [];
  for (let end = size; end < prompt.length; end += size) {
    const page = known.get(pageKey(shared.at(-1) ?? -1, prompt.slice(end - size, end)));
    if (page === undefined) break;
    shared.push(page);
  }
  return shared;
}
