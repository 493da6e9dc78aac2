/** A session of cells (engine/cells/src/session.ts) in this process, with its output and errors. */
import type { ExecuteOptions, Failure, Output } from "cells";
import { createNodeHost, diskFiles, type NodeOutput } from "./host.js";
import type { CrashRecord } from "./lifecycle.js";
import { loadCells } from "./modules.js";
import { findNotebook, firstImports } from "./notebook.js";

const { createChecker, createSession, createTypeService } = loadCells();

/** The checker reads types so long after a client has connected, unless a cell runs before. */
const WARM_UP_DELAY_MS = 300;

export type NodeSession = ReturnType<typeof createNodeSession>;

/** @param folder the notebook's */
export function createNodeSession(crashRecord: CrashRecord, folder: string) {
  const types = createTypeService(diskFiles(process.cwd()));
  const checker = createChecker({ types, firstImports, findNotebook });
  const host = createNodeHost(process.cwd(), crashRecord, checker);
  const session = createSession<NodeOutput>(host, folder);
  let warmUp: NodeJS.Timeout | undefined;

  process.on("SIGINT", host.link.stop);
  Object.assign(globalThis, { require: host.runtime.require });
  Error.stackTraceLimit = 50; // the cell's own line comes after many of tfjs
  redirectOutput(session.output);
  reportUnhandledErrors((thrown) => {
    const { traceback } = session.describe(thrown);
    session.output()?.write("stderr", `${traceback.join("\n")}\n`);
  });

  return {
    ...session,
    checker,
    async execute(
      code: string,
      output: NodeOutput,
      options: ExecuteOptions,
    ): Promise<{ count: number; failure: Failure | undefined }> {
      clearTimeout(warmUp);
      const result = await session.execute(code, output, options);
      crashRecord.cellEnded();
      return result;
    },
    /** Reads types ahead, since the first cell comes soon. */
    clientConnected() {
      clearTimeout(warmUp);
      warmUp = setTimeout(checker.warmUp, WARM_UP_DELAY_MS);
    },
    /** From now on, the end of the process is no crash. */
    close: crashRecord.close,
  };
}

/** Sends what anything in this process prints to the cell that runs, or ran last. */
function redirectOutput(current: () => Output | undefined): void {
  const decoder = new TextDecoder();
  for (const name of ["stdout", "stderr"] as const) {
    const stream = process[name];
    const original = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      const output = current();
      if (!output) return original(chunk, ...rest);
      output.write(name, typeof chunk === "string" ? chunk : decoder.decode(chunk));
      const callback = rest.find((argument) => typeof argument === "function");
      (callback as (() => void) | undefined)?.();
      return true;
    };
  }
}

/**
 * Reports unhandled errors in the output of the cell that ran last; they must not end the kernel.
 * Other listeners are removed: tfjs's WASM module has some that throw again, which ends the process.
 */
function reportUnhandledErrors(report: (thrown: unknown) => void): void {
  const reported = new WeakSet<object>();
  const reportOnce = (thrown: unknown) => {
    if (thrown instanceof Object) {
      if (reported.has(thrown)) return;
      reported.add(thrown);
    }
    report(thrown);
  };
  process.removeAllListeners("uncaughtException").removeAllListeners("unhandledRejection");
  process.setUncaughtExceptionCaptureCallback(reportOnce);
  process.on("unhandledRejection", reportOnce);
}
