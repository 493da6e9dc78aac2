/** Which letters have a color of their own, as a notebook says. */

export type Colors = Record<string, string>;

/** @param course a notebook's metadata, which may come from anyone */
export function colorsOf(course: unknown): Colors {
  const colors = (course as { colors?: unknown } | null | undefined)?.colors;
  if (typeof colors !== "object" || colors === null) return {};
  const good = Object.entries(colors).filter(
    ([letter, color]) => /^[a-z]$/.test(letter) && /^#[0-9a-f]{6}$/.test(String(color)),
  );
  return Object.fromEntries(good) as Colors;
}
