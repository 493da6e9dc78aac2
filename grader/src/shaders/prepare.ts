/** From what a student's function returned to a kernel that can be run, or a sentence. */
import type { CaseOutcome } from "../exercise/call";
import type { KernelSpec } from "../exercise/exercise";
import { countReads, KernelError } from "./wgsl";

/** The kernel with its reads counted, or a sentence to the student. */
export function prepareKernel(
  text: CaseOutcome,
  spec: KernelSpec,
): { code: string } | { error: string } {
  if ("error" in text) return { error: `It throws: ${text.error}` };
  if (typeof text.value !== "string") {
    return { error: "It should return the kernel's text, a string." };
  }
  try {
    return { code: countReads(text.value, spec) };
  } catch (e) {
    if (!(e instanceof KernelError)) throw e;
    return { error: `The kernel was not run: ${e.message}` };
  }
}
