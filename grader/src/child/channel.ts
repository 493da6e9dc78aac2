/** The child's end of the channel to its parent: it reads its job once and writes messages. */
import * as fs from "node:fs";
import type { Value } from "../exercise/value";
import { checkFrameSize, pack } from "../exercise/frames";
import { SEAL_BYTES, type Message } from "../sandbox/job";
import { packRuns } from "../sandbox/messages";

const JOB_FD = 0;
const RESULTS_FD = 3;
// saved before a student can replace them
const { readSync, writeSync } = fs;

/**
 * Stands before each message. Student code can write to the parent too, and knows all but this, so
 * it exists here only and is never copied.
 */
const seal = new Uint8Array(SEAL_BYTES);

/** The seal and the length of the job, which is a frame. */
const START_BYTES = SEAL_BYTES + 4;

/**
 * Reads everything that the parent wrote: the seal, which stays here, and the job. The job's bytes
 * are in this buffer only, and the caller wipes it: a submission could find bytes that are left in
 * memory in a new buffer.
 */
export function receive(): Buffer {
  const start = Buffer.alloc(START_BYTES);
  readAll(start, 0);
  const job = Buffer.alloc(4 + start.readUInt32LE(SEAL_BYTES));
  start.copy(job, 0, SEAL_BYTES);
  readAll(job, 4);
  start.copy(seal, 0, 0, SEAL_BYTES);
  start.fill(0);
  return job;
}

function readAll(bytes: Buffer, from: number): void {
  for (let at = from; at < bytes.length;) {
    const n = readSome(bytes, at);
    if (n === 0) throw new Error("the job is cut off");
    at += n;
  }
}

function readSome(bytes: Buffer, at: number): number {
  for (;;) {
    try {
      return readSync(JOB_FD, bytes, at, bytes.length - at, null);
    } catch (e) {
      const { code } = e as NodeJS.ErrnoException;
      if (code === "EOF") return 0; // on Windows, a pipe ends this way
      if (code !== "EAGAIN") throw e;
    }
  }
}

/** A message as a value that a frame can hold. */
function encodeMessage(message: Message): Value {
  if (message.kind !== "case" || !message.runs) return message as unknown as Value;
  return { ...message, runs: packRuns(message.runs) };
}

/** Writes a message as one frame. @throws, and writes nothing, where the parent would refuse it */
export function send(message: Message): void {
  const bytes = pack(encodeMessage(message));
  checkFrameSize(bytes);
  write(seal);
  write(bytes);
}

function write(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(RESULTS_FD, bytes, at);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== "EAGAIN") throw e;
    }
  }
}
