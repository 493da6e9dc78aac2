/**
 * JavaScript's own objects, on which the code around a call depends: iterators, and the constructors
 * that lists and promises ask for. V8 optimizes loops and promises only while nobody has redefined
 * these properties, so the grader's child can't lock them like all others (child/hardening.ts).
 * Instead it puts them back whenever student code has run. A notebook's check does nothing of this.
 */
const { defineProperty, getOwnPropertyDescriptor } = Object;
const { deleteProperty, ownKeys } = Reflect;

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

const isIndex = (key: PropertyKey | undefined) =>
  typeof key === "string" && key.charCodeAt(0) >= 48 && key.charCodeAt(0) <= 57;

/** Removes setters that would get what is written to a list of the grader's. */
function removeIndices(prototype: object): void {
  const keys = ownKeys(prototype); // indices come first
  for (let i = 0; isIndex(keys[i]); i++) {
    if (!deleteProperty(prototype, keys[i]!)) throw new Error("lists have been closed");
  }
}

/**
 * Puts back what student code has changed.
 * @throws where it made that impossible
 */
export function restoreIntrinsics(): void {
  if (kept.length === 0) return;
  removeIndices(Array.prototype);
  removeIndices(Object.prototype);
  for (let i = 0; i < kept.length; i++) {
    const { holder, key, descriptor } = kept[i]!;
    const now = getOwnPropertyDescriptor(holder, key);
    const isSame =
      now !== undefined && now.value === descriptor.value && now.get === descriptor.get;
    if (!isSame) defineProperty(holder, key, descriptor);
  }
}
