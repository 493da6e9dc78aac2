/**
 * JavaScript's own objects, on which the code around a call depends: iterators, and the constructors
 * that lists and promises ask for. V8 optimizes loops and promises only while nobody has redefined
 * these properties, so the grader's child can't lock them like all others (child/hardening.ts).
 * Instead it puts them back whenever student code has run. A notebook's check does nothing of this.
 */
const { defineProperty, getOwnPropertyDescriptor } = Object;

interface Kept {
  holder: object;
  key: PropertyKey;
  descriptor: PropertyDescriptor;
}

/** A list of our own making, read by index: iterating it could already be patched. */
let kept: Kept[] = [];

/** Remembers these properties as they are now. */
export function keepProperties(properties: { holder: object; key: PropertyKey }[]): void {
  kept = properties.map(({ holder, key }) => ({
    holder,
    key,
    descriptor: getOwnPropertyDescriptor(holder, key)!,
  }));
}

/**
 * Puts back what student code has changed.
 * @throws where it made that impossible
 */
export function restoreIntrinsics(): void {
  for (let i = 0; i < kept.length; i++) {
    const { holder, key, descriptor } = kept[i]!;
    const now = getOwnPropertyDescriptor(holder, key);
    const isSame =
      now !== undefined && now.value === descriptor.value && now.get === descriptor.get;
    if (!isSame) defineProperty(holder, key, descriptor);
  }
}
