/** How many parts of a figure stand side by side, which decides how wide a page draws it. */
import { metaOf, type Chart } from "./chart";
import { isObject } from "./json";
import { picturesAcross } from "./sheet";

/** The longest array of a view's steps or parts; a longer one holds numbers. */
const MAX_PARTS = 100;

/** The largest number of panels or pictures side by side in a chart, or in any chart of a view. */
export function panelsAcross(json: unknown): number {
  if (Array.isArray(json)) {
    return json.length > MAX_PARTS ? 0 : Math.max(0, ...json.map(panelsAcross));
  }
  if (!isObject(json)) return 0;
  if (!isObject(json.layout)) return Math.max(0, ...Object.values(json).map(panelsAcross));
  const chart = json as unknown as Chart;
  return metaOf(chart).panels?.columns ?? picturesAcross(chart);
}
