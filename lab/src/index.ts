/** The plugins of the extension. */
import { figures } from "./figures";

export default [figures];
