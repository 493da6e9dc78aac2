/**
 * How fast devices do what lessons do, many small operations and few large ones, measured once for
 * a machine and kept in the user's cache.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { cpus, homedir } from "node:os";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths, writeFileAtomic } from "grader";

/** Milliseconds. */
export interface Speed {
  /** A hundred small operations, one after the other. */
  small: number;
  /** One product of two square matrices of MATRIX_SIZE rows. */
  large: number;
}

/** A score close to a lesson's waiting time: small and large operations count equally. */
const total = ({ small, large }: Speed) => small + large;

const ROUNDS = 2;
export const MATRIX_SIZE = 384;

/** A block of ten small operations on x [32, 32]. */
const block = (x: tf.Tensor, w: tf.Tensor): tf.Tensor => {
  const y = tf.mul(tf.add(tf.matMul(x, w), x), 0.5);
  const s = tf.softmax(tf.sub(y, tf.mean(y, -1, true)));
  return tf.add(tf.reshape(tf.square(tf.reshape(s, [1024])), [32, 32]), x);
};

/** The fastest of a few rounds, so that a busy moment does not count. */
async function fastest(compute: () => tf.Tensor): Promise<number> {
  let best = Infinity;
  for (let round = 0; round <= ROUNDS; round++) {
    const start = performance.now();
    const result = tf.tidy(compute);
    await result.data();
    result.dispose();
    if (round > 0) best = Math.min(best, performance.now() - start); // the first compiles
  }
  return best;
}

/** Measures tfjs's backend in use, in some hundredths of a second. */
export async function measureSpeed(): Promise<Speed> {
  const [x, w] = [tf.ones([32, 32]), tf.ones([32, 32])]; // drawing numbers would take longer
  const [a, b] = [tf.ones([MATRIX_SIZE, MATRIX_SIZE]), tf.ones([MATRIX_SIZE, MATRIX_SIZE])];
  try {
    const small = await fastest(() =>
      Array.from({ length: 10 }).reduce<tf.Tensor>((y) => block(y, w), x),
    );
    return { small, large: await fastest(() => tf.matMul(a, b)) };
  } finally {
    tf.dispose([x, w, a, b]);
  }
}

/** The faster of two measurements. */
export const faster = (a: Speed, b: Speed = a): Speed => ({
  small: Math.min(a.small, b.small),
  large: Math.min(a.large, b.large),
});

/** How many times as fast a device must be as a preferred one to be taken instead. */
const MIN_SPEEDUP = 1.2;

/** The name of the device to take; `speeds` is in the order of preference. */
export function fastestOf(speeds: [string, Speed][]): string | undefined {
  let best = speeds[0];
  for (const next of speeds.slice(1)) {
    if (total(next[1]) * MIN_SPEEDUP < total(best![1])) best = next;
  }
  return best?.[0];
}

/** Measurements of this machine. */
export interface SavedSpeeds {
  /** The hash of the machine's state when it was measured. */
  key: string;
  chosen: string;
  speeds: [string, Speed][];
}

/** The user's cache folder. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  if (process.platform === "win32" && LOCALAPPDATA) return LOCALAPPDATA;
  return join(homedir(), process.platform === "darwin" ? "Library/Caches" : ".cache");
}
const cacheFile = () => join(cacheFolder(), "foundation-models-course", "devices.json");

/** A short hash of what a measurement depends on: processor, versions, and what is set up. */
function cacheKey(): string {
  const { installed } = paths(courseRoot());
  const kits = ["native", "webgpu", "cuda"].map((kit) => {
    const stamp = join(installed(kit), "installed.json");
    return existsSync(stamp) ? readFileSync(stamp, "utf8") : existsSync(installed(kit));
  });
  const processors = cpus();
  const machine = [processors[0]?.model, processors.length, process.version, tf.version_core];
  return createHash("sha256")
    .update(JSON.stringify([machine, kits]))
    .digest("hex")
    .slice(0, 16);
}

const isSpeed = (x: unknown): x is Speed =>
  Number.isFinite((x as Speed | null)?.small) && Number.isFinite((x as Speed | null)?.large);

/** Earlier measurements of this machine in its current state; undefined if there are none. */
export function readSpeeds(): SavedSpeeds | undefined {
  try {
    const found = JSON.parse(readFileSync(cacheFile(), "utf8")) as SavedSpeeds;
    const fits = found.key === cacheKey() && typeof found.chosen === "string";
    return fits && found.speeds.every(([, speed]) => isSpeed(speed)) ? found : undefined;
  } catch {
    return undefined; // missing or damaged: it is measured again
  }
}

/** Keeps a measurement; where that fails, the next kernel measures again. */
export function saveSpeeds(chosen: string, speeds: [string, Speed][]): void {
  const file = cacheFile();
  try {
    mkdirSync(dirname(file), { recursive: true });
    const text = JSON.stringify({ key: cacheKey(), chosen, speeds } satisfies SavedSpeeds);
    writeFileAtomic(file, text, { concurrent: true }); // two kernels may start at once
  } catch {
    // a folder that can't be written, or a full disk
  }
}
