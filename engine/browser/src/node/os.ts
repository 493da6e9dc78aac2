/** As much of Node's `os` as the course uses. */
export const availableParallelism = (): number => navigator.hardwareConcurrency || 1;
export const cpus = (): unknown[] => Array.from({ length: availableParallelism() }, () => ({}));
export const tmpdir = (): string => "/tmp";
/** A browser says at most 8 GB, and some say nothing. */
export const totalmem = (): number =>
  ((navigator as { deviceMemory?: number }).deviceMemory ?? 0) * 2 ** 30;
export const freemem = (): number => 0;
