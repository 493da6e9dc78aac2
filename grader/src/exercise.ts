/** What the grader and the check need to know of one function: its cases, its tolerance, its typical mistakes. */
import type { Random } from "./random";
import type { Value } from "./value";

/** Points of an exercise are split over the groups that have cases; each group is all or nothing. */
export type Group = "values" | "shapes" | "gradient" | "property" | "errors";

export interface Case {
  group: Group;
  /** What the case shows, to the student, behind "It fails on this case:": "x lies a thousand off zero". */
  says: string;
  /** The function's arguments. */
  args: Value[];
  /** Group gradient: the paths of the tensors to differentiate by, "0" or "1.wq" (see call.ts for what is differentiated). */
  wrt?: string[];
  /** Group errors: what the message must hold, usually the argument's name. */
  throws?: string;
}

/** A case with the answer of an independent oracle. */
export interface ReferenceCase extends Case {
  /** The result; for group gradient the list of gradients in the order of `wrt`. */
  expected: Value;
  /** Absolute tolerance as the float64 oracle saw it: 1e-6 × the largest sum of absolute terms. */
  atol: number;
}

export interface Tolerance { rtol?: number; /** times the largest absolute expected value */ atol?: number; /** why it is wider than 1e-5 */ why: string }

/** An edit of the solution's source that makes a typical mistake. */
export interface Mutant {
  /** Pairs of [text that stands exactly once in the solution's file, replacement]. */
  edits: [from: string, to: string][];
  /** What went wrong and where to look, to the student: "The variance divides by C − 1; LayerNorm divides by C." */
  says: string;
}

export interface Exercise {
  /** Small fresh inputs, a few hundred elements a tensor, the same for the same random. */
  cases(random: Random): Case[];
  mutants: Mutant[];
  /** Defaults: values 4, shapes 2, gradient 2, property 2, errors 1, of which only those that have cases count. */
  weights?: Partial<Record<Group, number>>;
  tolerance?: Tolerance;
  /** Functions of tfjs that would be the answer: ["softmax", "logSoftmax"]. */
  forbid?: string[];
}
