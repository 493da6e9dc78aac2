export * from "./markovPredictions";
export * from "./causalConvolution";
export * from "./fftConvolution";
export * from "./hyenaFilter";
export * from "./hyena";
export * from "./associativeScan";
export * from "./selectiveScan";
export * from "./mambaBlock";
