/** esbuild's loader "binary" makes this of a .wasm file. */
declare module "*.wasm" {
  const bytes: Uint8Array;
  export default bytes;
}
