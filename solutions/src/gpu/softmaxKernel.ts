/**
 * Softmax as a compute kernel in WGSL (w3.org/TR/WGSL): one workgroup for each row, whose threads
 * share the work. Threads communicate through the workgroup's memory, with a barrier between
 * writing and reading.
 */

/** The buffers of the kernel, row by row; sizes.columns is at most 1024. */
// given
const SOFTMAX_BUFFERS = `
@group(0) @binding(0) var<storage, read> scores: array<f32>; // [rows, columns]
@group(0) @binding(1) var<storage, read_write> shares: array<f32>; // [rows, columns]
struct Sizes { rows: u32, columns: u32 }
@group(0) @binding(2) var<uniform> sizes: Sizes;
`;

/**
 * The text of a kernel with entry point `main` that writes softmax(scores), over the columns, to
 * shares. It runs with one workgroup per row, workgroup_id.x, of as many threads as its
 * @workgroup_size says, and reads each score once.
 * @returns WGSL that begins with SOFTMAX_BUFFERS
 */
export function softmaxKernel(): string {
  // yours
  return `${SOFTMAX_BUFFERS}
const THREADS = 64u;
var<workgroup> row: array<f32, 1024>;
var<workgroup> found: array<f32, THREADS>; // what each thread found in its part of the row

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let thread = local.x;
  let start = group.x * sizes.columns;

  var top = -3.4028234e38;
  for (var i = thread; i < sizes.columns; i += THREADS) {
    row[i] = scores[start + i];
    top = max(top, row[i]);
  }
  found[thread] = top;
  workgroupBarrier(); // all maxima are there
  for (var i = 0u; i < THREADS; i++) { top = max(top, found[i]); }
  workgroupBarrier(); // all have read them

  var part = 0.0;
  for (var i = thread; i < sizes.columns; i += THREADS) {
    row[i] = exp(row[i] - top);
    part += row[i];
  }
  found[thread] = part;
  workgroupBarrier(); // all sums are there
  var sum = 0.0;
  for (var i = 0u; i < THREADS; i++) { sum += found[i]; }

  for (var i = thread; i < sizes.columns; i += THREADS) { shares[start + i] = row[i] / sum; }
}
`;
}
