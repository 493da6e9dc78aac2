/** The discrete Fourier transform in JavaScript. Sums are float64, so results are exact float32. */

/**
 * Y_k = Σ_j x_j·e^(∓2πi·jk/n), in place; n is a power of two (Cooley & Tukey 1965, radix 2).
 * @param turn e^(−2πi·j/n) for j < n / 2, real and imaginary in turn; sign −1 turns the other way
 */
function powerOfTwo(re: Float64Array, im: Float64Array, turn: Float64Array, sign: number): void {
  const n = re.length;
  // swap numbers: j has the bits of i in reverse order
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  for (let half = 1, step = n >> 1; half < n; half <<= 1, step >>= 1) {
    for (let k = 0; k < half; k++) {
      const c = turn[2 * k * step]!;
      const s = sign * turn[2 * k * step + 1]!;
      for (let i = k; i < n; i += 2 * half) {
        const j = i + half;
        const x = re[j]! * c - im[j]! * s;
        const y = re[j]! * s + im[j]! * c;
        re[j] = re[i]! - x;
        im[j] = im[i]! - y;
        re[i]! += x;
        im[i]! += y;
      }
    }
  }
}

/** e^(−2πi·f(j)/n) for j < count, real and imaginary in turn. */
const circle = (count: number, n: number, f: (j: number) => number) =>
  Float64Array.from({ length: 2 * count }, (_, i) => {
    const angle = (2 * Math.PI * f(i >> 1)) / n;
    return i & 1 ? -Math.sin(angle) : Math.cos(angle);
  });

/**
 * A transform of any length, in place. Powers of two run directly; for other lengths, it is a
 * convolution whose length is a power of two (Bluestein 1970).
 */
function transform(n: number): (re: Float64Array, im: Float64Array) => void {
  if ((n & (n - 1)) === 0) {
    const turn = circle(n >> 1, n, (j) => j);
    return (re, im) => powerOfTwo(re, im, turn, 1);
  }
  const m = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const turn = circle(m >> 1, m, (j) => j);
  const chirp = circle(n, 2 * n, (j) => (j * j) % (2 * n)); // e^(−πi·j²/n)
  const filterRe = new Float64Array(m);
  const filterIm = new Float64Array(m);
  for (let j = 0; j < n; j++) {
    for (const at of j === 0 ? [0] : [j, m - j]) {
      [filterRe[at], filterIm[at]] = [chirp[2 * j]!, -chirp[2 * j + 1]!];
    }
  }
  powerOfTwo(filterRe, filterIm, turn, 1);
  const workRe = new Float64Array(m);
  const workIm = new Float64Array(m);
  return (re, im) => {
    workRe.fill(0);
    workIm.fill(0);
    for (let j = 0; j < n; j++) {
      workRe[j] = re[j]! * chirp[2 * j]! - im[j]! * chirp[2 * j + 1]!;
      workIm[j] = re[j]! * chirp[2 * j + 1]! + im[j]! * chirp[2 * j]!;
    }
    powerOfTwo(workRe, workIm, turn, 1);
    for (let j = 0; j < m; j++) {
      const x = workRe[j]! * filterRe[j]! - workIm[j]! * filterIm[j]!;
      workIm[j] = workRe[j]! * filterIm[j]! + workIm[j]! * filterRe[j]!;
      workRe[j] = x;
    }
    powerOfTwo(workRe, workIm, turn, -1);
    for (let j = 0; j < n; j++) {
      re[j] = (workRe[j]! * chirp[2 * j]! - workIm[j]! * chirp[2 * j + 1]!) / m;
      im[j] = (workRe[j]! * chirp[2 * j + 1]! + workIm[j]! * chirp[2 * j]!) / m;
    }
  };
}

/**
 * Transforms each of `rows` rows of n numbers; the inverse is the transform of the conjugate,
 * conjugated, divided by n.
 * @param re, im the i-th number's parts
 * @param store takes the i-th result
 */
export function transformRows(
  rows: number,
  n: number,
  inverse: boolean,
  re: (i: number) => number,
  im: (i: number) => number,
  store: (i: number, re: number, im: number) => void,
): void {
  const run = transform(n);
  const sign = inverse ? -1 : 1;
  const scale = inverse ? 1 / n : 1;
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let row = 0; row < rows * n; row += n) {
    for (let i = 0; i < n; i++) [x[i], y[i]] = [re(row + i), sign * im(row + i)];
    run(x, y);
    for (let i = 0; i < n; i++) store(row + i, scale * x[i]!, sign * scale * y[i]!);
  }
}
