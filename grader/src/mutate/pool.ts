/** Runs mutants in child processes. A child that is silent for too long, or dies, costs one mutant. */
import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { courseRoot } from "../files/paths";
import type { TrialMessage, TrialRequest } from "./child";

export interface TesterTimeouts {
  /** Milliseconds until the exercise's cases are ready. */
  ready: number;
  /** Milliseconds for one mutant. */
  mutant: number;
}
const DEFAULT_TIMEOUTS: TesterTimeouts = { ready: 120_000, mutant: 60_000 };
/** 128 MB for tensors, as in the grader's child. */
const FLAGS = ["--wasm-max-mem-pages=2048", "--max-old-space-size=768"];

/** By the mutant's index: what killed it, or undefined if it survives. */
export type TrialResults = Map<number, string | undefined>;

export interface Tester {
  /** @throws if the exercise itself doesn't run */
  run(name: string): Promise<TrialResults>;
  close(): void;
}

/** Sends a request to a child and waits until it has tried all mutants, is lost, or must be replaced. */
function request(
  child: ChildProcess,
  trial: TrialRequest,
  results: TrialResults,
  timeouts: TesterTimeouts,
): Promise<TrialMessage | { kind: "lost" }> {
  return new Promise((resolve) => {
    let isReady = false;
    let timer = setTimeout(() => child.kill("SIGKILL"), timeouts.ready);
    const leave = () => {
      clearTimeout(timer);
      child.removeAllListeners();
    };
    child.on("message", (message: TrialMessage) => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill("SIGKILL"), timeouts.mutant);
      isReady = true;
      if (message.kind === "mutant") results.set(message.index, message.killer);
      if (message.kind === "ready" || message.kind === "mutant") return;
      leave();
      resolve(message);
    });
    child.on("exit", () => {
      leave();
      resolve(isReady ? { kind: "lost" } : { kind: "error", message: "its cases can't be run" });
    });
    child.send(trial);
  });
}

export function openTester(root: string, timeouts = DEFAULT_TIMEOUTS): Tester {
  const file = join(courseRoot(), "grader", "dist", "mutate", "child.js");
  const start = () => fork(file, { execArgv: FLAGS, stdio: ["ignore", "ignore", "ignore", "ipc"] });
  let child: ChildProcess | undefined;
  let served = 0;
  const replace = () => {
    child?.kill("SIGKILL");
    child = undefined;
    served = 0;
  };
  const run = async (name: string): Promise<TrialResults> => {
    const results: TrialResults = new Map();
    let careful = false;
    for (;;) {
      const from = Math.max(-1, ...results.keys()) + 1;
      const trial = { root, name, from, careful };
      const end = await request((child ??= start()), trial, results, timeouts);
      if (end.kind === "end") {
        served++;
        return results;
      }
      const isFresh = served === 0;
      replace();
      // in a used child, memory that another exercise's mutants broke may be the cause
      if (end.kind === "error" && isFresh) throw new Error(end.message);
      if (end.kind === "doubtful") {
        results.clear();
        careful = true;
      }
      if (end.kind === "lost") {
        const lost = Math.max(-1, ...results.keys()) + 1;
        results.set(lost, "it doesn't end or takes too much memory");
      }
    }
  };
  return { run, close: replace };
}
