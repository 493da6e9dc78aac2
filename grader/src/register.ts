/** Gives tensors their methods (x.matMul(w)) and operations their gradients; tfjs-core alone has neither. */
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
