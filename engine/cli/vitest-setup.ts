/**
 * Tests run on WASM, as grading does; COURSE_DEVICE=native, say, runs them on another device. Files
 * share a process, so this chooses the device again before each of them.
 */
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { chooseDevice } from "course/devices";

await chooseDevice(process.env.COURSE_DEVICE || "wasm");
