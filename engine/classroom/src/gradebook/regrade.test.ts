/** A correction of an exercise, whatever grades. */
import { afterAll, expect, test } from "vitest";
import { regraded } from "../commands/messages.js";
import { gradeLesson } from "./grade.js";
import { readGrades } from "../sql/read.js";
import { acceptRegrade, preview, regrade } from "./regrade.js";
import { classOfTwo, graderOf } from "./regrade.testing.js";
import { removeFolders } from "../class.testing.js";
import { addOverride, now } from "../sql/write.js";

afterAll(removeFolders);

test("whatever grades, and nothing changes before it is accepted as it was seen", async () => {
  const { classroom, lesson } = await classOfTwo();
  const earned = async () => (await readGrades(classroom.sql, lesson.id)).map((g) => g.points);
  await expect(regrade(classroom, lesson)).rejects.toThrow("no grades to compare with");
  await gradeLesson(classroom, lesson, { grade: graderOf(8) });
  expect(await preview(classroom, lesson)).toBeUndefined();
  const by = "Eva";
  await expect(acceptRegrade(classroom, lesson, { by })).rejects.toThrow("look at it first");

  const found = await regrade(classroom, lesson, { grade: graderOf(9) });
  expect(found).toMatchObject({ compared: 2, changes: [{ pointsBefore: 8, pointsAfter: 9 }, {}] });
  expect(regraded(found, false)).toContain("--accept puts the new points into it.");
  expect(await preview(classroom, lesson)).toEqual(found);
  expect(await earned()).toEqual([8, 8]);

  // somebody else decides in between
  const decision = { lesson: lesson.id, student: "ada", reason: "oral", by, at: now() };
  await addOverride(classroom.sql, { ...decision, points: 10 });
  const seen = { by, digest: found.digest };
  await expect(acceptRegrade(classroom, lesson, seen)).rejects.toThrow("look at it again");
  expect(await earned()).toEqual([8, 8]);

  const { digest } = (await preview(classroom, lesson))!;
  await acceptRegrade(classroom, lesson, { by, digest });
  expect(await earned()).toEqual([9, 9]);
  expect((await readGrades(classroom.sql, lesson.id)).map((g) => g.by)).toEqual(["Eva", "Eva"]);

  const same = await regrade(classroom, lesson, { grade: graderOf(9) });
  expect(regraded(same, false)).toBe(
    `${lesson.id}: 2 hand-ins compared, 0 change.\n` +
      "No points change. --accept only records that the lesson as it is now gives the same.",
  );
  await classroom.sql.close();
});
