/** Node's `v8`: a browser has no flags to set. */
export const setFlagsFromString = (): void => undefined;
