/** The plugins of the extension. */
import { figures } from "./figures";
import { home } from "./home";

export default [figures, home];
