/** The plugins of the extension. */
import { figures } from "./figures";
import { views } from "./views";

export default [figures, views];
