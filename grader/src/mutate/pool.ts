/** Children that try mutants: one that is silent for too long, or dies, costs its mutant only. */
import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { courseRoot } from "../files/paths";
import type { Ask, Told } from "./child";

/** Milliseconds: until the cases are ready, and for one mutant. */
export interface TesterTimeouts {
  ready: number;
  mutant: number;
}
const DEFAULT_TIMEOUTS: TesterTimeouts = { ready: 120_000, mutant: 60_000 };
/** Of tensors 128 MB, as in the grader's child. */
const FLAGS = ["--wasm-max-mem-pages=2048", "--max-old-space-size=768"];

/** By index of the mutant: what killed it, or undefined where it survives. */
export type Tried = Map<number, string | undefined>;

export interface Tester {
  /** @throws when the exercise itself does not run */
  run(name: string): Promise<Tried>;
  close(): void;
}

/** Hears a child until it has tried all mutants, or is lost, or has to be replaced. */
function listen(
  child: ChildProcess,
  ask: Ask,
  tried: Tried,
  timeouts: TesterTimeouts,
): Promise<Told | { kind: "lost" }> {
  return new Promise((resolve) => {
    let isReady = false;
    let timer = setTimeout(() => child.kill("SIGKILL"), timeouts.ready);
    const leave = () => {
      clearTimeout(timer);
      child.removeAllListeners();
    };
    child.on("message", (told: Told) => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill("SIGKILL"), timeouts.mutant);
      isReady = true;
      if (told.kind === "mutant") tried.set(told.index, told.killer);
      if (told.kind === "ready" || told.kind === "mutant") return;
      leave();
      resolve(told);
    });
    child.on("exit", () => {
      leave();
      resolve(isReady ? { kind: "lost" } : { kind: "error", says: "its cases can't be run" });
    });
    child.send(ask);
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
  const run = async (name: string): Promise<Tried> => {
    const tried: Tried = new Map();
    let careful = false;
    for (;;) {
      const from = Math.max(-1, ...tried.keys()) + 1;
      const ask: Ask = { root, name, from, careful };
      const told = await listen((child ??= start()), ask, tried, timeouts);
      if (told.kind === "end") {
        served++;
        return tried;
      }
      const isFresh = served === 0;
      replace();
      // in a used child, what another exercise's mutants left in its memory may be at fault
      if (told.kind === "error" && isFresh) throw new Error(told.says);
      if (told.kind === "doubtful") {
        tried.clear();
        careful = true;
      }
      if (told.kind === "lost") {
        const lost = Math.max(-1, ...tried.keys()) + 1;
        tried.set(lost, "it doesn't end or takes too much memory");
      }
    }
  };
  return { run, close: replace };
}
