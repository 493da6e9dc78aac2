/** `console` in cells, whose text goes to the output of the cell. */
import type { StreamName } from "cells";
import { format } from "node-inspect-extracted";

const STREAMS: Record<string, StreamName> = {
  log: "stdout",
  info: "stdout",
  debug: "stdout",
  warn: "stderr",
  error: "stderr",
  trace: "stderr",
};

export function takeConsole(write: (stream: StreamName, text: string) => void): void {
  for (const [method, stream] of Object.entries(STREAMS)) {
    (console as unknown as Record<string, unknown>)[method] = (...values: unknown[]) => {
      write(stream, `${format(...values)}\n`);
    };
  }
  console.table = console.log;
  console.dir = (value: unknown) => {
    console.log(value);
  };
}
