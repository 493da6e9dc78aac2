/**
 * `encode`: the fast encoder with GPT-2's files. `train 1`, `train 5`: 10,000 ids on so many
 * megabytes.
 */
import { createRequire } from "node:module";
import { measureEncoding, memory, text } from "./measure.mjs";

const require = createRequire(import.meta.url);
const part = (name) => require(`../../solutions/dist/text/${name}.js`);
const [task, size] = process.argv.slice(2);

if (task === "encode") {
  await measureEncoding(() => {
    const { encodeBpe } = part("encodeBpe");
    const model = part("loadGpt2").loadGpt2();
    return (shakespeare) => encodeBpe(shakespeare, model);
  });
} else {
  const shakespeare = text(size);
  const { trainBpe } = part("trainBpe");
  const start = performance.now();
  trainBpe(shakespeare, 10_000);
  const seconds = (performance.now() - start) / 1000;
  console.log(
    JSON.stringify({
      [`train on ${size} MB`]: { value: seconds, unit: "s", better: "less" },
      [`memory of training on ${size} MB`]: memory(),
    }),
  );
}
