import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTable, writeTable } from "../csv.js";
import { mergeRoster, readRoster } from "./roster.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readRoster(bytes(text), "roster.csv");

describe("rosters as platforms write them", () => {
  test("Canvas: two header rows, names turned around, its test student", () => {
    const found = read(
      "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Lab 1 (77)\r\n" +
        ",,,,,Manual Posting\r\n" +
        "    Points Possible,,,,,10\r\n" +
        '"Lovelace, Ada",4711,1001,ada@x.edu,"CS, A",9\r\n' +
        '"Student, Test",99,,bbbc6740f0b946af,"CS, A",\r\n',
    );
    expect(found).toMatchObject([
      { name: "Ada Lovelace", canvasId: "4711", number: "1001", login: "ada@x.edu" },
    ]);
    expect(found[0]!.section).toBe("CS, A");
  });

  test("Moodle: participants with semicolons, and the grading worksheet", () => {
    const participants = "First name;Last name;ID number;Email address\nZoë;Müller;7;Z@X.edu\n";
    expect(read(participants)).toMatchObject([
      { name: "Zoë Müller", number: "7", email: "z@x.edu" },
    ]);
    const worksheet =
      'Identifier,"Full name","Email address",Status,Grade\n' +
      '"Participant 553","Zoë Müller",z@x.edu,"Submitted for grading",\n';
    expect(read(worksheet)).toMatchObject([{ name: "Zoë Müller", participant: "553" }]);
  });

  test("Gradescope, and a table of one's own; what Windows writes", () => {
    expect(read("First Name,Last Name,SID,Email,Sections\nAda,L,12,a@x.edu,B\n")).toMatchObject([
      { name: "Ada L", number: "12", section: "B" },
    ]);
    expect(read("Name\tID\nAda\t0012\n")).toMatchObject([{ name: "Ada", number: "0012" }]);
    const latin1 = Uint8Array.from(Buffer.from("Name;Number\nZo\xeb;1\n", "latin1"));
    expect(readRoster(latin1, "r.csv")[0]!.name).toBe("Zoë");
    const utf16 = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from("Name\tID\nZoë\t1", "utf16le"),
    ]);
    expect(readRoster(utf16, "r.csv")[0]!.name).toBe("Zoë");
  });

  test.each([
    ["", "roster.csv is empty"],
    ["Name,Email\n", "roster.csv has a header but no students"],
    ["Mail,Number\na@x.edu,1\n", "line 1: no column holds names"],
    ["Name,Age\nAda,36\n", "line 1: a column must separate students of the same name"],
    ["Name,Email\nAda,ada\n", "line 2, column Email: ada is not an email address"],
    ["Name,Number\nAda,\n", "line 2: Number must not be empty"],
    ["Name,Number\n,5\n", "line 2, column Name: the name is missing"],
    ['Name,Number\n"A\nB",5\nC,5\n', "line 4, column Number: 5 is in line 2 too"],
    ["PK\u0003\u0004\0\0", "is not a text file"],
    [
      "Name,Number\nAda,1\nKing, Ben,2\n",
      "roster.csv, line 3: the row has 3 cells and the header 2",
    ],
  ])("%j is refused", (text, says) => {
    expect(() => read(text)).toThrow(says);
  });
});

test("lines may end in different ways in one file, as when two programs wrote it", () => {
  const roster = read("Name,Number\r\nAda,1\nBen,2\r\nEva,3\rUli,4\n");
  expect(roster.map(({ name }) => name)).toEqual(["Ada", "Ben", "Eva", "Uli"]);
});

test("reading a roster again keeps ids, adds, changes, and removes nobody", () => {
  const first = mergeRoster([], read("Name,Number,Email\nAda,1,a@x.edu\nBen,2,b@x.edu\n"));
  expect(first).toMatchObject({ added: 2, changed: 0, left: 0 });
  const again = read("Student,ID,SIS User ID,SIS Login ID\nAda King,55,1,ada\nEva,56,3,eva\n");
  const second = mergeRoster(first.students, again);
  expect(second).toMatchObject({ added: 1, changed: 1, left: 1 });
  const [ada, eva, ben] = second.students;
  expect(ada).toMatchObject({ id: "1", name: "Ada King", email: "a@x.edu", canvasId: "55" });
  expect(eva).toMatchObject({ id: "3", active: true });
  expect(ben).toMatchObject({ id: "2", active: false });
  expect(mergeRoster(second.students, again)).toMatchObject({ added: 0, changed: 0, left: 0 });
});

test("a table that is written is read back, and no cell of it is a formula", () => {
  const cell = fc
    .string({ unit: fc.constantFrom(..."=+-@'\"\t\r\n;, abcé1") })
    .map((text) => text.trim().replace(/\r\n?/g, "\n"));
  const table = fc.array(fc.tuple(fc.constant("x"), cell, cell), { minLength: 1 });
  fc.assert(
    fc.property(table, (rows) => {
      const text = writeTable([["A", "B", "C"], ...rows]);
      expect(readTable(bytes(text), "t.csv").rows.map(({ cells }) => cells)).toEqual(rows);
    }),
  );
  expect(writeTable([["=1+1", "@x", -1, "-a", "+b"]])).toBe("\ufeff'=1+1,'@x,-1,'-a,'+b\r\n");
});
