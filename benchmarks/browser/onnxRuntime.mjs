/** onnxruntime-web, in a worker as ours; it runs the graphs of graphs.py. It can't train. */
import * as ort from "./ort/ort.wasm.min.mjs";
import { answerInWorker, D, drawQkv } from "./works.mjs";

const open = (graph) => ort.InferenceSession.create(new URL(`${graph}.onnx`, import.meta.url).href);
const id64 = (id) => new ort.Tensor("int64", BigInt64Array.of(BigInt(id)), [1, 1]);

/** Reads one token after another, and keeps what the graph gives as keys and values. */
async function reader(graph, { L, C, H }) {
  const session = await open(graph);
  const names = Array.from({ length: L }, (_, i) => [`${i}.key`, `${i}.value`]).flat();
  const none = new ort.Tensor("float32", new Float32Array(0), [1, H, 0, C / H]);
  let past;
  let length;
  const clear = () => {
    past = Object.fromEntries(names.map((name) => [`past_key_values.${name}`, none]));
    length = 0;
  };
  clear();
  const read = async (id) => {
    const ids = { input_ids: id64(id), position_ids: id64(length++) };
    const { logits, ...present } = await session.run({ ...ids, ...past });
    for (const name of names) past[`past_key_values.${name}`] = present[`present.${name}`];
    return logits.data;
  };
  return { read, clear, length: () => length };
}

async function token({ size: name }) {
  const { size, numbers } = await (await fetch(`${name}.json`)).json();
  const { read, clear, length } = await reader(`${name}/onnx/model`, size);
  const check = async () => {
    let logits;
    for (const id of numbers[1].slice(0, size.T)) logits = await read(id);
    clear();
    return logits;
  };
  let id = 0;
  const step = async () => {
    if (length() === size.T) clear();
    const logits = await read(id);
    id = logits.indexOf(Math.max(...logits));
  };
  return { check, step };
}

const attention = (kind) => async (what) => {
  const session = await open(kind);
  const shape = kind === "naive" ? [1, 1, what.T, D] : [1, what.T, D];
  const [q, k, v] = drawQkv(what.T).map((values) => new ort.Tensor("float32", values, shape));
  const step = async () => (await session.run({ q, k, v })).y.data;
  return { check: step, step };
};

answerInWorker(() => {
  ort.env.wasm.numThreads = navigator.hardwareConcurrency;
  return { token, naive: attention("naive"), flash: attention("flash") };
});
