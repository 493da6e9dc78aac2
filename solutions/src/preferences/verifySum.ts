/**
 * A verifiable reward (Lambert et al. 2024, "Tulu 3", arXiv:2411.15124, §6): a program decides, so
 * whatever the program lets through is what a model learns.
 */

/**
 * Whether a text answers a sum: it is the sum's digits, a period, and nothing else.
 * Right answers to "27+48=" are "75." and no other text: no sign, no zero or space before, no second
 * answer, no other digits than 0 to 9, nothing after the period, and not without it.
 * @param prompt two or more whole numbers joined by "+", and "=": digits 0 to 9, of any length, so
 *   beyond 2⁵³, too, with zeros in front or not
 * @param text what the model has written, any string
 * @throws when the prompt isn't such a sum
 */
export function verifySum(prompt: string, text: string): boolean {
  if (!/^[0-9]+(\+[0-9]+)+=$/.test(prompt)) {
    throw new Error(`verifySum: expected prompt such as "27+48=", got ${JSON.stringify(prompt)}`);
  }
  // yours
  const terms = prompt.slice(0, -1).split("+");
  const sum = terms.reduce((total, term) => total + BigInt(term), 0n);
  return text === `${sum}.`;
}
