/** The JavaScript peers by name, each as its README uses it. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { measureEncoding, peers } from "./measure.mjs";

const require = createRequire(join(peers, "package.json"));
const LOAD = {
  "gpt-tokenizer": () => require("gpt-tokenizer/cjs/encoding/r50k_base").encode,
  "js-tiktoken": () => {
    const gpt2 = require("js-tiktoken").getEncoding("gpt2");
    return (text) => gpt2.encode(text);
  },
  tiktoken: () => {
    const gpt2 = require("tiktoken").get_encoding("gpt2");
    return (text) => gpt2.encode(text);
  },
};
await measureEncoding(LOAD[process.argv[2]]);
