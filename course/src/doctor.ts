/** What this machine offers, tried and measured. */
import { availableParallelism, freemem, totalmem } from "node:os";
import * as tf from "@tensorflow/tfjs-core";
import { CANDIDATES, chooseDevice, use, type DeviceName } from "./device";

export interface Finding {
  name: DeviceName;
  label: string;
  /** why it is not used */ refused?: string;
  gflops?: number;
  engine?: string;
  get: string;
}

const AT_LEAST_MS = 150;

/**
 * Billions of multiplications and additions a second in products of two n × n matrices, n = 512, on
 * plain CPU 128.
 */
async function measure(name: DeviceName): Promise<number> {
  const n = name === "cpu" ? 128 : 512;
  const a = tf.randomUniform([n, n], -1, 1, "float32", 1);
  const b = tf.randomUniform([n, n], -1, 1, "float32", 2);
  const product = async () => {
    const c = tf.matMul(a, b);
    await c.data();
    c.dispose();
  };
  await product(); // compiles
  const start = performance.now();
  let runs = 0;
  do {
    await product();
    runs++;
  } while (performance.now() - start < AT_LEAST_MS);
  tf.dispose([a, b]);
  return (2 * n ** 3 * runs) / ((performance.now() - start) * 1e6);
}

/** Tries each device, best first, and goes back to the one that is chosen. */
export async function examine(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const candidate of CANDIDATES) {
    const { name, label, get } = candidate;
    const no = await use(candidate, process.env.COURSE_DEVICE === name);
    findings.push(
      no
        ? { name, label, get, ...no }
        : { name, label, get, gflops: await measure(name), engine: candidate.engine?.() },
    );
  }
  await chooseDevice();
  return findings;
}

const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GB`;

/**
 * What `course doctor` prints: versions, threads, memory, each device with its speed or the reason
 * why it is not used, and how to get the next better one.
 */
export async function doctor(): Promise<string> {
  const findings = await examine();
  const current = await chooseDevice();
  const rows = findings.map(({ name, label, refused, gflops, engine }) => {
    const state = refused
      ? `refused  ${refused}`
      : `found    ${Number(gflops!.toPrecision(2))} GFLOP/s${engine ? `, ${engine}` : ""}`;
    return `${name === current.name ? "→" : " "} ${name.padEnd(7)} ${label.padEnd(24)} ${state}`;
  });
  const better = findings
    .slice(
      0,
      findings.findIndex((f) => f.name === current.name),
    )
    .at(-1);
  return [
    `Node ${process.version}, tfjs ${tf.version_core}, ${process.platform} ${process.arch}`,
    `${availableParallelism()} threads, ${gigabytes(totalmem())} of memory, ` +
      `${gigabytes(freemem())} of it free`,
    "",
    "Devices, the best first; → is used:",
    ...rows,
    "",
    better ? `The next better one, ${better.label}: ${better.get}` : "There is no better one.",
    "COURSE_DEVICE=cpu (or another name of the list) forces one.",
  ].join("\n");
}
