/**
 * What the JavaScript programs share: the text, the clock, and the check that all make the same
 * ids.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const peers = process.env.BENCH_PEERS;
export const text = (size) => readFileSync(join(peers, `text-${size}.txt`), "utf8");
export const memory = () => ({
  value: process.resourceUsage().maxRSS / 1024,
  unit: "MB",
  better: "less",
});

/** @param load gives the function that encodes; its time counts in the cold pass */
export async function measureEncoding(load) {
  const shakespeare = text(5);
  const megabytes = Buffer.byteLength(shakespeare) / 1e6;
  const start = performance.now();
  const encode = await load();
  const ids = encode(shakespeare);
  const cold = performance.now() - start;
  sameIds(ids);
  const warm = [1, 2, 3]
    .map(() => {
      const from = performance.now();
      encode(shakespeare);
      return performance.now() - from;
    })
    .sort((a, b) => a - b)[1];
  const rate = (ms) => ({ value: megabytes / (ms / 1000), unit: "MB/s", better: "more" });
  console.log(
    JSON.stringify({
      "encode 5 MB, cold": rate(cold),
      "encode 5 MB, warm": rate(warm),
      "memory of encoding": memory(),
    }),
  );
}

function sameIds(ids) {
  const digest = createHash("sha256").update(Int32Array.from(ids)).digest("hex");
  const file = join(peers, "ids.sha256");
  if (!existsSync(file)) writeFileSync(file, digest);
  else if (readFileSync(file, "utf8") !== digest) {
    throw new Error("the ids differ from those of the program before");
  }
}
