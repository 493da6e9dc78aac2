/**
 * Replaces grader/src/shaders/runShaders.ts and exports the same names: a student's shaders run in
 * this worker, on the page's own adapter. The browser stops one that never ends and takes the
 * device away.
 */
import type { Case, ShaderSpec, CaseOutcome } from "grader";
import {
  caseArgs,
  type OpenDevice,
  parseShaderResponse,
  prepareShader,
  requestArgs,
  runOnDevice,
  type ShaderOutcomes,
  type ShaderRequest,
  shaderRunner,
} from "grader/shaders";

export class NoAdapter extends Error {}

interface OpenShaders {
  open: OpenDevice;
  run: ReturnType<typeof shaderRunner>;
  close(): void;
}
interface Adapter {
  info: { description: string; vendor: string; architecture: string; isFallbackAdapter: boolean };
  requestDevice(): Promise<OpenDevice["device"]>;
}

/** @throws NoAdapter */
export async function openShaders(): Promise<OpenShaders> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } };
  const adapter = await gpu?.requestAdapter();
  if (!adapter) {
    const why = "this browser gives no WebGPU adapter; a recent Chrome, Edge or Safari does";
    throw new NoAdapter(why);
  }
  const { description, vendor, architecture, isFallbackAdapter: software } = adapter.info;
  const device = await adapter.requestDevice();
  const open = { device, adapter: description || `${vendor} ${architecture}`.trim(), software };
  const close = () => {
    device.destroy();
  };
  return { open, run: shaderRunner(device), close };
}

/** See grader/src/shaders/runShaders.ts. */
export async function runShader(
  { open, run }: OpenShaders,
  _slot: number,
  spec: ShaderSpec,
  text: CaseOutcome | undefined,
  cases: Pick<Case, "args">[],
): Promise<ShaderOutcomes> {
  if (!text) return { outcomes: cases.map(() => undefined) };
  const shader = prepareShader(text, spec);
  if ("error" in shader) return { outcomes: cases.map(() => shader) };
  const outcomes: ShaderOutcomes["outcomes"] = [];
  for (const { args } of cases) {
    const outcome = await runOnDevice(open, run, caseArgs(shader.code, spec, args));
    outcomes.push(parseShaderResponse(outcome));
  }
  return { outcomes };
}

/** See grader/src/shaders/runShaders.ts. */
export async function runShaderRequests(
  { open, run }: OpenShaders,
  requests: ShaderRequest[],
  mode?: "timed",
): Promise<CaseOutcome[]> {
  const outcomes: CaseOutcome[] = [];
  for (const request of requests) {
    const outcome = await runOnDevice(open, run, requestArgs(request, mode));
    const known = mode ? outcome : parseShaderResponse(outcome);
    outcomes.push(known ?? { error: "It was stopped: it gave no answer." });
  }
  return outcomes;
}
