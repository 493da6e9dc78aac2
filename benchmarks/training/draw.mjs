/**
 * Numbers from −1 to 1 that a program in any language can draw again: SplitMix32 of seed and index.
 */
export function draw(count, seed) {
  return Float32Array.from({ length: count }, (_, i) => {
    let z = (Math.imul(seed, 0x9e3779b1) + Math.imul(i + 1, 0x85ebca6b)) | 0;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 31 - 1;
  });
}
