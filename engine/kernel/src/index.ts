/** The Jupyter kernel: which Python runs Jupyter, its environment, and the kernel's spec. */
export * from "./jupyter.js";
export * from "./kernelspec.js";
