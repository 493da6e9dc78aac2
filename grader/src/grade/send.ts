/**
 * How a child answers its parent: one message a frame, over the one pipe that it has (see run.ts).
 */
import { writeSync } from "node:fs";
import type { Value } from "../value";
import { pack } from "./frames";
import type { Message } from "./job";

const RESULTS = 3;

export function send(message: Message): void {
  const bytes = pack(message as unknown as Value);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(RESULTS, bytes, at);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== "EAGAIN") throw e;
    }
  }
}
