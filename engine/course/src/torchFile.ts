/**
 * A Python program that converts PyTorch's file of tensors, a zip archive with a pickled index, to
 * safetensors. It needs Python's own zipfile and pickle, but not PyTorch. Its unpickler knows
 * tensors and dictionaries and refuses everything else, so that a file can't run code.
 */
export const TORCH_TO_SAFETENSORS = `
import collections, io, json, pickle, struct, sys, zipfile
KINDS = {"FloatStorage": ("F32", 4), "IntStorage": ("I32", 4), "LongStorage": ("I64", 8)}
archive = zipfile.ZipFile(sys.argv[1])
index = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
folder = index[: -len("data.pkl")] + "data/"

def tensor(storage, offset, shape, stride, *_):
    kind, size, key = storage
    count, expected = 1, []
    for n in reversed(shape):
        expected.insert(0, count)
        count *= n
    if any(n > 1 and have != want for n, have, want in zip(shape, stride, expected)):
        sys.exit("a tensor of the file is not contiguous")
    return kind, list(shape), archive.read(folder + key)[offset * size : (offset + count) * size]

class Reader(pickle.Unpickler):
    def find_class(self, module, name):
        known = {
            ("collections", "OrderedDict"): collections.OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): tensor,
        }
        if module == "torch" and name in KINDS:
            return name
        if (module, name) not in known:
            sys.exit(f"the file holds {module}.{name}, which is not a tensor of a known kind")
        return known[module, name]
    def persistent_load(self, about):
        return (*KINDS[about[1]], about[2])

header, at, parts = {}, 0, []
for name, (kind, shape, data) in Reader(io.BytesIO(archive.read(index))).load().items():
    header[name] = {"dtype": kind, "shape": shape, "data_offsets": [at, at + len(data)]}
    at += len(data)
    parts.append(data)
text = json.dumps(header).encode()
with open(sys.argv[2], "wb") as out:
    out.write(struct.pack("<Q", len(text)) + text)
    out.writelines(parts)
`;
