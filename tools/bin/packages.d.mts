/** What the compiled tools use of packages.mjs. */
export function lockedPackages(name: string, pinned: string, what: string): Promise<string>;
