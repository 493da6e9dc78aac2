/**
 * The one way in which submissions are graded, in a batch and in a worker behind a queue: taken
 * from a source when a slot is free, graded by the grading service, and given back to the source as an
 * outcome. lanes.ts says who goes first.
 */
import { openScheduler, type Ticket } from "./scheduler";
import type { SubmissionOutcome } from "./result";
import type { GradingService, GradeRequest } from "./gradingService";
import { Postponed } from "../sandbox/run";
import { orAborted } from "./wait";

/** A submission that has been taken. One of the last three is called, and only one. */
export interface ClaimedSubmission {
  /** It has been put off already, and is not put off again. */
  mustFinish: boolean;
  /** @throws where it can't be read */
  read(): Promise<GradeRequest>;
  keep(outcome: SubmissionOutcome): Promise<void>;
  /** It gives way to those that have not had their turn, or the flow is stopped. */
  postpone(): Promise<void>;
  /** It could be neither read nor graded. */
  fail(problem: unknown): Promise<void>;
}

export interface SubmissionSource {
  /** Waits for a submission; undefined when there are no more. */
  next(): Promise<ClaimedSubmission | undefined>;
  /** Whether submissions wait that have not had their turn. */
  hasWaiting(): boolean;
}

async function gradeOne(
  taken: ClaimedSubmission,
  ticket: Ticket,
  service: GradingService,
  signal: AbortSignal,
) {
  let outcome: SubmissionOutcome;
  try {
    outcome = await service.grade(await taken.read(), ticket, signal);
  } catch (e) {
    if (e instanceof Postponed) return taken.postpone();
    if (!signal.aborted) return taken.fail(e);
    await taken.postpone();
    throw e;
  } finally {
    ticket.release();
  }
  return taken.keep(outcome);
}

/**
 * Grades what a source gives, until it gives no more.
 * @param width submissions at a time
 * @throws the first of what keep, putOff and fail throw, or the signal's reason; children that run
 *   are stopped then, and what they would have said is not kept
 */
export async function gradeAll(
  source: SubmissionSource,
  service: GradingService,
  width: number,
  stop?: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any(stop ? [stop, failed.signal] : [failed.signal]);
  const lanes = openScheduler(width, () => source.hasWaiting());
  const running = new Set<Promise<void>>();
  const start = (taken: ClaimedSubmission, ticket: Ticket) => {
    ticket.mustFinish = taken.mustFinish;
    const one: Promise<void> = gradeOne(taken, ticket, service, signal)
      .catch((e: unknown) => failed.abort(e))
      .finally(() => running.delete(one));
    running.add(one);
  };
  try {
    for (;;) {
      const ticket = await orAborted(lanes.acquire(), signal);
      const taken = await orAborted(source.next(), signal);
      if (!taken) break;
      start(taken, ticket);
    }
  } catch (e) {
    failed.abort(e);
  }
  await Promise.all(running); // none of them rejects
  signal.throwIfAborted();
}
