/**
 * The trusted side of running a shader: prepares what the child gets, and parses what comes back.
 * The grader's parent and the browser's worker share it.
 */
import type { CaseOutcome } from "../exercise/call";
import type { ShaderLaunch, ShaderSpec } from "../exercise/exercise";
import { isTensorData, type TensorData } from "../exercise/value";
import { fieldsOf } from "../sandbox/messages";
import type { ShaderArgs } from "./device";
import { countReads, ShaderError, type ShaderBuffers } from "./wgsl";

/** A shader of a reader's own, and what it runs on. */
export interface ShaderRequest
  extends ShaderBuffers, Omit<ShaderLaunch, "inputs" | "maxBytesRead"> {
  text: string;
  /** In the order of `inputs`. */
  data: TensorData[];
}

/** The outcomes of an exercise's shader, one per case; undefined where there is none. */
export interface ShaderOutcomes {
  outcomes: (CaseOutcome | undefined)[];
  /** Why the child was lost, if it was. */
  loss?: string;
}

/**
 * Makes the shader that a student's function returned countable.
 * @param text what the function returned or threw
 * @returns the code to run, or a message to the student
 */
export function prepareShader(
  text: CaseOutcome,
  spec: ShaderSpec,
): { code: string } | { error: string } {
  if ("error" in text) return { error: `It throws: ${text.error}` };
  if (typeof text.value !== "string") {
    return { error: "It should return the kernel's text, a string." };
  }
  try {
    return { code: countReads(text.value, spec) };
  } catch (e) {
    if (!(e instanceof ShaderError)) throw e;
    return { error: `The kernel was not run: ${e.message}` };
  }
}

/** What the child gets for one case of an exercise. */
export function caseArgs(code: string, spec: ShaderSpec, args: unknown[]): ShaderArgs {
  const { inputs, sizes, shape, workgroups } = spec.launch(...(args as never[]));
  return [code, inputs, sizes, shape, workgroups];
}

/**
 * What the child gets for a request. A timed shader runs as it is; the reads of any other are
 * counted.
 * @throws ShaderError
 */
export function requestArgs(request: ShaderRequest, mode?: "timed"): ShaderArgs {
  const { text, data, sizes, shape, workgroups, ...buffers } = request;
  const code = mode || buffers.inputs.length === 0 ? text : countReads(text, buffers);
  return mode
    ? [code, data, sizes, shape, workgroups, mode]
    : [code, data, sizes, shape, workgroups];
}

/** The outcome of one counted run; undefined where the child sent anything else. */
export function parseShaderResponse(outcome: CaseOutcome | undefined): CaseOutcome | undefined {
  if (!outcome || "error" in outcome) return outcome;
  const fields = fieldsOf(outcome.value);
  if (!fields) return undefined;
  const { output, reads } = fields;
  if (!isTensorData(output) || typeof reads !== "number") return undefined;
  return { value: output, bytesRead: reads * Float32Array.BYTES_PER_ELEMENT };
}
