/** Which work is worth a call into C++. */

let isForced = false;
export function callAlways(value: boolean): void {
  isForced = value;
}

/**
 * Whether so many simple operations on numbers, about an addition each, take longer than a call
 * into C++.
 */
export const isWorthCall = (operations: number): boolean => isForced || operations >= 4096;
