/** The seam to the notebooks that run in the browser; a site without them has no links to them. */
export type WriteRun = (folder: string, options: { root: string; base: string }) => Promise<void>;

/** What writes run/; undefined where the course has no browser's kernel. */
export const writeRun: WriteRun | undefined = undefined;
