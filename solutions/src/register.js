/**
 * Gives tensors their methods (x.matMul(w)) and operations their gradients; tfjs-core alone has
 * neither. JavaScript, since Node cannot load these files as they are: engine/cli/bin/bundle.mjs makes
 * dist/register.js of it.
 */
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
