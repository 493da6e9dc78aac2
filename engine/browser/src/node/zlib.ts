/** As much of Node's `zlib` as the course uses. */
import { Buffer } from "buffer/";
import { gunzipSync as unpack, gzipSync as pack } from "fflate";

export const gunzipSync = (bytes: Uint8Array) => Buffer.from(unpack(bytes));
export const gzipSync = (bytes: Uint8Array | string) =>
  Buffer.from(pack(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes));
