/** The types of what register.js adds to tensors. */
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
