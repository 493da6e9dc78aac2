/** Whether this is Node or a browser's worker, where the browser's kernel puts a `process`. */
export const inBrowser = (): boolean =>
  (process.versions as Partial<NodeJS.ProcessVersions>).node === undefined;

/** How a reader requests a device: by an environment variable, or in the page's address. */
export const overrideFor = (device: string): string =>
  inBrowser() ? `?device=${device} in the page's address` : `COURSE_DEVICE=${device}`;

/** The browser's navigator; undefined in Node. */
export const browserInfo = (): { userAgent: string; gpu?: object } | undefined =>
  inBrowser() ? (globalThis as { navigator?: { userAgent: string } }).navigator : undefined;
