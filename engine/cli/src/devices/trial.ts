/**
 * `node trial.js KIT FOLDER`: tries whether a device works here, in a process of its own, since a
 * library that doesn't fit ends its process.
 */
import { createRequire } from "node:module";
import { nativeEngine, tensorFlowVersion, useNative, useTensorFlow } from "course/devices";
import { registerWasmKernels } from "ops";

type Tfjs = typeof import("@tensorflow/tfjs-core");

const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs-core") as Tfjs;

function native(folder: string) {
  require("@tensorflow/tfjs-backend-wasm");
  registerWasmKernels();
  return useNative(folder);
}

tf.enableProdMode();
const [kit, folder] = process.argv.slice(2) as ["native" | "cuda", string];
const no = kit === "native" ? native(folder) : useTensorFlow(folder);
if (no) throw new Error(no.refused);
const backend = kit === "native" ? "wasm" : "tensorflow";
if (!(await tf.setBackend(backend))) throw new Error("its backend does not start");
const n = 37; // too large a product for WebAssembly alone
const a = tf.reshape(tf.range(0, n * n), [n, n]);
const product = tf.max(tf.abs(tf.sub(tf.matMul(a, tf.eye(n)), a))).dataSync()[0];
if (product !== 0) throw new Error("it computes wrong products");
console.log(kit === "native" ? nativeEngine() : tensorFlowVersion());
