/**
 * Merging: each kind of change by hand, and by property that no keystroke is lost and that merging
 * twice is merging once.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  freshCopy,
  hashOf,
  keptHeading,
  merge,
  type Notebook,
  type NotebookCell,
  sourceOf,
} from "./merge";

const cell = (
  id: string,
  source = `source of ${id}`,
  cell_type: NotebookCell["cell_type"] = "code",
): NotebookCell => {
  const made: NotebookCell = {
    id,
    cell_type,
    source,
    metadata: { course: { role: "demo" } },
    ...(cell_type === "code" && { outputs: [], execution_count: null }),
  };
  return { ...made, metadata: { course: { role: "demo", hash: hashOf(made) } } };
};
const yours = (id: string, source = `mine: ${id}`): NotebookCell => ({
  ...cell(id, source),
  metadata: {},
});
const notebook = (...cells: NotebookCell[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: "tslab" }, course: { lesson: "01-one" } },
  cells,
});
const release = notebook(cell("a"), cell("b"), cell("c"));
/** The copy of a release after a student's work on its cells. */
const after = (shipped: Notebook, work: (cells: NotebookCell[]) => NotebookCell[]): Notebook => {
  const copy = structuredClone(freshCopy(shipped));
  return { ...copy, cells: work(copy.cells) };
};
const edited = (one: NotebookCell, source: string): NotebookCell => ({ ...one, source });
const merged = (next: Notebook, copy: Notebook) =>
  merge(next, copy).notebook.cells.map((c) => `${c.id}: ${sourceOf(c)}`);

describe("merge", () => {
  test("the same release changes nothing", () => {
    const copy = after(release, ([a, b, c]) => [c!, edited(a!, "changed"), yours("x"), b!]);
    expect(merge(release, copy).notebook).toEqual(copy);
  });

  describe("folded code", () => {
    const folds = (one: NotebookCell, fold?: string): NotebookCell => ({
      ...one,
      metadata: {
        course: { ...(one.metadata.course as object), ...(fold ? { fold } : {}) },
        ...(fold ? { jupyter: { source_hidden: true } } : {}),
      },
    });
    const folded = notebook(folds(cell("a"), "draws"));
    const isFolded = (next: Notebook, copy: Notebook) =>
      merge(next, copy).notebook.cells[0]!.metadata.jupyter;

    test("comes in with the release that folds it, and goes with one that doesn't", () => {
      const open = notebook(cell("a"));
      expect(isFolded(folded, freshCopy(open))).toEqual({ source_hidden: true });
      expect(isFolded(open, freshCopy(folded))).toBeUndefined();
    });

    test("stays as the student left it", () => {
      const unfolded = after(folded, ([a]) => {
        delete a!.metadata.jupyter;
        return [a!];
      });
      expect(merge(folded, unfolded).notebook).toEqual(unfolded);
      const own = after(notebook(cell("a")), ([a]) => [
        { ...a!, metadata: { ...a!.metadata, jupyter: { source_hidden: true } } },
      ]);
      expect(isFolded(notebook(cell("a")), own)).toEqual({ source_hidden: true });
    });
  });

  test(
    "an unedited cell is replaced, a new one comes in at its place, one that is no longer " +
      "shipped goes",
    () => {
      const { notebook: result, report } = merge(
        notebook(cell("a"), cell("new"), cell("b", "better")),
        after(release, (cells) => cells),
      );
      expect(result.cells.map((c) => [c.id, sourceOf(c)])).toEqual([
        ["a", "source of a"],
        ["new", "source of new"],
        ["b", "better"],
      ]);
      expect(report).toEqual({
        added: ["new"],
        updated: ["b"],
        removed: ["c"],
        kept: [],
        moved: [],
      });
    },
  );

  test("an edited, an added and a deleted cell all come through", () => {
    const copy = after(release, ([a, b]) => [a!, edited(b!, "my answer"), yours("note")]);
    const next = notebook(cell("a"), cell("b", "better"), cell("b2"), cell("c", "better too"));
    expect(merged(next, copy)).toEqual([
      "a: source of a",
      "b: my answer",
      "note: mine: note",
      "b2: source of b2",
    ]);
    expect(merge(next, copy).report.kept).toEqual(["b"]);
    expect(merged(next, merge(next, copy).notebook)).toEqual(merged(next, copy));
  });

  test("outputs of unedited cells stay when the cell stays, and go with the old version", () => {
    const copy = after(release, (cells) =>
      cells.map((c) => ({
        ...c,
        outputs: [{ output_type: "stream", name: "stdout", text: "1" }],
        execution_count: 3,
      })),
    );
    const cells = merge(notebook(cell("a"), cell("b", "better")), copy).notebook.cells;
    expect(cells.map((c) => c.outputs!.length)).toEqual([1, 0]);
  });

  describe("previews", () => {
    const preview = (hash: string) => ({
      output_type: "display_data",
      metadata: { course: { preview: true } },
      data: { "text/plain": `figure: ${hash}` },
    });
    const previewed = (one: NotebookCell, hash: string): NotebookCell => ({
      ...one,
      outputs: [preview(hash)],
      metadata: { course: { ...(one.metadata.course as object), preview: hash } },
    });
    const old = notebook(previewed(cell("a"), "old"));
    const next = notebook(previewed(cell("a"), "new"));
    const outputsOf = (shipped: Notebook, copy: Notebook) =>
      merge(shipped, copy).notebook.cells[0]!.outputs;
    const ran = { outputs: [{ output_type: "stream", text: "mine" }], execution_count: 2 };

    test("come in, are renewed and go where nothing has run", () => {
      const plain = notebook(cell("a"));
      expect(outputsOf(next, freshCopy(plain))).toEqual([preview("new")]);
      expect(outputsOf(next, freshCopy(old))).toEqual([preview("new")]);
      expect(outputsOf(plain, freshCopy(old))).toEqual([]);
      const merged = merge(next, freshCopy(old)).notebook;
      expect(merge(next, merged).notebook).toEqual(merged);
    });

    test("never take the place of what a student's run gave, whether it drew or not", () => {
      const mine = after(old, ([a]) => [{ ...a!, ...ran }]);
      expect(outputsOf(next, mine)).toEqual(ran.outputs);
      const silent = after(old, ([a]) => [{ ...a!, outputs: [], execution_count: 2 }]);
      expect(outputsOf(next, silent)).toEqual([]);
      const restarted = after(old, ([a]) => [{ ...a!, ...ran, execution_count: null }]);
      expect(outputsOf(next, restarted)).toEqual(ran.outputs);
    });

    test("don't come back after a student cleared them, and not into an edited cell", () => {
      const cleared = after(old, ([a]) => [{ ...a!, outputs: [] }]);
      expect(outputsOf(old, cleared)).toEqual([]);
      const own = after(old, ([a]) => [edited({ ...a!, outputs: [] }, "my code")]);
      expect(outputsOf(next, own)).toEqual([]);
    });
  });

  test("an edited cell takes the new version's marks and its points", () => {
    const next = notebook(cell("a", "better"));
    const [a] = merge(
      next,
      after(release, ([first]) => [edited(first!, "mine")]),
    ).notebook.cells;
    expect(a!.metadata).toEqual(freshCopy(next).cells[0]!.metadata);
  });

  test("what stood between cells that are gone is kept at the end, below one heading", () => {
    const four = notebook(cell("a"), cell("b"), cell("c"), cell("d"));
    const copy = after(four, ([a, b, c, d]) => [
      a!,
      b!,
      yours("x"),
      edited(c!, "my c"),
      yours("y"),
      d!,
    ]);
    const once = merge(notebook(cell("a"), cell("e")), { ...copy, cells: copy.cells });
    expect(once.notebook.cells.map((c) => c.id)).toEqual(["a", "e", keptHeading.id, "x", "c", "y"]);
    expect(once.report.moved).toEqual(["x", "c", "y"]);
    expect(merge(notebook(cell("f")), once.notebook).notebook.cells.map((c) => c.id)).toEqual([
      "f",
      keptHeading.id,
      "x",
      "c",
      "y",
    ]);
  });

  test("a student's order of cells stays, and new cells follow the one they follow in the release", () => {
    const copy = after(release, ([a, b, c]) => [c!, a!, b!]);
    expect(
      merge(
        notebook(cell("a"), cell("a2"), cell("b"), cell("c"), cell("c2")),
        copy,
      ).notebook.cells.map((c) => c.id),
    ).toEqual(["c", "c2", "a", "a2", "b"]);
  });

  test("a release's new order comes in where the student did not move cells", () => {
    const copy = after(release, ([a, b, c]) => [a!, yours("x"), b!, c!]);
    expect(
      merge(notebook(cell("c"), cell("a"), cell("b")), copy).notebook.cells.map((c) => c.id),
    ).toEqual(["c", "a", "x", "b"]);
  });

  test("cells that Jupyter renamed or saved without ids are found by their marks", () => {
    const renamed = after(release, ([a, b, c]) => [
      a!,
      c!,
      { ...edited(b!, "my b"), id: "pasted" },
    ]);
    expect(merged(release, renamed)).toEqual(["a: source of a", "c: source of c", "b: my b"]);
    const bare = after(release, (cells) =>
      [...cells, yours("x")].map(({ id: _, ...rest }) => rest as NotebookCell),
    );
    expect(
      merge(release, bare)
        .notebook.cells.slice(0, 3)
        .map((c) => c.id),
    ).toEqual(["a", "b", "c"]);
    expect(merged(release, bare)[3]).toMatch(/^yours-.*: mine: x$/);
  });

  test("a copy without the record of what was shipped loses nothing", () => {
    const copy = after(release, ([a, b]) => [edited(a!, "mine"), b!, yours("x")]);
    expect(merged(release, { ...copy, metadata: {} })).toEqual([
      "a: mine",
      "b: source of b",
      "x: mine: x",
      "c: source of c",
    ]);
  });
});

describe("by property", () => {
  const id = fc.constantFrom(..."abcdefgh");
  const source = fc.string({ maxLength: 6 });
  const shipped = fc
    .uniqueArray(fc.tuple(id, source), { selector: ([name]) => name, maxLength: 8 })
    .map((cells) => notebook(...cells.map(([name, text]) => cell(name, `shipped ${text}`))));
  /**
   * A student's session: any of edit, delete, add, move, paste, rename and loss of ids, in any
   * order.
   */
  const action = fc.record({
    kind: fc.constantFrom("edit", "delete", "add", "move", "paste", "rename", "unname"),
    at: fc.nat(20),
    to: fc.nat(20),
    text: source,
  });
  const session = fc.array(action, { maxLength: 10 });
  let fresh = 0;
  const work = (
    cells: NotebookCell[],
    actions: { kind: string; at: number; to: number; text: string }[],
  ): NotebookCell[] => {
    const now = structuredClone(cells);
    for (const { kind, at, to, text } of actions) {
      const i = at % Math.max(1, now.length);
      const target = to % (now.length + 1);
      const one = now[i];
      if (kind === "add") now.splice(target, 0, yours(`new-${fresh++}`, `typed ${text}`));
      if (!one) continue;
      if (kind === "edit") one.source = `typed ${text}`;
      if (kind === "delete") now.splice(i, 1);
      if (kind === "move") now.splice(target, 0, ...now.splice(i, 1));
      if (kind === "paste") {
        now.splice(target, 0, { ...structuredClone(one), id: `new-${fresh++}` });
      }
      if (kind === "rename") one.id = `new-${fresh++}`;
      if (kind === "unname") delete (one as Partial<NotebookCell>).id;
    }
    return now;
  };
  const count = (cells: NotebookCell[]) => {
    const found = new Map<string, number>();
    for (const c of cells) {
      if (sourceOf(c).startsWith("typed")) {
        found.set(sourceOf(c), (found.get(sourceOf(c)) ?? 0) + 1);
      }
    }
    return found;
  };

  test(
    "through any sessions and releases no keystroke is lost or doubled, ids are unique, and " +
      "merging again changes nothing",
    () => {
      fc.assert(
        fc.property(
          shipped,
          fc.array(fc.tuple(session, shipped), { minLength: 1, maxLength: 3 }),
          (first, releases) => {
            let copy = freshCopy(first);
            for (const [actions, next] of releases) {
              const before = work(copy.cells, actions);
              const once = merge(next, { ...copy, cells: before }).notebook;
              expect(count(once.cells)).toEqual(count(before));
              expect(new Set(once.cells.map((c) => c.id)).size).toBe(once.cells.length);
              expect(merge(next, once).notebook).toEqual(once);
              copy = once;
            }
          },
        ),
        { numRuns: 2000 },
      );
    },
  );

  test("a copy that was never touched becomes the release", () => {
    fc.assert(
      fc.property(shipped, shipped, (first, next) => {
        expect(merge(next, freshCopy(first)).notebook).toEqual(freshCopy(next));
      }),
    );
  });

  test("deleted cells stay deleted", () => {
    fc.assert(
      fc.property(shipped, shipped, fc.nat(), (first, next, at) => {
        const copy = freshCopy(first);
        const gone = copy.cells.splice(at % Math.max(1, copy.cells.length), 1)[0];
        expect(merge(next, copy).notebook.cells.map((c) => c.id)).not.toContain(gone?.id);
      }),
    );
  });
});
