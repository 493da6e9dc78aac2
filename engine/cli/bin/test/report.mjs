/** What a run of the tests found, and its last lines. */

/** One row for each step that ran: its name, seconds, and how many tests passed and failed. */
export const rows = [];
/** Steps and tests that did not run, with the reason. */
export const notRun = [];
/** Tests that failed, with the first line of why, and the last lines of steps without tests. */
export const failures = [];
/** Real tests that failed and passed when they ran again. */
export const onLaterAttempt = [];

export const heading = (name) =>
  console.log(`\n── ${name} ${"─".repeat(Math.max(3, 76 - name.length))}`);

const row = ({ name, seconds, passed, failed }) =>
  `${failed > 0 ? "✗" : "✓"} ${name.padEnd(44)} ${seconds.toFixed(1).padStart(7)} s   ` +
  `${String(passed).padStart(5)} passed ${failed > 0 ? ` ${failed} failed` : ""}`.trimEnd();

/**
 * The table of steps and the count, which is the very last line. Where CI=true, what did not run
 * counts as failed.
 * @returns the exit code
 */
export function summary(start) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const counts = process.env.CI === "true" && notRun.length > 0;
  const failed = sum("failed") + (counts ? notRun.length : 0);
  heading("Summary");
  for (const one of rows) console.log(row(one));
  failures.forEach((line) => console.log(`✗ ${line}`));
  onLaterAttempt.forEach((line) => console.log(`! passed at a later attempt only: ${line}`));
  notRun.forEach((line) => console.log(`– did not run: ${line}`));
  const minutes = ((Date.now() - start) / 60_000).toFixed(1);
  const why = counts ? "; what did not run counts as failed here, since CI=true" : "";
  console.log(`${minutes} minutes${why}\n`);
  console.log(`${sum("passed")} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}
