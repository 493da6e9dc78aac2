/** The globals of Node that the course's packages expect. Imported before all of them. */
import { Buffer } from "buffer/";
import { process } from "../node/process";

Object.assign(globalThis, { Buffer, process, global: globalThis });
Error.stackTraceLimit = 50; // the cell's own line comes after many of tfjs
