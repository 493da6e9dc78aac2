/** The grader defines this name where it bundles the functions that a submission may use. */
declare const GRADES_SUBMISSION: true | undefined;

/**
 * Whether a submission is being graded. Functions that make a student's function faster leave it as
 * it is then: their own answer, or the message of the error that compares both, would earn the
 * points of the exercise.
 */
export const isGraded = (): boolean => typeof GRADES_SUBMISSION !== "undefined";
