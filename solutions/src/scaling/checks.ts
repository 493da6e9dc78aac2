/** Checks of arguments that the functions of this folder share. */

/** @throws unless every value is a finite number above 0 */
export function expectAboveZero(fn: string, name: string, values: number[]): void {
  const at = values.findIndex((value) => !(value > 0 && value < Infinity));
  if (at >= 0) {
    throw new Error(`${fn}: expected ${name} to be above 0, got ${values[at]} at position ${at}`);
  }
}

/** @throws unless there are `least` points or more, with as many of `second` as of `first` */
export function expectDataPoints(
  fn: string,
  [firstName, first]: [string, number[]],
  [secondName, second]: [string, number[]],
  least: number,
): void {
  if (new Set(first).size < least) {
    throw new Error(
      `${fn}: expected ${firstName} to have ${least} different values or more, ` +
        `got ${new Set(first).size}`,
    );
  }
  if (second.length !== first.length) {
    throw new Error(
      `${fn}: expected as many ${secondName} as ${firstName}, ${first.length}, ` +
        `got ${second.length}`,
    );
  }
}
