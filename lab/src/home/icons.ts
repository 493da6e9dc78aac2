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
  "M3 5h2v2H3zm4 0h14v2H7zM3 11h2v2H3zm4 0h14v2H7zM3 17h2v2H3zm4 0h14v2H7z",
);
