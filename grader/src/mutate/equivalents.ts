/**
 * Mutants that give right answers, too: solutions/src/<lesson>/<name>.survivors.json lists their
 * edits under the reason, [{ "why": …, "edits": [[from, to], …] }]. An edit counts whatever the
 * formatter did since.
 */
import { existsSync } from "node:fs";
import { applyEdits, normalizeLayout } from "../exercise/edits";
import { readSource } from "../files/source";
import type { MadeMutant } from "./mutants";

interface Reason {
  why: string;
  edits: [from: string, to: string][];
}

export interface Equivalents {
  has(mutant: MadeMutant): boolean;
  /** Edits that fit the source no more, or that no mutant makes. */
  stale(mutants: MadeMutant[]): string[];
}

/** @param solution the path of the solution's file */
export function readEquivalents(solution: string, source: string): Equivalents {
  const file = solution.replace(/\.ts$/, ".survivors.json");
  const reasons = existsSync(file) ? (JSON.parse(readSource(file)) as Reason[]) : [];
  const lost: string[] = [];
  const known = new Map<string, string>();
  for (const [from, to] of reasons.flatMap(({ edits }) => edits)) {
    try {
      known.set(normalizeLayout(applyEdits(source, [[from, to]], file)), from);
    } catch {
      lost.push(from);
    }
  }
  return {
    has: (mutant) => known.has(normalizeLayout(mutant.source)),
    stale: (mutants) => {
      const made = new Set(mutants.map((mutant) => normalizeLayout(mutant.source)));
      return [...lost, ...[...known].filter(([text]) => !made.has(text)).map(([, from]) => from)];
    },
  };
}
