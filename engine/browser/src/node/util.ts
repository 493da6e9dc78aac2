/** As much of Node's `util` as the course uses. */
export { format, inspect, stripVTControlCharacters } from "node-inspect-extracted";
export const types = { isNativeError: (value: unknown): boolean => value instanceof Error };
