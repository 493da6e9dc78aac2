/** What the parent asks of a child, and what a child may say. */
import type { Value } from "../value";

export interface Job {
  /** Where the WASM binary lies in the child's world. */
  wasm: string;
  /** What `import … from "solutions"` gives: the text of a CommonJS module. */
  solutions: string;
  /**
   * Functions of ours that take the place of the student's after all cells have run, each exported
   * by such a module.
   */
  ours: { name: string; code: string }[];
  /** JavaScript; empty for a cell that is left out. An awaiting cell evaluates to a promise. */
  cells: { code: string; awaits: boolean }[];
  exercises: {
    name: string;
    /** a cell to run again just before, or -1 */ cell: number;
    forbid: string[];
    cases: {
      args: Value[];
      wrt?: string[];
      of?: string;
      tidy?: true;
      /** it may take its time */ long?: boolean;
    }[];
  }[];
}

/**
 * The child's messages come in exactly this order: ready, each cell, each case of each exercise,
 * end.
 */
export type Message =
  | { kind: "ready" }
  | { kind: "cell"; cell: number; error?: string }
  | { kind: "case"; exercise: number; case: number; value?: Value; error?: string }
  | { kind: "end" };

export const ERROR_LENGTH = 600;
