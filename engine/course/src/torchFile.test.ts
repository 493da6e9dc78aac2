import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseSafeTensors } from "grader";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TORCH_TO_SAFETENSORS } from "./torchFile";

/**
 * Writes a file as torch.save does: protocol 2, classes by name, storages by persistent id. %s is
 * the pickled value.
 */
const TORCH_SAVE = `
import collections, io, pickle, struct, sys, types, zipfile
torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
class FloatStorage: pass
class LongStorage: pass
for kind in (FloatStorage, LongStorage):
    kind.__module__ = "torch"; kind.__qualname__ = kind.__name__; setattr(torch, kind.__name__, kind)
def _rebuild_tensor_v2(*_): pass
_rebuild_tensor_v2.__module__ = "torch._utils"
utils._rebuild_tensor_v2 = _rebuild_tensor_v2
sys.modules.update({"torch": torch, "torch._utils": utils})
class Id:
    def __init__(self, *about): self.about = about
class Tensor:
    def __init__(self, *about): self.about = about
    def __reduce__(self): return _rebuild_tensor_v2, self.about
class Pickler(pickle.Pickler):
    def persistent_id(self, x): return x.about if isinstance(x, Id) else None
f = io.BytesIO()
value = eval(sys.argv[2])
Pickler(f, 2).dump(value)
with zipfile.ZipFile(sys.argv[1], "w") as z:
    z.writestr("archive/data.pkl", f.getvalue())
    z.writestr("archive/data/0", struct.pack("<6f", 0, 1, 2, 3, 4, 5))
    z.writestr("archive/data/1", struct.pack("<2q", 7, -8))
`;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "torch-"));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

function convert(value: string): { status: number | null; said: string; bytes: () => Buffer } {
  const from = join(dir, "model.bin");
  const to = join(dir, "model.safetensors");
  writeFileSync(from, "");
  const saved = spawnSync("python3", ["-c", TORCH_SAVE, from, value]);
  expect(saved.stderr.toString()).toBe("");
  const { status, stderr } = spawnSync("python3", ["-c", TORCH_TO_SAFETENSORS, from, to]);
  return { status, said: stderr.toString(), bytes: () => readFileSync(to) };
}

const storage = (kind: string, key: string, n: number) =>
  `Id("storage", ${kind}Storage, "${key}", "cpu", ${n})`;

test("tensors by name, a part of a storage, int64", () => {
  const whole = `Tensor(${storage("Float", "0", 6)}, 0, (2, 3), (3, 1), False, collections.OrderedDict())`;
  const part = `Tensor(${storage("Float", "0", 6)}, 4, (2,), (1,), False, collections.OrderedDict())`;
  const long = `Tensor(${storage("Long", "1", 2)}, 0, (2,), (1,), False, collections.OrderedDict())`;
  const { status, said, bytes } = convert(
    `collections.OrderedDict(a=${whole}, b=${part}, c=${long})`,
  );
  expect([status, said]).toEqual([0, ""]);
  const { tensors } = parseSafeTensors(bytes());
  expect(
    Object.fromEntries(
      [...tensors].map(([name, t]) => [name, [t.shape, t.dtype, [...(t.data as Float32Array)]]]),
    ),
  ).toEqual({
    a: [[2, 3], "float32", [0, 1, 2, 3, 4, 5]],
    b: [[2], "float32", [4, 5]],
    c: [[2], "int32", [7, -8]],
  });
});

test("a transposed tensor and a file that would run code are refused", () => {
  const turned = convert(
    `{"a": Tensor(${storage("Float", "0", 6)}, 0, (2, 3), (1, 2), False, None)}`,
  );
  expect([turned.status, turned.said.trim()]).toEqual([
    1,
    "a tensor of the file is not contiguous",
  ]);
  const evil = convert(`{"a": print}`);
  expect(evil.status).toBe(1);
  expect(evil.said).toMatch(/the file holds .*\.print, which is not a tensor of a known kind/);
});
