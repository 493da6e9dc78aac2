/** @returns the bytes of both modules by their file names */
export function assemble(): Promise<Record<string, Uint8Array>>;
