/**
 * Which tokens of a conversation are the model's to write. In the chat template of SmolLM2 (ChatML)
 * an answer stands between "<|im_start|>assistant\n" and "<|im_end|>".
 */

/**
 * 1 at each token of an answer, 0 elsewhere. An answer begins after each occurrence of all ids of
 * `opening` in a row and ends with the first `closing` after it, which counts as its last token. If
 * none comes, it ends with the text. Openings that begin inside an answer are part of it.
 * @param ids the tokens of one conversation
 * @param opening what stands before an answer, at least one id
 * @param closing the id that ends an answer; it also stands after other turns, and may be padding
 * @returns as many numbers as ids
 * @throws when opening is empty
 */
export function answerMask(ids: number[], opening: number[], closing: number): number[] {
  if (opening.length === 0) {
    throw new Error("answerMask: expected at least one id in opening, got []");
  }
  // yours
  const mask = ids.map(() => 0);
  let t = 0;
  while (t < ids.length) {
    if (!opening.every((id, i) => ids[t + i] === id)) {
      t++;
      continue;
    }
    t += opening.length;
    const end = ids.indexOf(closing, t);
    const after = end < 0 ? ids.length : end + 1;
    mask.fill(1, t, after);
    t = after;
  }
  return mask;
}
