/**
 * a·b + c in one instruction where the machine has it (relaxed SIMD; the build sets FUSED), else
 * rounded twice.
 */
// @ts-ignore: decorator
@inline
export function fma(a: v128, b: v128, c: v128): v128 {
  // @ts-ignore: set by the build
  if (FUSED) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
