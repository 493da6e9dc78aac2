/**
 * The format of an exercise: what the grader and the notebook's check need to know about one
 * function. Each function of the solutions has a file `<name>.exercise.ts` that exports an Exercise.
 */
import type { CostRule } from "./cost";
import type { Random } from "./random";
import type { TensorData, AnyFunction, Value } from "./value";

/**
 * The points of an exercise are split over the groups that have cases; each group is all or nothing.
 * Cases of group cost run after all others and ask how a value is computed, not only what it is.
 * Either the case measures the call with `cost`; or its input is so long that a call which holds or
 * computes too much exceeds the limits of the grader's child, and then it runs only there.
 */
export type Group = "values" | "shapes" | "gradient" | "property" | "errors" | "cost";

export interface Case {
  group: Group;
  /**
   * What the case is about. Students read it after "It fails on this case:": "x lies a thousand off
   * zero".
   */
  title: string;
  /** The function's arguments; a function among them is { $function: "(x) => tf.relu(x)" }. */
  args: Value[];
  /**
   * The paths of the arguments with respect to which call.ts differentiates, "0" or "1.wq"; for
   * groups gradient and cost, and for values that count only together with their gradients.
   */
  wrt?: string[];
  /**
   * With wrt, the path of the tensor in the result that is differentiated, "codebook"; by default
   * all float tensors of the result.
   */
  output?: string;
  /**
   * With wrt: the squares of the result are differentiated, so that its gradients depend on its
   * values too. For a function whose values and gradients come from different places, since an
   * answer could give the one in some calls and the other in those that are differentiated.
   */
  squared?: true;
  /**
   * Where the statement asks for it: a call must dispose of all tensors that it makes, or that
   * functions among its arguments return, except those of its result.
   */
  tidy?: true;
  /**
   * Where the statement promises a new value: the result holds no list, map, array or tensor of the
   * arguments.
   */
  fresh?: true;
  /** Group errors: what the error message must contain, usually the argument's name. */
  throws?: string;
  /** Group cost: judges the op kernels that the call ran (see cost.ts), if its result is right. */
  cost?: CostRule;
}

/** A case with its expected value, from an independent oracle or from the solution. */
export interface ReferenceCase extends Case {
  /** The result; with `wrt` the list of gradients in its order. */
  expected: Value;
  /** Absolute tolerance. A float64 oracle writes 1e-6 × the largest sum of absolute terms. */
  atol: number;
}

export interface Tolerance {
  rtol?: number;
  /** Relative to the largest absolute expected value. */
  atol?: number;
  /** Why it is wider than 1e-5. */
  reason: string;
}

/** An edit of the solution's source that makes a typical mistake. */
export interface Mutant {
  /** Pairs of text that occurs exactly once in the solution's file, and its replacement. */
  edits: [from: string, to: string][];
  /**
   * Tells the student what went wrong and where to look: "The variance divides by C − 1; LayerNorm
   * divides by C."
   */
  message: string;
  /**
   * For a mutant whose only fault is its cost: the title of the first case of group cost that it
   * fails. It may earn no more than half of the points.
   */
  breaks?: string;
}

/** What one run of a shader works on. */
export interface ShaderLaunch {
  /** In the order of the bindings; int32 for words, float32 otherwise. */
  inputs: TensorData[];
  /** The members of the struct Sizes, whole numbers from 0 on. */
  sizes: number[];
  /** The shape of the output, which is float32. */
  shape: number[];
  workgroups: [x: number, y: number, z: number];
  /** How much it may read from the input buffers; cases of group cost check it. */
  maxBytesRead: number;
}

/**
 * For an exercise whose function takes nothing and returns the text of a compute shader in WGSL (the
 * lesson calls it a kernel, as CUDA does). The grader runs the text on a device, inputs and buffers
 * of its own, and counts what it reads. `launch` and `answer` take the arguments of a case.
 */
export interface ShaderSpec {
  /**
   * The names of the buffers that it reads, from binding 0 on: `@group(0) @binding(0) var<storage,
   * read> x: array<f32>;`.
   */
  inputs: string[];
  /** Which of them hold 32-bit words, `array<u32>`; cases give these as int32 tensors. */
  words?: string[];
  /**
   * The name of the buffer that it writes, at the next binding: `var<storage, read_write>`. The last
   * binding is `var<uniform> sizes: Sizes;`.
   */
  output: string;
  /** Makes a launch from a case's arguments, which are plain data. */
  launch: (...args: never[]) => ShaderLaunch;
  /** Computes the expected output from a case's arguments, as tensors, with tfjs. */
  answer: AnyFunction;
}

export interface Exercise {
  /**
   * Makes cases with small random inputs, a few hundred elements per tensor except in group cost. The
   * same seed gives the same cases.
   */
  cases(random: Random): Case[];
  mutants: Mutant[];
  /**
   * Defaults: values 4, shapes 2, gradient 2, property 2, errors 1. Only groups that have cases
   * count. Cost weighs as much as all others together, since the idea of such an exercise is to
   * avoid it.
   */
  weights?: Partial<Record<Group, number>>;
  tolerance?: Tolerance;
  /**
   * Operations and optimizers of tfjs that would solve the exercise, by their last names:
   * ["softmax", "bandPart", "AdamOptimizer"]. They throw while the exercise runs.
   */
  forbid?: string[];
  /** Set if the function returns the text of a shader. */
  shader?: ShaderSpec;
  /** The names of the function's parameters, for messages; loadContent reads them in the solution. */
  parameters?: readonly (string | undefined)[];
  /**
   * Whether the function returns a promise, as loadContent sees in the solution. An answer to another
   * one may not.
   */
  async?: boolean;
}
