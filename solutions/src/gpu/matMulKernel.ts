/**
 * A tiled matrix product as a compute kernel in WGSL: 16 × 16 threads make 16 × 16 numbers of the
 * product. Together they carry one tile of each factor into the workgroup's memory, so that each
 * number that is read serves sixteen threads.
 */

/** The buffers of the kernel, all row by row. */
// given
const MATMUL_BUFFERS = `
@group(0) @binding(0) var<storage, read> a: array<f32>; // [M, K]
@group(0) @binding(1) var<storage, read> b: array<f32>; // [K, N]
@group(0) @binding(2) var<storage, read_write> product: array<f32>; // [M, N]
struct Sizes { M: u32, K: u32, N: u32 }
@group(0) @binding(3) var<uniform> sizes: Sizes;
`;

/**
 * The text of a kernel with entry point `main` and @workgroup_size(16, 16) that writes a·b to
 * product. It runs with ⌈N/16⌉ × ⌈M/16⌉ workgroups: workgroup_id.x counts tiles of columns,
 * workgroup_id.y tiles of rows. It reads each number of a once per 16 columns and each number of b
 * once per 16 rows. The tile doesn't always divide M, K and N.
 * @returns WGSL that begins with MATMUL_BUFFERS
 */
export function matMulKernel(): string {
  // yours
  return `${MATMUL_BUFFERS}
const TILE = 16u;
var<workgroup> left: array<f32, 256>;
var<workgroup> right: array<f32, 256>;

@compute @workgroup_size(TILE, TILE)
fn main(
  @builtin(global_invocation_id) at: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
) {
  let here = local.y * TILE + local.x;
  var sum = 0.0;
  for (var start = 0u; start < sizes.K; start += TILE) {
    left[here] = 0.0;
    right[here] = 0.0;
    if (at.y < sizes.M && start + local.x < sizes.K) {
      left[here] = a[at.y * sizes.K + start + local.x];
    }
    if (start + local.y < sizes.K && at.x < sizes.N) {
      right[here] = b[(start + local.y) * sizes.N + at.x];
    }
    workgroupBarrier(); // the tiles are there
    for (var i = 0u; i < TILE; i++) { sum += left[local.y * TILE + i] * right[i * TILE + local.x]; }
    workgroupBarrier(); // all have read them
  }
  if (at.y < sizes.M && at.x < sizes.N) { product[at.y * sizes.N + at.x] = sum; }
}
`;
}
