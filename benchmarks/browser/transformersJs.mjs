/**
 * transformers.js, in a worker as ours: it writes with the graphs of graphs.py as with any model of
 * the Hub, on the onnxruntime-web that it comes with.
 */
import { AutoModelForCausalLM, env, Tensor } from "@huggingface/transformers";
import { answerInWorker } from "./works.mjs";

const tensor = (ids) => new Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]);
const asked = (ids) => ({ input_ids: tensor(ids), attention_mask: tensor(ids.map(() => 1)) });

async function token({ size: name }) {
  const { size, numbers } = await (await fetch(`${name}.json`)).json();
  const model = await AutoModelForCausalLM.from_pretrained(name, { device: "wasm", dtype: "fp32" });
  const check = async () => {
    const { logits } = await model(asked(numbers[1].slice(0, size.T)));
    return logits.data.slice(-size.V);
  };
  const per = size.T - 1; // a text is T long, and its first token is given
  const text = { min_new_tokens: per, max_new_tokens: per, do_sample: false };
  const step = async () => {
    const { dims } = await model.generate({ ...asked([0]), ...text });
    if (dims[1] !== size.T) throw new Error(`expected ${size.T} tokens, got ${dims[1]}`);
  };
  return { check, step, per };
}

answerInWorker(() => {
  const { origin } = location;
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = `${origin}/`;
  env.useBrowserCache = false;
  env.backends.onnx.wasm.wasmPaths = `${origin}/ort/`;
  env.backends.onnx.wasm.numThreads = navigator.hardwareConcurrency;
  return { token };
});
