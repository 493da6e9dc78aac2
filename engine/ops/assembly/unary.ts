/** Functions of each number by itself. */
import { loadTail, storeTail } from "./lanes";
import { erf4, exp4, log4, tanh4 } from "./math";

// @ts-ignore: decorator
@inline
function apply(op: i32, x: v128): v128 {
  if (op == 0) return exp4(x);
  if (op == 1) return tanh4(x);
  if (op == 2) return erf4(x);
  if (op == 3) return f32x4.mul(x, x);
  if (op == 4) return f32x4.sqrt(x);
  if (op == 5) return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
  if (op == 6) return f32x4.neg(x);
  if (op == 8) return log4(x);
  const zero = f32x4.splat(0);
  return f32x4.add(f32x4.pmax(x, zero), zero); // NaN stays, −0 becomes 0
}

// @ts-ignore: decorator
@inline
function each(op: i32, x: usize, y: usize, n: usize): void {
  const fours = x + ((n & ~15) << 2),
    whole = x + ((n & ~3) << 2),
    tail = n & 3;
  for (; x < fours; x += 64, y += 64) {
    v128.store(y, apply(op, v128.load(x)));
    v128.store(y, apply(op, v128.load(x, 16)), 16);
    v128.store(y, apply(op, v128.load(x, 32)), 32);
    v128.store(y, apply(op, v128.load(x, 48)), 48);
  }
  for (; x < whole; x += 16, y += 16) v128.store(y, apply(op, v128.load(x)));
  if (tail > 0) storeTail(y, apply(op, loadTail(x, tail)), tail);
}

/**
 * y = op(x) for n float32; op: 0 exp, 1 tanh, 2 erf, 3 square, 4 sqrt, 5 1/√x, 6 negation,
 * 7 max(x, 0), 8 ln.
 */
export function unary(op: i32, x: usize, y: usize, n: usize): void {
  switch (op) {
    case 0:
      each(0, x, y, n);
      break;
    case 1:
      each(1, x, y, n);
      break;
    case 2:
      each(2, x, y, n);
      break;
    case 3:
      each(3, x, y, n);
      break;
    case 4:
      each(4, x, y, n);
      break;
    case 5:
      each(5, x, y, n);
      break;
    case 6:
      each(6, x, y, n);
      break;
    case 7:
      each(7, x, y, n);
      break;
    case 8:
      each(8, x, y, n);
      break;
  }
}
