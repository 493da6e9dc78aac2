/** Scripts that a page loads when it first needs them. */

/**
 * Loads a script once, however often it is asked for; after a failure, the next call tries again.
 * @param read gives what the script has made, once it is there
 */
export function lateScript<T>(
  src: () => string,
  read: () => T,
): { load(): Promise<T>; loaded(): Promise<T> | undefined } {
  let loading: Promise<T> | undefined;
  const load = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = src();
      script.onload = () => resolve(read());
      script.onerror = () => {
        loading = undefined;
        script.remove();
        reject(new Error("A script could not be loaded: is there a network?"));
      };
      document.head.append(script);
    });
    return loading;
  };
  return { load, loaded: () => loading };
}
