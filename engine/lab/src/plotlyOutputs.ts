/** plotly.js is large, so it comes with the first chart. */
import type { Plotly } from "views";

const FAILED = "The chart can't be drawn: its program could not be loaded. Is there a network?";

let coming: Promise<Plotly> | undefined;

async function load(): Promise<Plotly> {
  coming ??= import("plotly.js-cartesian-dist-min").then((module) => module.default);
  try {
    return await coming;
  } catch (e) {
    coming = undefined; // the next chart tries again
    throw e;
  }
}

export const plotly: Plotly = {
  async react(element, ...chart) {
    try {
      await (await load()).react(element, ...chart);
    } catch (e) {
      element.textContent = FAILED;
      throw e;
    }
  },
  purge(element) {
    void coming?.then(({ purge }) => {
      purge(element);
    });
  },
};
