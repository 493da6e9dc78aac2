/** The address of a font file, which the extension's builder copies. */
declare module "*.woff2" {
  const address: string;
  export default address;
}
