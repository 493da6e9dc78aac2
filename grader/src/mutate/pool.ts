/** Children that try mutants: one that is silent for too long, or dies, costs its mutant only. */
import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { Ask, Told } from "./child";

/** Milliseconds: until the cases are ready, and for one mutant. */
const PATIENCE = { ready: 120_000, mutant: 30_000 };
const HEAP = "--max-old-space-size=1024";

/** By index of the mutant: what killed it, or undefined where it survives. */
export type Tried = Map<number, string | undefined>;

export interface Tester {
  /** @throws when the exercise itself does not run */
  run(name: string): Promise<Tried>;
  close(): void;
}

export function openTester(root: string, patience = PATIENCE): Tester {
  const file = join(root, "grader", "dist", "mutate", "child.js");
  let child: ChildProcess | undefined;

  /** Hears a child until it ends an exercise or is lost; gives whether it ended. */
  const listen = (ask: Ask, tried: Tried): Promise<boolean> => {
    const own = (child ??= fork(file, {
      execArgv: [HEAP],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    }));
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout;
      const wait = (ms: number) => {
        clearTimeout(timer);
        timer = setTimeout(() => own.kill("SIGKILL"), ms);
      };
      const leave = () => {
        clearTimeout(timer);
        own.removeAllListeners();
      };
      own.on("message", (told: Told) => {
        wait(patience.mutant);
        if (told.kind === "mutant") tried.set(told.index, told.killer);
        if (told.kind === "error") {
          leave();
          reject(new Error(told.says));
        }
        if (told.kind === "end") {
          leave();
          resolve(true);
        }
      });
      own.on("exit", () => {
        leave();
        child = undefined;
        resolve(false);
      });
      wait(patience.ready);
      own.send(ask);
    });
  };

  return {
    run: async (name) => {
      const tried: Tried = new Map();
      let from = 0;
      while (!(await listen({ root, name, from }, tried))) {
        from = Math.max(-1, ...tried.keys()) + 1;
        tried.set(from++, "it does not end, or takes too much memory");
      }
      return tried;
    },
    close: () => child?.kill(),
  };
}
