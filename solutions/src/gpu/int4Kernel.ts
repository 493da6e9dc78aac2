/**
 * A matrix in four bits times a vector as a compute kernel in WGSL, which is what a model does for
 * each token it writes. The matrix comes as llama.cpp's Q4_0 has it, a scale for 32 numbers of four
 * bits (see int4.ts for what differs), and never exists in any other form.
 */

/** The buffers of the kernel; 32 divides sizes.columns. */
// given
const INT4_BUFFERS = `
@group(0) @binding(0) var<storage, read> words: array<u32>; // [columns / 8, rows]
@group(0) @binding(1) var<storage, read> scales: array<f32>; // [columns / 32, rows]
@group(0) @binding(2) var<storage, read> x: array<f32>; // [columns]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [rows]
struct Sizes { rows: u32, columns: u32 }
@group(0) @binding(4) var<uniform> sizes: Sizes;
`;

/**
 * The text of a kernel with entry point `main` and @workgroup_size(64) that writes the product of
 * the matrix and x to y. Word [c, row] holds eight weights of a row, columns 8c to 8c + 7, four
 * bits each, the first in the lowest bits; a weight is (its bits − 8) · scale, and scale [b, row]
 * belongs to columns 32b to 32b + 31. It runs with ⌈rows/64⌉ workgroups, workgroup_id.x, of 64
 * rows each. It reads each word and each scale once, and x once per 64 rows. 64 doesn't always
 * divide rows.
 * @returns WGSL that begins with INT4_BUFFERS
 */
export function int4Kernel(): string {
  // yours
  return `${INT4_BUFFERS}
const ROWS = 64u;
const BLOCK = 32u;
var<workgroup> part: array<f32, BLOCK>; // x at the columns of a block

@compute @workgroup_size(ROWS)
fn main(
  @builtin(global_invocation_id) at: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
) {
  let row = at.x;
  var sum = 0.0;
  for (var block = 0u; block < sizes.columns / BLOCK; block++) {
    if (local.x < BLOCK) { part[local.x] = x[block * BLOCK + local.x]; }
    workgroupBarrier(); // the part of x is there
    if (row < sizes.rows) {
      var products = 0.0;
      for (var i = 0u; i < 4u; i++) {
        let word = words[(block * 4u + i) * sizes.rows + row];
        for (var j = 0u; j < 8u; j++) {
          let level = (word >> (4u * j)) & 15u;
          products += (f32(level) - 8.0) * part[8u * i + j];
        }
      }
      sum += products * scales[block * sizes.rows + row];
    }
    workgroupBarrier(); // all have used it
  }
  if (row < sizes.rows) { y[row] = sum; }
}
`;
}
