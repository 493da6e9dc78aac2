/** The devices of this machine, tried and measured. */
import { availableParallelism, freemem, totalmem } from "node:os";
import * as tf from "@tensorflow/tfjs-core";
import { wasmThreads } from "ops";
import { CANDIDATES, chooseDevice, compareDevices, use, type DeviceName } from "./device";
import { browserInfo, overrideFor, inBrowser } from "./environment";
import { MATRIX_SIZE, readSpeeds, type Speed } from "./speed";

export interface Finding {
  name: DeviceName;
  label: string;
  /** The reason that the device can't be used. */
  refused?: string;
  gflops?: number;
  /** The measurements by which a device is chosen. */
  speed?: Speed;
  engine?: string;
  get: string;
}

/** How many threads WebAssembly computes with. */
function threadsOf(name: DeviceName): string | undefined {
  if (name !== "wasm") return undefined;
  const threads = wasmThreads();
  return threads === 1 ? "1 thread" : `${threads} threads`;
}

const MIN_MEASURE_MS = 150;

/**
 * The speed of products of two n × n matrices, in GFLOP/s: billions of multiplications and
 * additions per second. n is 512, on plain CPU 128.
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
  } while (performance.now() - start < MIN_MEASURE_MS);
  tf.dispose([a, b]);
  return (2 * n ** 3 * runs) / ((performance.now() - start) * 1e6);
}

/** Tries each device, then returns to the chosen one. */
export async function examine(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const candidate of CANDIDATES) {
    const { name, label, get } = candidate;
    const no = await use(candidate, process.env.COURSE_DEVICE === name);
    const found = no ?? {
      gflops: await measure(name),
      engine: candidate.engine?.() ?? threadsOf(name),
    };
    findings.push({ name, label, get, ...found });
  }
  if (!inBrowser()) await compareDevices();
  const speeds = new Map(inBrowser() ? [] : readSpeeds()?.speeds);
  for (const finding of findings) finding.speed = speeds.get(finding.name);
  await chooseDevice();
  return findings;
}

/** The lines about the machine; a browser doesn't say how much memory is free. */
function machine(): string[] {
  const threads = `${availableParallelism()} threads`;
  const page = browserInfo();
  if (page) return [`${page.userAgent}, tfjs ${tf.version_core}`, threads];
  return [
    `Node ${process.version}, tfjs ${tf.version_core}, ${process.platform} ${process.arch}`,
    `${threads}, ${gigabytes(totalmem())} of memory, ${gigabytes(freemem())} of it free`,
  ];
}

const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GB`;

const milliseconds = (ms: number) => `${Number(ms.toPrecision(2))} ms`;

/** A device's line: an arrow if it is in use, its names, and its speed or why it is refused. */
function deviceLine({ name, label, refused, gflops, speed, engine }: Finding, used: boolean) {
  const large = gflops && `${Number(gflops.toPrecision(2))} GFLOP/s`;
  const both = speed && `${milliseconds(speed.small)} small, ${milliseconds(speed.large)} large`;
  const found = [large, both, engine].filter(Boolean).join(", ");
  const state = refused ? `refused  ${refused}` : `found    ${found}`;
  return `${used ? "→" : " "} ${name.padEnd(7)} ${label.padEnd(24)} ${state}`;
}

const SPEED_LEGEND =
  "Small: a hundred small operations; large: one product of " +
  `${MATRIX_SIZE} × ${MATRIX_SIZE} numbers. The device with the lower sum is used, or one above it ` +
  "that is at most a fifth slower; COURSE_DEVICE goes first.";

/**
 * What `course doctor` prints: versions, threads, memory, each device with its speed or the reason
 * it isn't used, and how to get one that may be faster.
 */
export async function doctor(): Promise<string> {
  const findings = await examine();
  const current = await chooseDevice();
  const place = findings.findIndex((f) => f.name === current.name);
  const better = findings.slice(0, place).findLast(({ refused }) => refused);
  return [
    ...machine(),
    "",
    "Devices; → marks the one in use:",
    ...findings.map((finding, i) => deviceLine(finding, i === place)),
    "",
    ...(inBrowser() ? [] : [SPEED_LEGEND]),
    better ? `${better.label} may be faster: ${better.get}` : "There is no better one.",
    `${overrideFor("cpu")} (or another name from the list) forces one.`,
  ].join("\n");
}
