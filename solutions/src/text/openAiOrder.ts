/** How the files of GPT-2 and its descendants write bytes: each as one visible character. */

/** The bytes in the order of GPT-2's ids 0 to 255: visible Latin-1 characters, then all others. */
export function openAiOrder(): number[] {
  const bytes = Array.from({ length: 256 }, (_, b) => b);
  const visible = (b: number) => (b >= 0x21 && b <= 0x7e) || (b >= 0xa1 && b !== 0xad);
  return [...bytes.filter(visible), ...bytes.filter((b) => !visible(b))];
}

/** How each byte of that order is written: a visible one as itself, others as U+0100, U+0101, … */
export function openAiCharacters(order: readonly number[]): string[] {
  const firstHidden = order.indexOf(0);
  return order.map((b, i) => String.fromCharCode(i < firstHidden ? b : 256 + i - firstHidden));
}
