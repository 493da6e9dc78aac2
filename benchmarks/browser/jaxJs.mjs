/** The peer, in a worker as ours. */
import { defaultDevice, init } from "./jax/index.js";
import { training } from "./jaxGpt.mjs";
import { measure } from "./steps.mjs";

async function measureAll({ device, runs }) {
  const found = await init(device);
  if (!found.includes(device)) return { refused: `jax-js has no ${device} here` };
  defaultDevice(device);
  const results = {};
  for (const [name, count] of Object.entries(runs)) {
    const given = await (await fetch(`${name}.json`)).json();
    results[name] = await measure(training(given), count);
  }
  return results;
}

addEventListener("message", ({ data }) => {
  measureAll(data).then(postMessage, (e) => postMessage({ failed: String(e.stack ?? e) }));
});
