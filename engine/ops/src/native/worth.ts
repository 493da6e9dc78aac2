/** Which work is worth a call into C++. */

let always = false;
export function useAlways(value: boolean): void {
  always = value;
}

/**
 * Whether so many simple operations on numbers, about an addition each, take longer than a call
 * into C++.
 */
export const isWorth = (operations: number): boolean => always || operations >= 4096;
