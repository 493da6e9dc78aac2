/** How a child hears from its parent and answers it, one message a frame (see run.ts). */
import * as fs from "node:fs";
import type { Value } from "../exercise/value";
import { pack } from "../sandbox/frames";
import type { Message } from "../sandbox/job";
import { packRuns } from "../sandbox/runFrames";

const JOB = 0;
const RESULTS = 3;
// kept before a student can replace them
const { readSync, writeSync } = fs;

function larger(bytes: Buffer): Buffer {
  const more = Buffer.alloc(2 * bytes.length);
  bytes.copy(more);
  bytes.fill(0);
  return more;
}

/**
 * All that the parent wrote. The bytes lie in this buffer alone, for the caller to wipe: what is
 * left in memory, a submission could find in a fresh buffer.
 */
export function receive(): Buffer {
  let bytes: Buffer = Buffer.alloc(1 << 16);
  let length = 0;
  for (;;) {
    if (length === bytes.length) bytes = larger(bytes);
    const n = readSome(bytes, length);
    if (n === 0) return bytes.subarray(0, length);
    length += n;
  }
}

function readSome(bytes: Buffer, at: number): number {
  for (;;) {
    try {
      return readSync(JOB, bytes, at, bytes.length - at, null);
    } catch (e) {
      const { code } = e as NodeJS.ErrnoException;
      if (code === "EOF") return 0; // Windows, where a pipe ends so
      if (code !== "EAGAIN") throw e;
    }
  }
}

/** A message as it travels. */
function wire(message: Message): Value {
  if (message.kind !== "case" || !message.runs) return message as unknown as Value;
  return { ...message, runs: packRuns(message.runs) };
}

export function send(message: Message): void {
  const bytes = pack(wire(message));
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(RESULTS, bytes, at);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== "EAGAIN") throw e;
    }
  }
}
