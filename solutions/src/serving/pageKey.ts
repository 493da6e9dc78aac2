/** How a prefix cache names a page: by the page before it and by its own tokens. */

/**
 * The key of a page: two pages have the same one only if their tokens, and all tokens before them,
 * are the same. The page before stands for all that came before it, as the hash of the parent block
 * does in vLLM (Kwon et al. 2023, arXiv:2309.06180, and its documentation of automatic prefix
 * caching).
 * @param before the number of the page before, −1 for a text's first page
 * @param tokens the ids of a full page
 */
export function pageKey(before: number, tokens: number[]): string {
  return `${before}: ${tokens.join(" ")}`;
}
