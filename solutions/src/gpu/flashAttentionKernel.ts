/**
 * FlashAttention's forward pass (Dao 2023, arXiv:2307.08691, algorithm 1) as a compute kernel in
 * WGSL, for one head of width 32. A thread keeps one query and its running maximum, sum and output;
 * keys and values come through the workgroup's memory tile by tile.
 */

/** The buffers, all row by row; causal is 1 where no query sees a later key, else 0. */
// given
const FLASH_BUFFERS = `
@group(0) @binding(0) var<storage, read> q: array<f32>; // [T, 32]
@group(0) @binding(1) var<storage, read> k: array<f32>; // [T, 32]
@group(0) @binding(2) var<storage, read> v: array<f32>; // [T, 32]
@group(0) @binding(3) var<storage, read_write> result: array<f32>; // [T, 32]
struct Sizes { T: u32, causal: u32 }
@group(0) @binding(4) var<uniform> sizes: Sizes;
`;

/**
 * The text of a kernel with entry point `main` and @workgroup_size(32) that writes
 * softmax(q·kᵀ/√32)·v to result. It runs with ⌈T/32⌉ workgroups, workgroup_id.x, of 32 queries
 * each, and reads each key and each value once per 32 queries. 32 doesn't always divide T.
 * @returns WGSL that begins with FLASH_BUFFERS
 */
export function flashAttentionKernel(): string {
  // yours
  return `${FLASH_BUFFERS}
const D = 32u;
const TILE = 32u;
var<workgroup> keys: array<f32, 1024>;
var<workgroup> values: array<f32, 1024>;

@compute @workgroup_size(TILE)
fn main(
  @builtin(global_invocation_id) at: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
) {
  let place = at.x;
  // keys that this query sees
  let seen = select(sizes.T, min(place + 1u, sizes.T), sizes.causal == 1u);
  var query: array<f32, D>;
  var output: array<f32, D>;
  for (var d = 0u; d < D && place < sizes.T; d++) { query[d] = q[place * D + d] / sqrt(f32(D)); }
  var top = -3.4028234e38;
  var sum = 0.0;
  for (var start = 0u; start < sizes.T; start += TILE) {
    for (var i = local.x; i < TILE * D; i += TILE) {
      if (start * D + i < sizes.T * D) {
        keys[i] = k[start * D + i];
        values[i] = v[start * D + i];
      }
    }
    workgroupBarrier(); // the tile is there
    for (var j = 0u; j < TILE && start + j < seen; j++) {
      var score = 0.0;
      for (var d = 0u; d < D; d++) { score += query[d] * keys[j * D + d]; }
      let high = max(top, score);
      let kept = exp(top - high); // what the sums so far are worth under the new maximum
      let weight = exp(score - high);
      sum = sum * kept + weight;
      for (var d = 0u; d < D; d++) { output[d] = output[d] * kept + weight * values[j * D + d]; }
      top = high;
    }
    workgroupBarrier(); // all have read it
  }
  if (place < sizes.T) {
    for (var d = 0u; d < D; d++) { result[place * D + d] = output[d] / sum; }
  }
}
`;
}
