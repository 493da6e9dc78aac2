/** Two icons that take the theme's color. */
import { LabIcon } from "@jupyterlab/ui-components";

const icon = (name: string, path: string) =>
  new LabIcon({
    name: `course:${name}`,
    svgstr:
      '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
      `<path class="jp-icon3" fill="#616161" d="${path}"/></svg>`,
  });

export const homeIcon = icon("home", "M12 3 2 12h3v8h6v-6h2v6h6v-8h3z");
export const bookIcon = icon(
  "lessons",
  "M12 5C10 3.7 7 3.2 3 3.5V19c4-.3 7 .2 9 1.5 2-1.3 5-1.8 9-1.5V3.5c-4-.3-7 .2-9 1.5z" +
    "m-1 12.3c-1.6-.6-3.6-.9-6-.9V5.4c2.6 0 4.6.4 6 1.2zm8-.9c-2.4 0-4.4.3-6 .9" +
    "V6.6c1.4-.8 3.4-1.200 6-1.2z",
);
