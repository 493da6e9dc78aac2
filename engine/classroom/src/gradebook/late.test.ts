import { describe, expect, test } from "vitest";
import { countingHandIns, lateness } from "./late.js";
import { parseSettings } from "../settings.js";
import { handIn, SETTINGS } from "../class.testing.js";
import { readTime, showTime } from "../time.js";
import { moodleTime } from "../collect/worksheet.js";

const ZONE = "Europe/Berlin";

describe("times of a zone", () => {
  test.each([
    ["2027-05-03 23:59", "2027-05-03T21:59:00.000Z"],
    ["2027-01-03", "2027-01-03T22:59:59.000Z"],
    ["2027-05-03T21:59:00Z", "2027-05-03T21:59:00.000Z"],
    ["2027-03-28 02:30", "2027-03-28T01:30:00.000Z"], // summer time skips it
    ["2027-10-31 02:30", "2027-10-31T00:30:00.000Z"], // it comes twice
    ["2027-02-30 10:00", undefined],
    ["2027-05-03 24:10", undefined],
    ["tomorrow", undefined],
  ])("%s is %s", (text, utc) => expect(readTime(text, ZONE)).toBe(utc));

  test("what is shown is what was written", () => {
    expect(showTime(readTime("2027-05-03 23:59", ZONE)!, ZONE)).toBe("2027-05-03 23:59");
  });

  test("Moodle's worksheet", () => {
    expect(moodleTime("Monday, 3 May 2027, 9:14 PM", ZONE)).toBe("2027-05-03T19:14:00.000Z");
    expect(moodleTime("Monday, 3 May 2027, 12:05 AM", ZONE)).toBe("2027-05-02T22:05:00.000Z");
    expect(moodleTime("Montag, 3. Mai 2027, 21:14", ZONE)).toBe(undefined);
  });
});

describe("the late rule", () => {
  const deadline = "2027-05-03T21:59:00.000Z";
  const rule = { percentPerDay: 10, graceMinutes: 15, cutOffDays: 5 };
  const at = (time: string) => handIn("ada", { at: time });
  const late = (time: string) => lateness(at(time), deadline, undefined, rule, ZONE);
  const extension = {
    lesson: "06",
    student: "ada",
    until: "2027-05-06T00:00:00.000Z",
    reason: "ill",
    by: "Eva",
    at: deadline,
  };

  test.each([
    ["2027-05-03T21:59:00.000Z", 0, 0],
    ["2027-05-03T22:14:00.000Z", 0, 0],
    ["2027-05-03T22:14:01.000Z", 1, 10],
    ["2027-05-04T21:59:00.000Z", 1, 10],
    ["2027-05-04T21:59:01.000Z", 2, 20],
    ["2027-05-08T21:59:00.000Z", 5, 50],
    ["2027-05-08T21:59:01.000Z", 6, 100],
  ])("%s is %i days late", (time, days, percentOff) => {
    expect(late(time)).toMatchObject({ days, percentOff });
  });

  test.each([
    // 31 October 2027 has 25 hours in Berlin, 28 March has 23
    ["2027-10-30 23:59", "2027-10-31 23:30", 1],
    ["2027-10-30 23:59", "2027-10-31 23:59", 1],
    ["2027-10-30 23:59", "2027-11-01 00:15", 2],
    ["2027-03-27 23:59", "2027-03-28 23:59", 1],
    ["2027-03-27 23:59", "2027-03-29 00:15", 2],
    ["2027-10-31 02:30", "2027-10-31T01:31:00Z", 1], // 02:31 for the second time
  ])("a deadline of %s, handed in at %s: %i days late", (written, at, days) => {
    const until = readTime(written, ZONE)!;
    const late = handIn("ada", { at: readTime(at, ZONE)! });
    expect(lateness(late, until, undefined, rule, ZONE).days).toBe(days);
  });

  test("an extension moves the deadline, also where only the platform knows of lateness", () => {
    expect(lateness(at("2027-05-05T10:00:00.000Z"), deadline, extension, rule, ZONE).days).toBe(0);
    const flagged = handIn("ada", { late: true, collectedAt: "2027-05-05T00:00:00.000Z" });
    expect(lateness(flagged, deadline, undefined, rule, ZONE).days).toBe(1);
    expect(lateness(flagged, deadline, extension, rule, ZONE).days).toBe(0);
    const collectedLater = { ...flagged, collectedAt: "2027-06-30T00:00:00.000Z" };
    expect(lateness(collectedLater, deadline, extension, rule, ZONE).days).toBe(0);
  });

  test("the newest before the cut-off counts, and an extension may change which", () => {
    const all = ["2027-05-02T00:00:00Z", "2027-05-07T00:00:00Z", "2027-05-10T00:00:00Z"].map(
      (time, i) => handIn("ada", { at: time, path: `${i}` }),
    );
    expect(countingHandIns(all, deadline, undefined, rule, ZONE)).toEqual([all[1]]);
    expect(countingHandIns(all, deadline, extension, rule, ZONE)).toEqual([all[2]]);
    expect(countingHandIns(all.slice(2), deadline, undefined, rule, ZONE)).toEqual([all[2]]);
  });
});

describe("class.yaml", () => {
  const lessons = ["06-attention", "07-cheaper"];
  const parse = (text: string) => parseSettings(text, "class.yaml", lessons);

  test("is read", () => {
    const { late, timeZone, lessons: found } = parse(SETTINGS);
    expect({ late, timeZone }).toEqual({
      late: { percentPerDay: 10, graceMinutes: 15, cutOffDays: 5 },
      timeZone: ZONE,
    });
    expect([...found]).toEqual([
      ["06-attention", "2027-05-03T21:59:00.000Z"],
      ["07-cheaper", undefined],
    ]);
  });

  test("a school's own sign-in", () => {
    const school =
      "issuer: https://x.edu, clientId: c, clientSecretEnv: S, instructors: [Eva@X.edu]";
    expect(parse(`title: T\nlessons: {}\noidc: {${school}}`).oidc).toEqual({
      issuer: "https://x.edu",
      clientId: "c",
      clientSecretEnv: "S",
      instructors: ["eva@x.edu"],
      claim: "email",
    });
  });

  test.each([
    ["a: [", "class.yaml: "],
    ["- 1", "must hold title"],
    ["title: T\nlessons: {06: tomorrow}", "the deadline of 06-attention must look like"],
    ["title: T\nlessons: {99: }", "there is no lesson 99: choose from"],
    ["title: T\nlessons: {06: , 06-attention: }", "06-attention is there twice"],
    ["title: T\ntimeZone: Mars/Base\nlessons: {}", "timeZone must be one such as"],
    ["title: T\nlessons: {}\nlate: {percentPerDay: -1}", "late.percentPerDay must be a number"],
    ["title: T\nlessons: {}\nlate: {perDay: 1}", "late.perDay is unknown"],
    ["title: T\nlessons: {}\ndatabase: mysql://x", "database must begin with postgres://"],
    ["title: T\nlessons: {}\noidc: {issuer: http://x.edu}", "oidc.issuer must begin with https://"],
    ["title: T\nlessons: {}\noidc: {issuer: https://x.edu}", "oidc.clientId is missing"],
    ["title: T\nlessons: {}\noidc: {secret: x}", "oidc.secret is unknown"],
  ])("%j is refused", (text, says) => expect(() => parse(text)).toThrow(says));
});
