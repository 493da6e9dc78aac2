declare module "course:modules" {
  /** What cells can load, by name or path. @param files the address of the course's files */
  const modules: (files: string) => Record<string, () => unknown>;
  export default modules;
}
declare module "buffer/" {
  export { Buffer } from "node:buffer";
}
declare module "path-browserify" {
  export { dirname, resolve } from "node:path/posix";
}
