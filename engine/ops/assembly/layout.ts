/** What moves numbers and computes nothing: slices, transposes, choices, casts. */

/** Copies stretches of bytes that lie f1, f2, f3 bytes apart to places t1, t2, t3 bytes apart. */
export function copy(
  from: usize,
  to: usize,
  bytes: usize,
  n1: usize,
  f1: usize,
  t1: usize,
  n2: usize,
  f2: usize,
  t2: usize,
  n3: usize,
  f3: usize,
  t3: usize,
): void {
  for (let k: usize = 0; k < n3; k++, from += f3, to += t3) {
    let from2 = from,
      to2 = to;
    for (let j: usize = 0; j < n2; j++, from2 += f2, to2 += t2) {
      let from1 = from2,
        to1 = to2;
      if (bytes == 4)
        for (let i: usize = 0; i < n1; i++, from1 += f1, to1 += t1)
          store<u32>(to1, load<u32>(from1));
      else if (bytes == 1)
        for (let i: usize = 0; i < n1; i++, from1 += f1, to1 += t1) store<u8>(to1, load<u8>(from1));
      else if (bytes <= 512)
        for (let i: usize = 0; i < n1; i++, from1 += f1, to1 += t1) words(from1, to1, bytes);
      else
        for (let i: usize = 0; i < n1; i++, from1 += f1, to1 += t1) memory.copy(to1, from1, bytes);
    }
  }
}

/** memory.copy costs a call into the engine, which is more than a short stretch takes. */
// @ts-ignore: decorator
@inline
function words(from: usize, to: usize, bytes: usize): void {
  const whole = bytes & ~15;
  let i: usize = 0;
  for (; i < whole; i += 16) v128.store(to + i, v128.load(from + i));
  for (; i + 4 <= bytes; i += 4) store<u32>(to + i, load<u32>(from + i));
  for (; i < bytes; i++) store<u8>(to + i, load<u8>(from + i));
}

/** Rows that are mirrored together: what they become fills whole lines of the cache. */
const TOGETHER: usize = 16;

/**
 * [count, rows, columns] of four bytes each → [count, columns, rows]; next and xRow are bytes from
 * matrix to matrix and from row to row of x.
 */
export function transpose(
  x: usize,
  y: usize,
  count: usize,
  next: usize,
  rows: usize,
  columns: usize,
  xRow: usize,
): void {
  const yRow = rows << 2;
  const wholeRows = rows & ~3,
    wholeColumns = columns & ~3;
  for (let c: usize = 0; c < count; c++, x += next, y += (rows * columns) << 2) {
    for (let i: usize = 0; i < wholeRows; i += TOGETHER) {
      const end = min(i + TOGETHER, wholeRows);
      for (let j: usize = 0; j < wholeColumns; j += 4)
        for (let r = i; r < end; r += 4)
          transpose4(x + r * xRow + (j << 2), xRow, y + j * yRow + (r << 2), yRow);
      for (let j = wholeColumns; j < columns; j++)
        for (let r = i; r < end; r++)
          store<u32>(y + j * yRow + (r << 2), load<u32>(x + r * xRow + (j << 2)));
    }
    for (let i = wholeRows; i < rows; i++)
      for (let j: usize = 0; j < columns; j++)
        store<u32>(y + j * yRow + (i << 2), load<u32>(x + i * xRow + (j << 2)));
  }
}

/** Four by four numbers, mirrored. */
// @ts-ignore: decorator
@inline
export function transpose4(from: usize, fromRow: usize, to: usize, toRow: usize): void {
  const a = v128.load(from),
    b = v128.load(from + fromRow),
    c = v128.load(from + 2 * fromRow),
    d = v128.load(from + 3 * fromRow);
  const ab = i32x4.shuffle(a, b, 0, 4, 1, 5),
    cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const ab2 = i32x4.shuffle(a, b, 2, 6, 3, 7),
    cd2 = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(ab, cd, 0, 2));
  v128.store(to + toRow, i64x2.shuffle(ab, cd, 1, 3));
  v128.store(to + 2 * toRow, i64x2.shuffle(ab2, cd2, 0, 2));
  v128.store(to + 3 * toRow, i64x2.shuffle(ab2, cd2, 1, 3));
}

/** y = condition ? a : b for n numbers of four bytes; condition has a byte each. */
export function select(condition: usize, a: usize, b: usize, y: usize, n: usize): void {
  let i: usize = 0;
  const zero = i32x4.splat(0);
  for (; i + 4 <= n; i += 4) {
    const wide = i32x4.extend_low_i16x8_u(
      i16x8.extend_low_i8x16_u(v128.load32_zero(condition + i)),
    );
    v128.store(
      y + (i << 2),
      v128.bitselect(v128.load(b + (i << 2)), v128.load(a + (i << 2)), i32x4.eq(wide, zero)),
    );
  }
  for (; i < n; i++)
    store<u32>(y + (i << 2), load<u32>((load<u8>(condition + i) ? a : b) + (i << 2)));
}

/** y = 1 where x of n numbers is not zero, else 0, a byte each. */
export function truth(floats: bool, x: usize, y: usize, n: usize): void {
  for (let i: usize = 0; i < n; i++)
    store<u8>(y + i, floats ? u8(f32.load(x + (i << 2)) != 0) : u8(load<i32>(x + (i << 2)) != 0));
}

/** n numbers in another type: 0 int32 to float32, 1 a byte to float32, 2 a byte to int32. */
export function cast(way: i32, x: usize, y: usize, n: usize): void {
  let i: usize = 0;
  for (; i + 4 <= n; i += 4) {
    const from =
      way == 0
        ? v128.load(x + (i << 2))
        : i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(x + i)));
    v128.store(y + (i << 2), way == 2 ? from : f32x4.convert_i32x4_s(from));
  }
  for (; i < n; i++) {
    const from = way == 0 ? load<i32>(x + (i << 2)) : load<u8>(x + i);
    if (way == 2) store<i32>(y + (i << 2), from);
    else f32.store(y + (i << 2), f32(from));
  }
}

/** y = a and b (0), a or b (1) of n truth values. */
export function logical(op: i32, a: usize, b: usize, y: usize, n: usize): void {
  let i: usize = 0;
  if (op == 0) {
    for (; i + 16 <= n; i += 16) v128.store(y + i, v128.and(v128.load(a + i), v128.load(b + i)));
    for (; i < n; i++) store<u8>(y + i, load<u8>(a + i) & load<u8>(b + i));
  } else {
    for (; i + 16 <= n; i += 16) v128.store(y + i, v128.or(v128.load(a + i), v128.load(b + i)));
    for (; i < n; i++) store<u8>(y + i, load<u8>(a + i) | load<u8>(b + i));
  }
}

/**
 * y [rows, width bytes]: the rows of x [limit, width] that the int32 ids name; an id outside gives
 * zeros.
 */
export function gather(
  x: usize,
  ids: usize,
  y: usize,
  rows: usize,
  width: usize,
  limit: i32,
): void {
  for (let i: usize = 0; i < rows; i++, y += width) {
    const id = load<i32>(ids + (i << 2));
    if (id < 0 || id >= limit) memory.fill(y, 0, width);
    else if (width <= 512) words(x + usize(id) * width, y, width);
    else memory.copy(y, x + usize(id) * width, width);
  }
}

/**
 * Adds row i of x [rows, width] to row ids[i] of y [limit, width], float32; an id outside counts
 * nowhere.
 */
export function scatterAdd(
  x: usize,
  ids: usize,
  y: usize,
  rows: usize,
  width: usize,
  limit: i32,
): void {
  for (let i: usize = 0; i < rows; i++, x += width << 2) {
    const id = load<i32>(ids + (i << 2));
    if (id < 0 || id >= limit) continue;
    const to = y + ((usize(id) * width) << 2);
    let j: usize = 0;
    for (; j + 4 <= width; j += 4)
      v128.store(to + (j << 2), f32x4.add(v128.load(to + (j << 2)), v128.load(x + (j << 2))));
    for (; j < width; j++)
      f32.store(to + (j << 2), f32.load(to + (j << 2)) + f32.load(x + (j << 2)));
  }
}

/**
 * sum [c, m] += Σ over rows of x [rows, c] · dy [rows, c, m]: a depthwise filter's gradient at one
 * place.
 */
export function multiplyAdd(
  x: usize,
  dy: usize,
  sum: usize,
  rows: usize,
  channels: usize,
  times: usize,
): void {
  for (let i: usize = 0; i < rows; i++) {
    let to = sum;
    if (times == 1) {
      let c: usize = 0;
      for (; c + 4 <= channels; c += 4, x += 16, dy += 16, to += 16)
        v128.store(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(x), v128.load(dy))));
      for (; c < channels; c++, x += 4, dy += 4, to += 4)
        f32.store(to, f32.load(to) + f32.load(x) * f32.load(dy));
    } else {
      for (let c: usize = 0; c < channels; c++, x += 4)
        for (let m: usize = 0; m < times; m++, dy += 4, to += 4)
          f32.store(to, f32.load(to) + f32.load(x) * f32.load(dy));
    }
  }
}
