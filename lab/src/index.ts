/** The plugins of the extension. */
import { figures } from "./figures";
import { home } from "./home";
import { views } from "./views";

export default [figures, views, home];
