/** A question whose answer shows only after the reader has guessed. */
import { escapeHtml } from "../figures/html";
import { display } from "../kernel";
import { captioned, expectCaption } from "../show";
import { register, tidied } from "./control";
import { completed, type ChoiceInput, type CompleteInput, type SliderInput } from "./inputs";
import { VIEW_MIME, type View } from "./view";

/** A number that the reader sets on a slider, which begins in the middle unless it is told where. */
export interface NumberGuess extends SliderInput {
  /** What the number counts: "nats". */
  unit?: string;
}
export type Guess = NumberGuess | ChoiceInput;
export type OutcomeOf<G extends Guess> = G extends NumberGuess ? number : string;

const MAX_OPTIONS = 8;

/** The middle of a slider, on one of its steps. */
function middleOf({ from, to, step = (to - from) / 100 }: SliderInput): number {
  return Number((from + Math.round((to - from) / 2 / step) * step).toPrecision(12));
}

function completedGuess(input: Guess): CompleteInput {
  if (input?.input !== "slider" && input?.input !== "choice") {
    throw new Error('guess: expected an input "slider" or "choice"');
  }
  if (input.input === "slider") {
    return completed("your guess", { start: middleOf(input), ...input }); // without the unit
  }
  if (!Array.isArray(input.of) || input.of.length < 2 || input.of.length > MAX_OPTIONS) {
    throw new Error(`guess: expected from 2 to ${MAX_OPTIONS} texts to choose from`);
  }
  return completed("your guess", input);
}

/** @throws when it is nothing that the reader could have guessed */
function expectOutcome(input: CompleteInput, outcome: unknown): number | string {
  if (input.input === "slider" && typeof outcome === "number" && Number.isFinite(outcome)) {
    return outcome;
  }
  if (input.input === "choice" && input.of.includes(outcome as string)) return outcome as string;
  const expected = input.input === "slider" ? "a finite number" : "one of the options";
  const got = outcome === undefined ? "nothing: does it return?" : String(outcome);
  throw new Error(`guess: expected fn to give ${expected}, got ${got}`);
}

/**
 * Asks for a guess before the answer shows, then draws both side by side and says how far apart they
 * are. While the notebook runs, the button asks `fn` again; elsewhere the answer is the one that the
 * cell computed. A page remembers the guess.
 *
 *     await guess("After 200 steps without warm-up, how high is the loss?",
 *       { input: "slider", from: 0, to: 4, step: 0.1, unit: "nats" },
 *       () => losses.at(-1)!);
 *
 * @param question one sentence that doesn't give the answer away
 * @param input a slider for a number, or a choice among at most eight texts
 * @param fn gives what came out: a number, or one of the texts; it may be async, and tensors that it
 *   makes are freed
 * @throws when the input makes no sense, what `fn` throws, and when it gives something else
 */
export async function guess<const G extends Guess>(
  question: string,
  input: G,
  fn: () => OutcomeOf<G> | Promise<OutcomeOf<G>>,
): Promise<void> {
  expectCaption("guess", question);
  const whole = completedGuess(input);
  const compute = async () => expectOutcome(whole, await tidied(fn, {}));
  const outcome = await compute();
  const id = register({ inputs: { guess: whole }, fn: compute });
  const unit = input.input === "slider" ? input.unit : undefined;
  const view: View = {
    view: "guess",
    version: 1,
    ...{ caption: question, id, input: whole, outcome },
    ...(unit === undefined ? {} : { unit }),
  };
  display({ [VIEW_MIME]: view, ...alternative(question, whole, outcome, unit) });
}

/** For programs that don't know the view: the question, and the answer behind a click. */
function alternative(
  question: string,
  input: CompleteInput,
  outcome: number | string,
  unit: string | undefined,
) {
  const rounded = typeof outcome === "number" ? String(Number(outcome.toPrecision(4))) : outcome;
  const answer = `${rounded}${unit ? ` ${unit}` : ""}`;
  const options = input.input === "choice" ? input.of.map((text) => escapeHtml(text)) : [];
  const list = options.length > 0 ? `<ul><li>${options.join("</li><li>")}</li></ul>` : "";
  const folded = `<details><summary>Guess, then look</summary>${escapeHtml(answer)}</details>`;
  return {
    "text/html": captioned(question, list + folded),
    "text/plain": `question: ${question}\nanswer: ${answer}`,
  };
}
