/** What a notebook loads: figures, check and progress, data and weights, the device, long loops. */
export { type Figure } from "./figures/figure";
export { bars, lines, points } from "./figures/series";
export { heatmap, images } from "./figures/matrix";
export { panels } from "./figures/panels";
export { slider } from "./figures/slider";
export { table, tokens } from "./figures/html";
export { show } from "./show";
export { steps } from "./steps";
export { measure, peakBytes, type Cost } from "./memory";
export { check, showSolution } from "./check/check";
export { progress } from "./check/progress";
export { readBytes, readJson, readTensors, readText } from "./data";
export { installWeights, weights, weightsMetadata } from "./weights";
export { type GgufValue } from "./gguf";
export { chooseDevice, device, type Device } from "./device";
export { doctor } from "./doctor";
export { random, type Random } from "grader";
