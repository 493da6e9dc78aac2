/** What the outcomes of an exercise say of it as a whole. */
import type { CaseOutcome } from "../exercise/call";
import { forbiddenName } from "../exercise/guard";
import { notDefined } from "../sandbox/job";
import type { PreparedExercise } from "./lesson";

export type Outcomes = (CaseOutcome | undefined)[];

const errorIs = (outcome: CaseOutcome | undefined, error: string) =>
  outcome !== undefined && "error" in outcome && outcome.error === error;

/**
 * The stub throws this. What stands before it, such as checks of the arguments, may answer some
 * cases, but no case of values, where an answer that lacks a branch has some.
 */
export function unwritten({ entry, cases }: PreparedExercise, outcomes: Outcomes): boolean {
  const stub = `not written yet: ${entry.name}`;
  const hasValue = (i: number) => cases[i]?.group === "values" && "value" in (outcomes[i] ?? {});
  return outcomes.some((o) => errorIs(o, stub)) && !outcomes.some((_, i) => hasValue(i));
}

/** No cell has defined it, in whatever way. */
export const undefinedIn = (name: string, outcomes: Outcomes) =>
  outcomes.every((o) => errorIs(o, notDefined(name)));

/** Functions of tfjs that an exercise may not use. */
export const forbidden = ({ content }: PreparedExercise): string[] => content.exercise.forbid ?? [];

/** It met what another exercise of its child may not use, and may use that itself. */
export const metOthersBan = (e: PreparedExercise, outcomes: Outcomes) =>
  outcomes.some((o) => {
    const name = o && "error" in o ? forbiddenName(o.error) : undefined;
    return name !== undefined && !forbidden(e).includes(name);
  });
