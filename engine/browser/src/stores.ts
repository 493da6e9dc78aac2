/** How the databases of a site are named, so that two sites of one host keep their files apart. */

/** The reader's notebooks and progress. @param base the path at which the site is served */
export const notebooksStore = (base: string): string => `Notebooks of ${base}`;
