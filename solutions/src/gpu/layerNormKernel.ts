/**
 * Layer normalization (Ba, Kiros & Hinton 2016, arXiv:1607.06450, eq. 3) as a compute kernel in
 * WGSL: one workgroup for each row, whose threads add up in a tree. The row stays in the
 * workgroup's memory, so it is read once for mean, variance and result.
 */

/** The buffers of the kernel, row by row; sizes.columns is at most 1024. */
// given
const LAYER_NORM_BUFFERS = `
@group(0) @binding(0) var<storage, read> x: array<f32>; // [rows, columns]
@group(0) @binding(1) var<storage, read> gamma: array<f32>; // [columns]
@group(0) @binding(2) var<storage, read> beta: array<f32>; // [columns]
@group(0) @binding(3) var<storage, read_write> y: array<f32>; // [rows, columns]
struct Sizes { rows: u32, columns: u32 }
@group(0) @binding(4) var<uniform> sizes: Sizes;
`;

/**
 * The text of a kernel with entry point `main` that writes (x − mean) / √(variance + 1e-5) · gamma
 * + beta to y, with mean and variance of each row; the variance divides by columns. It runs with
 * one workgroup per row, workgroup_id.x, of as many threads as its @workgroup_size says. It reads
 * each number of x once, and gamma and beta once per row.
 * @returns WGSL that begins with LAYER_NORM_BUFFERS
 */
export function layerNormKernel(): string {
  // yours
  return `${LAYER_NORM_BUFFERS}
const THREADS = 64u;
var<workgroup> row: array<f32, 1024>;
var<workgroup> parts: array<f32, THREADS>;

// the sum of what all threads bring, added up in a tree
fn total(thread: u32, part: f32) -> f32 {
  parts[thread] = part;
  workgroupBarrier(); // all parts are there
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    if (thread < half) { parts[thread] += parts[thread + half]; }
    workgroupBarrier(); // this level of the tree is done
  }
  let sum = parts[0];
  workgroupBarrier(); // all have read the sum
  return sum;
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let thread = local.x;
  let start = group.x * sizes.columns;

  var part = 0.0;
  for (var i = thread; i < sizes.columns; i += THREADS) {
    row[i] = x[start + i];
    part += row[i];
  }
  let mean = total(thread, part) / f32(sizes.columns);

  part = 0.0;
  for (var i = thread; i < sizes.columns; i += THREADS) {
    row[i] -= mean;
    part += row[i] * row[i];
  }
  let variance = total(thread, part) / f32(sizes.columns);

  let scale = 1.0 / sqrt(variance + 1e-5);
  for (var i = thread; i < sizes.columns; i += THREADS) {
    y[start + i] = row[i] * scale * gamma[i] + beta[i];
  }
}
`;
}
