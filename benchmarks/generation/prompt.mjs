/** What every program reads and writes: twenty tokens of a prompt, then forty more, one by one. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** The weights that npx course weights smollm2 installs. */
export const FILE = join(root, ".local/weights/smollm2/SmolLM2-135M-Instruct.Q4_1.gguf");
export const PROMPT =
  "The first thing to know about the history of the printing press is that it was not invented in";
export const MISSING = "its weights are missing: npx course weights smollm2";
export const LENGTH = 20;
export const WRITTEN = 40;

/** The measures by the names that all programs share; milliseconds in, one number a token. */
export function measures(promptMs, tokenMs, extra = {}) {
  const median = (xs) => xs.slice().sort((a, b) => a - b)[xs.length >> 1];
  return {
    "prompt of 20 tokens": { value: promptMs, unit: "ms", better: "less" },
    "tokens written": { value: 1000 / median(tokenMs), unit: "per second", better: "more" },
    memory: { value: process.memoryUsage.rss() / 1e6, unit: "MB", better: "less" },
    ...extra,
  };
}
