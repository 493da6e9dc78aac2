/** Chooses the device that COURSE_DEVICE names. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Starts the device. @returns why it can't be had, undefined if it can */
export async function refusedDevice() {
  const { CANDIDATES, use } = require("course/devices");
  const device = CANDIDATES.find(({ name }) => name === process.env.COURSE_DEVICE);
  return (await use(device))?.refused;
}
