/**
 * What the grader and the check need to know of one function: its cases, its tolerance, its typical
 * mistakes.
 */
import type { CostRule } from "./limits";
import type { Random } from "./random";
import type { TensorData } from "./tensorData";
import type { AnyFunction, Value } from "./value";

/**
 * Points of an exercise are split over the groups that have cases; each group is all or nothing.
 * Cases of group cost ask how the answer is found and not only what it is, after all others. They
 * measure it with `cost`; or they are so long that an answer which holds or computes too much
 * breaks the limits of the grader's child, and run there only.
 */
export type Group = "values" | "shapes" | "gradient" | "property" | "errors" | "cost";

export interface Case {
  group: Group;
  /**
   * What the case shows, to the student, after "It fails on this case:": "x lies a thousand off
   * zero".
   */
  title: string;
  /** The function's arguments; a function among them is { $function: "(x) => tf.relu(x)" }. */
  args: Value[];
  /**
   * Groups gradient and cost: the paths of the tensors to differentiate by, "0" or "1.wq" (see
   * call.ts for what is differentiated).
   */
  wrt?: string[];
  /**
   * With wrt, the part of the result that is differentiated, "codebook"; all its float tensors
   * unless given.
   */
  output?: string;
  /**
   * Where the statement asks for it: a call must dispose of all tensors it makes or gets from
   * functions among its arguments, except those of its result.
   */
  tidy?: true;
  /** Group errors: what the message must hold, usually the argument's name. */
  throws?: string;
  /** Group cost: looks at what the call ran (see limits.ts) where its result is right. */
  cost?: CostRule;
}

/** A case with the answer of an independent oracle. */
export interface ReferenceCase extends Case {
  /** The result; with `wrt` the list of gradients in its order. */
  expected: Value;
  /** Absolute tolerance as the float64 oracle saw it: 1e-6 × the largest sum of absolute terms. */
  atol: number;
}

export interface Tolerance {
  rtol?: number;
  /** Times the largest absolute expected value. */
  atol?: number;
  /** Why it is wider than 1e-5. */
  why: string;
}

/** An edit of the solution's source that makes a typical mistake. */
export interface Mutant {
  /** Pairs of [text that stands exactly once in the solution's file, replacement]. */
  edits: [from: string, to: string][];
  /**
   * What went wrong and where to look, to the student: "The variance divides by C − 1; LayerNorm
   * divides by C."
   */
  message: string;
  /**
   * Where its only fault is what it costs: the `says` of the first case of group cost that it
   * fails. It may earn no more than half of the points.
   */
  breaks?: string;
}

/** One run of a kernel. */
export interface Launch {
  /** float32, or int32 for words, in the order of the bindings. */
  inputs: TensorData[];
  /** The members of Sizes, whole numbers from 0 on. */
  sizes: number[];
  /** Of the output, float32. */
  shape: number[];
  workgroups: [x: number, y: number, z: number];
  /** What it may read from the input buffers, asked of cases of group cost. */
  maxBytesRead: number;
}

/**
 * For an exercise whose function takes nothing and returns the text of a compute kernel in WGSL.
 * The grader runs the text itself, on a device, inputs and buffers of its own, and counts what it
 * reads. The arguments of a case are what `launch` and `answer` take.
 */
export interface KernelSpec {
  /**
   * Names of the buffers that it reads, from binding 0 on: `@group(0) @binding(0) var<storage,
   * read> x: array<f32>;`.
   */
  inputs: string[];
  /** Those of them that hold 32-bit words, `array<u32>`, given as int32 tensors. */
  words?: string[];
  /**
   * Name of the buffer that it writes, at the next binding: `var<storage, read_write>`. The last
   * binding is `var<uniform> sizes: Sizes;`.
   */
  output: string;
  /** From a case's arguments, which are plain data, to a run. */
  launch: (...args: never[]) => Launch;
  /** From a case's arguments, as tensors, to the right output, by any code of ours. */
  answer: AnyFunction;
}

export interface Exercise {
  /**
   * Small fresh inputs, a few hundred elements a tensor except in group cost, the same for the same
   * random.
   */
  cases(random: Random): Case[];
  mutants: Mutant[];
  /**
   * Defaults: values 4, shapes 2, gradient 2, property 2, errors 1, of which only those that have
   * cases count, and cost as much as all others together: the idea of an exercise earns its points.
   */
  weights?: Partial<Record<Group, number>>;
  tolerance?: Tolerance;
  /**
   * Operations and optimizers of tfjs that would be the answer, by their last names:
   * ["softmax", "bandPart", "AdamOptimizer"]. They throw while the exercise runs.
   */
  forbid?: string[];
  /** Where the function returns a kernel's text. */
  kernel?: KernelSpec;
  /** The names of the function's parameters, for sentences; found in the solution when loaded. */
  parameters?: readonly (string | undefined)[];
}
