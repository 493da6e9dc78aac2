/**
 * The schema of what a child says: the one place where its answers become data of ours. Every field
 * is the submission's. What fits no schema ends the child, which costs the exercise at hand.
 */
import type { CaseOutcome } from "../exercise/call";
import { isTensorData } from "../exercise/tensorData";
import type { Value } from "../exercise/value";
import { BadMessage, fieldsOf, type Fields } from "./fields";
import { MAX_ERROR_LENGTH, type Message, type Step } from "./job";
import { unpackRuns } from "./runFrames";

function errorOf({ error }: Fields): string | undefined {
  if (error === undefined) return undefined;
  if (typeof error !== "string" || error.length > MAX_ERROR_LENGTH) {
    throw new BadMessage("an error that is no short text");
  }
  return error;
}

/** @throws BadMessage when the message is not the one that must come now */
export function parseMessage(value: Value, step: Step | undefined): Message {
  const fields = fieldsOf(value);
  if (!fields || !step) throw new BadMessage("an unexpected message");
  for (const [key, expected] of Object.entries(step)) {
    if (fields[key] !== expected) throw new BadMessage("a message out of order");
  }
  if (step.kind === "ready" || step.kind === "end") return step;
  const error = errorOf(fields);
  if (step.kind === "cell") return { ...step, error };
  const runs = fields.runs === undefined ? undefined : unpackRuns(fields.runs);
  return { ...step, value: fields.value, runs, error };
}

/** What a kernel's child says of one run, as an outcome; undefined where it says anything else. */
export function parseKernelAnswer(outcome: CaseOutcome | undefined): CaseOutcome | undefined {
  if (!outcome || "error" in outcome) return outcome;
  const fields = fieldsOf(outcome.value);
  if (!fields) return undefined;
  const { output, reads } = fields;
  if (!isTensorData(output) || typeof reads !== "number") return undefined;
  return { value: output, bytesRead: reads * Float32Array.BYTES_PER_ELEMENT };
}
