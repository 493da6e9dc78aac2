/** Tests run on WASM, as grading does; COURSE_DEVICE=cpu runs them on plain CPU. */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";

await tf.setBackend(process.env.COURSE_DEVICE ?? "wasm");
