/** Says in sentences what is unusual about a row: students, instructors and tables read the same. */
import { isGraded } from "grader/batch";
import { points } from "grader/reports";
import { isCoveredWithoutTime } from "./late.js";
import type { Grade, HandIn, Row } from "../types.js";

const fileName = ({ path }: HandIn) => path.slice(path.lastIndexOf("/") + 1);

function earnedBy(grade: Grade | undefined): string {
  if (!grade) return "is not graded yet";
  return isGraded(grade.result)
    ? `earned ${points(grade.result.points)} of ${points(grade.result.maxPoints)} points`
    : "could not be graded";
}

/** Which of several notebooks counts. */
function several({ handIn, grade, others }: Pick<Row, "handIn" | "grade" | "others">): string[] {
  if (!handIn || others.length === 0) return [];
  const isKnown = grade && others.every((o) => o.grade);
  if (!isKnown) {
    const names = [handIn, ...others.map((o) => o.handIn)].map(fileName).sort().join(" and ");
    return [`${names} were handed in together; the one with more points counts.`];
  }
  const rest = others.map((o) => `${fileName(o.handIn)} ${earnedBy(o.grade)}`).join(", ");
  return [
    `${fileName(handIn)} counts, which ${earnedBy(grade)} in the exercises; handed in together with ` +
      `it: ${rest}.`,
  ];
}

function unanswered(names: string[]): string[] {
  if (names.length === 0) return [];
  return [`Not answered, so without points: ${names.join(", ")}.`];
}

function covered({ handIn, extension }: Pick<Row, "handIn" | "extension">): string[] {
  if (!handIn || !isCoveredWithoutTime(handIn, extension)) return [];
  return ["The platform calls it late and doesn't say when it came; the extension covers it."];
}

const days = (n: number) => `${n} late day${n === 1 ? "" : "s"}`;

/** What a person or a budget of late days has granted. */
function granted({ excusal, coveredDays }: Pick<Row, "excusal" | "coveredDays">): string[] {
  const states = {
    excused: ["Excused: this lesson doesn't count in the total."],
    missing: ["Missing: nothing was handed in, so it counts with 0 points."],
    none: [],
  };
  const spent = coveredDays
    ? [`The budget of late days covers ${days(coveredDays)} of this lesson.`]
    : [];
  return [...(excusal ? states[excusal.state] : []), ...spent];
}

/** Says loudly that somebody set more points than the lesson has, which may be a typo. */
export const aboveMaximum = ({ override, maxPoints }: Pick<Row, "override" | "maxPoints">) =>
  override?.points !== undefined && override.points > maxPoints
    ? `Attention: ${points(override.points)} points are more than the ${points(maxPoints)} of the ` +
      "lesson, and count as extra credit."
    : undefined;

/** What is unusual about a row, one sentence each. */
export const notesOf = (
  row: Pick<
    Row,
    "handIn" | "grade" | "others" | "unanswered" | "extension" | "excusal" | "coveredDays"
  >,
): string[] => [...several(row), ...covered(row), ...granted(row), ...unanswered(row.unanswered)];
