/** Whether this is Node or a browser's worker, where the browser's kernel puts a `process`. */
export const inBrowser = (): boolean =>
  (process.versions as Partial<NodeJS.ProcessVersions>).node === undefined;

/** How a reader asks for a device: a variable of the environment, or a word in the page's address. */
export const overrideFor = (device: string): string =>
  inBrowser() ? `?device=${device} in the page's address` : `COURSE_DEVICE=${device}`;

/** What a browser tells about itself; undefined in Node. */
export const browserInfo = (): { userAgent: string; gpu?: object } | undefined =>
  inBrowser() ? (globalThis as { navigator?: { userAgent: string } }).navigator : undefined;
