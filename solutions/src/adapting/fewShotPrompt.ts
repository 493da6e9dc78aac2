/**
 * A task told in a prompt (Brown et al. 2020, "Language Models are Few-Shot Learners",
 * arXiv:2005.14165, §2): no weight changes, the model reads solved examples and continues.
 */
import type { SolvedExample } from "./types";

/**
 * One text: the instruction, the solved examples in their order, and the new input, after which the
 * model writes the answer.
 *   instruction + Σ (input + between + output + end) + input + between without spaces at its end
 * Such spaces are left to the model, whose tokens mostly begin with them. If the text is longer than
 * `most`, whole examples go, the first one first, until it fits.
 * @param examples may be empty
 * @param input the new one
 * @param options instruction, default ""; between, default " → "; end, default "\n"; most letters
 *   (JavaScript's length), no limit by default
 * @returns the prompt
 * @throws when instruction and input alone are longer than most
 */
export function fewShotPrompt(
  examples: SolvedExample[],
  input: string,
  options: { instruction?: string; between?: string; end?: string; most?: number } = {},
): string {
  const { instruction = "", between = " → ", end = "\n", most = Infinity } = options;
  // yours
  const last = input + between.replace(/ +$/, "");
  const solved = examples.map((example) => example.input + between + example.output + end);
  const written = () => instruction + solved.join("") + last;
  while (solved.length > 0 && written().length > most) solved.shift();
  const prompt = written();
  if (prompt.length > most) {
    throw new Error(
      `fewShotPrompt: expected input and instruction of at most ${most} letters, got ${prompt.length}`,
    );
  }
  return prompt;
}
