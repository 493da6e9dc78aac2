/**
 * tf.einsum, which the stock backend doesn't have, made of other op kernels as on tfjs's plain CPU:
 * every input is brought to the axes of the equation, then the product is summed axis by axis.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { call } from "./module";
import type { WasmKernel } from "./register";

const { decodeEinsumEquation, checkEinsumDimSizes, getEinsumComputePath } = tf.backend_util;
const { getEinsumPermutation, isIdentityPermutation } = tf.backend_util;

/** Calls op kernels and remembers their results, which are disposed of at the end. */
function recorder(backend: BackendWasm) {
  const made: tf.TensorInfo[] = [];
  const run = (name: string, inputs: Record<string, tf.TensorInfo>, attrs: tf.NamedAttrMap) => {
    const result = call(name, backend, inputs, attrs);
    made.push(result);
    return result;
  };
  const disposeExcept = (result: tf.TensorInfo) => {
    for (const t of made) if (t !== result) backend.disposeData(t.dataId);
  };
  return { run, disposeExcept };
}

type Run = ReturnType<typeof recorder>["run"];

/** An input with one axis for each axis of the equation that is left; those it lacks have length 1. */
function align(x: tf.TensorInfo, rank: number, axes: number[], run: Run): tf.TensorInfo {
  const { permutationIndices: perm, expandDims } = getEinsumPermutation(rank, axes);
  const turned = isIdentityPermutation(perm) ? x : run("Transpose", { x }, { perm });
  const shape = [...turned.shape];
  for (const axis of expandDims) shape.splice(axis, 0, 1);
  return shape.length === turned.shape.length ? turned : run("Reshape", { x: turned }, { shape });
}

export const EINSUM: WasmKernel = {
  name: "Einsum",
  make: () => (backend, inputs, attrs) => {
    const tensors = Object.values(inputs);
    const equation = decodeEinsumEquation(attrs.equation as string, tensors.length);
    const { allDims, summedDims, idDims } = equation;
    checkEinsumDimSizes(allDims.length, idDims, tensors as tf.Tensor[]);
    const { path, steps } = getEinsumComputePath(summedDims, idDims);
    const { run, disposeExcept } = recorder(backend);
    let rank = allDims.length;
    let out: tf.TensorInfo | undefined;
    for (const [i, step] of steps.entries()) {
      for (const id of step) {
        const x = align(tensors[id]!, rank, idDims[id]!, run);
        out = out ? run("Multiply", { a: x, b: out }, {}) : x;
      }
      if (i === steps.length - 1) break;
      if (path[i]! >= 0) {
        const axis = path[i]! - (allDims.length - rank);
        out = run("Sum", { x: out! }, { axis: [axis], keepDims: false });
      }
      rank--;
    }
    // the caller disposes of the result, which must not be an input
    const result = tensors.includes(out!) ? run("Identity", { x: out! }, {}) : out!;
    disposeExcept(result);
    return result;
  },
};
