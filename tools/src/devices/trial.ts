/**
 * `node trial.js KIT FOLDER`: tries whether TensorFlow works here, in a process of its own, since a
 * library that doesn't fit ends its process.
 */
import { createRequire } from "node:module";
import { tensorFlowVersion, useTensorFlow, type Kit } from "course/dist/tensorflow.js";

type Tfjs = typeof import("@tensorflow/tfjs-core");

const tf = createRequire(import.meta.url)("@tensorflow/tfjs-core") as Tfjs;
tf.enableProdMode();
const [kit, folder] = process.argv.slice(2) as [Kit, string];
const no = useTensorFlow(kit, folder);
if (no) throw new Error(no.refused);
if (!(await tf.setBackend("tensorflow"))) throw new Error("its backend does not start");
const a = tf.tensor2d([1, 2, 3, 4], [2, 2]);
const product = [...tf.matMul(a, a).dataSync()];
if (product.join() !== "7,10,15,22") {
  throw new Error(`it computes ${product.join(", ")} instead of 7, 10, 15, 22`);
}
console.log(tensorFlowVersion());
