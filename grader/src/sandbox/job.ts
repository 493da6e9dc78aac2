/** What the parent asks of a child, and what a child may say. */
import type { Run } from "../exercise/runs";
import type { Value } from "../exercise/value";
import type { Code } from "../submission/transpile";

export interface Job {
  /** Where the WASM binary lies in the child's world. */
  wasm: string;
  /** What `import … from "solutions"` gives: the text of a CommonJS module. */
  solutions: string;
  /** JavaScript; empty for a cell that is left out. An awaiting cell evaluates to a promise. */
  cells: JobCell[];
  exercises: JobExercise[];
}
export interface JobCell extends Code {
  /** What may depend on it, where there is not enough time for all cells; nothing unless given. */
  needed?: "other cells" | "an exercise";
  /** What runs in its place, one after another, where the cell loses its child. */
  fallbacks?: Code[];
}
export interface JobExercise {
  name: string;
  /** A cell to run again before the exercise, or −1. */
  cell: number;
  /**
   * Functions of ours that take the place of the student's from this exercise on, each exported by
   * a module as above.
   */
  references: { name: string; code: string }[];
  /** Functions of tfjs that are gone from the first case on, for all later exercises too. */
  forbid: string[];
  cases: JobCase[];
}
export interface JobCase {
  args: Value[];
  wrt?: string[];
  output?: string;
  /** What it runs is to be recorded. */
  cost?: true;
  /** It may take its time. */
  long?: boolean;
}

/** A job that asks nothing. */
export const emptyJob = (wasm = ""): Job => ({
  wasm,
  solutions: "",
  cells: [],
  exercises: [],
});

/**
 * The child's messages come in exactly this order: ready, each cell, each case of each exercise,
 * end.
 */
export type Message =
  | { kind: "ready" }
  | { kind: "cell"; cell: number; error?: string }
  | { kind: "case"; exercise: number; case: number; value?: Value; runs?: Run[]; error?: string }
  | { kind: "end" };

export const MAX_ERROR_LENGTH = 600;

/** What the child says of an exercise that no cell has defined. */
export const notDefined = (name: string): string => `${name} is not defined`;
