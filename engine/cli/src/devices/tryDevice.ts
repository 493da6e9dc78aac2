/**
 * `node tryDevice.js DEVICE FOLDER`: makes a device compute, in a process of its own, since a library
 * that doesn't fit this machine ends its process.
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
const [device, folder] = process.argv.slice(2) as ["native" | "cuda", string];
const failure = device === "native" ? native(folder) : useTensorFlow(folder);
if (failure) throw new Error(failure.refused);
const backend = device === "native" ? "wasm" : "tensorflow";
if (!(await tf.setBackend(backend))) throw new Error("its backend does not start");
const n = 37; // large enough that the product doesn't stay on WebAssembly
const a = tf.reshape(tf.range(0, n * n), [n, n]);
const product = tf.max(tf.abs(tf.sub(tf.matMul(a, tf.eye(n)), a))).dataSync()[0];
if (product !== 0) throw new Error("it computes wrong products");
console.log(device === "native" ? nativeEngine() : tensorFlowVersion());
