declare module "plotly.js-cartesian-dist-min" {
  import type { Plotly } from "views";
  const plotly: Plotly;
  export default plotly;
}
