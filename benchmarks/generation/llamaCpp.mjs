/** The same by llama.cpp, through node-llama-cpp, on all threads of the processor. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { FILE, LENGTH, measures, MISSING, PROMPT, WRITTEN } from "./prompt.mjs";

async function load() {
  const { resolve } = createRequire(join(process.env.BENCH_PEERS, "package.json"));
  const { getLlama, LlamaLogLevel } = await import(pathToFileURL(resolve("node-llama-cpp")));
  return getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error });
}

async function run() {
  const threads = availableParallelism();
  const llama = await load();
  const model = await llama.loadModel({ modelPath: FILE });
  const context = await model.createContext({ contextSize: 128, threads });
  const prompt = model.tokenize(PROMPT).slice(0, LENGTH);

  const write = async () => {
    const sequence = context.getSequence();
    const times = [];
    let last = performance.now();
    const tokens = sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true });
    while (times.length <= WRITTEN && !(await tokens.next()).done) {
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    await tokens.return();
    sequence.dispose();
    return times;
  };
  await write();
  const [promptMs, ...tokenMs] = await write();
  return measures(promptMs, tokenMs);
}

const result = existsSync(FILE)
  ? await run().catch((e) => ({ refused: e.message }))
  : { refused: MISSING };
console.log(JSON.stringify(result));
process.exit();
