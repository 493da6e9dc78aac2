/** What the compiled tools use of packages.mjs. */
export function lockedPackages(name: string, pinned: string, what: string): Promise<string>;
export function lockedVersion(pinned: string): string;
export function installLocked(
  folder: string,
  pinned: string,
  what: string,
  options?: { signal?: AbortSignal; quiet?: boolean },
): Promise<void>;
