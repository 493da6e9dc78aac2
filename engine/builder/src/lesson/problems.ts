/** What is wrong with a lesson: collected while it is read, and shown all at once. */

export interface Problem {
  /** Line in lesson.md, from 1. */
  line: number;
  /** One sentence: what is wrong and what to write instead. */
  says: string;
}

/** Reports a problem; reading goes on. */
export type Report = (line: number, says: string) => void;

/** Its message is one line for each problem, `file:line: sentence`, in the order of the file. */
export class LessonError extends Error {
  constructor(
    readonly file: string,
    readonly problems: Problem[],
  ) {
    super(
      [...problems]
        .sort((a, b) => a.line - b.line)
        .map(({ line, says }) => `${file}:${line}: ${says}`)
        .join("\n"),
    );
  }
}
