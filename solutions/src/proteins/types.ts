/** Rigid frames as plain data: where a residue is and how it is turned. */
import type { Tensor } from "@tensorflow/tfjs-core";

/**
 * A point p of the residue's own space lies at rotation·p + translation in the protein's.
 * rotation [..., 3, 3], whose columns are the residue's axes; translation [..., 3], its origin, in the unit of the coordinates.
 */
export interface Frames { rotation: Tensor; translation: Tensor }
