/**
 * Complex numbers and the discrete Fourier transform, which the stock backend lacks. A complex64
 * tensor holds real and imaginary parts in turn.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { transformRows } from "../fourier";
import { address, floats, output } from "./module";
import type { WasmKernel } from "./register";

const size = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape);

/** A complex tensor's numbers, real and imaginary in turn. */
const pairs = (backend: BackendWasm, t: tf.TensorInfo) =>
  floats(backend, address(backend, t), 2 * size(t));

/** Methods readSync that know complex64. Others override the method for a while, so it is asked for. */
const readersOfPairs = new WeakSet<BackendWasm["readSync"]>();

/** tfjs reads a tensor's numbers through the backend, and the stock one knows no complex64. */
function readPairs(backend: BackendWasm): void {
  if (readersOfPairs.has(backend.readSync)) return;
  const stock = backend.readSync.bind(backend);
  backend.readSync = (dataId, start, end) => {
    const { dtype, shape } = backend.dataIdMap.get(dataId);
    return dtype === "complex64"
      ? pairs(backend, { dataId, dtype, shape }).slice()
      : stock(dataId, start, end);
  };
  readersOfPairs.add(backend.readSync);
}

const COMPLEX: WasmKernel = {
  name: "Complex",
  make:
    () =>
    (backend, { real, imag }) => {
      readPairs(backend);
      const result = output(backend, real!.shape, "complex64");
      const to = pairs(backend, result); // first, since memory may grow
      const parts = [real!, imag!].map((part) => backend.typedArrayFromHeap(part));
      for (let i = 0; i < to.length; i++) to[i] = parts[i & 1]![i >> 1]!;
      return result;
    },
};

/** A float32 tensor whose i-th number is f(real part, imaginary part). */
const partOf = (
  name: string,
  input: string,
  f: (re: number, im: number) => number,
): WasmKernel => ({
  name,
  make: () => (backend, inputs) => {
    const x = inputs[input]!;
    const y = output(backend, x.shape, "float32");
    const to = backend.typedArrayFromHeap(y);
    const from = pairs(backend, x);
    for (let i = 0; i < to.length; i++) to[i] = f(from[2 * i]!, from[2 * i + 1]!);
    return y;
  },
});

/** Along the last axis. */
const fourier = (name: string, inverse: boolean): WasmKernel => ({
  name,
  make: () => (backend, inputs) => {
    const x = inputs.input!;
    const n = x.shape.at(-1) ?? 1;
    const y = output(backend, x.shape, "complex64");
    if (size(x) === 0) return y;
    const from = pairs(backend, x);
    const to = pairs(backend, y);
    transformRows(
      size(x) / n,
      n,
      inverse,
      (i) => from[2 * i]!,
      (i) => from[2 * i + 1]!,
      (i, re, im) => {
        to[2 * i] = re;
        to[2 * i + 1] = im;
      },
    );
    return y;
  },
});

export const FOURIER = [
  COMPLEX,
  partOf("Real", "input", (re) => re),
  partOf("Imag", "input", (_, im) => im),
  partOf("ComplexAbs", "x", Math.hypot),
  fourier("FFT", false),
  fourier("IFFT", true),
];
