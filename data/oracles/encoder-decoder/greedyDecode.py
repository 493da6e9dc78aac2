"""greedyDecode: each text by itself, the likeliest token by numpy.argmax until the end."""

import json
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from table_peers import TableModel  # noqa: E402

o = Oracle("greedyDecode", packages=("numpy", "safetensors"))


def add(group, says, models, begin, end, maxLength):
    """Text i has a model of its own, so that rows which change places show."""

    def decode(*_):
        texts = []
        for model in models:
            ids = []
            while len(ids) < maxLength and (not ids or ids[-1] != end):
                ids.append(int(np.argmax(model.row([begin, *ids]))))
            texts.append(ids)
        return texts

    rows = json.dumps([model.table for model in models])
    row = f"p.reduce((sum, id, at) => sum + (at + 1) * id, 0) % {len(models[0].table)}"
    step = f"(prefixes) => tf.tensor(prefixes.map((p, i) => {rows}[i][{row}]))"
    o.case(
        group,
        says,
        [
            {"$function": step},
            {"begin": begin, "end": end, "count": len(models), "maxLength": maxLength},
        ],
        decode,
    )


some = lambda count, V: [TableModel(o, 9, V) for _ in range(count)]
add("values", "one text", some(1, 5), 1, 2, 10)
add("values", "five texts", some(5, 4), 1, 2, 12)
add("values", "end is the first id", some(4, 3), 1, 0, 10)
add("values", "end is the last id", some(4, 6), 0, 5, 10)
add("shapes", "one token each", some(3, 4), 1, 2, 1)
add("shapes", "texts are cut at maxLength", some(6, 12), 1, 2, 4)
equal = some(2, 4)
for model in equal:
    model.table = [[-1.0] * 4 for _ in model.table]
add("property", "of equals the lowest id", equal, 1, 3, 3)
# step throws when it is asked too much; text i takes i + 1 times token 0 and ends
asked = "\n".join(
    [
        "(prefixes) => {",
        '  if (prefixes.every((p) => p.includes(2))) throw new Error("step is asked '
        'though all texts have ended");',
        "  if (prefixes.some((p) => p.includes(2) && p.at(-1) !== 2)) throw new "
        'Error("a text that has ended goes on with something else than end");',
        "  return tf.tensor(prefixes.map((p, i) => (p.length > i + 1 ? [0, 0, 1] : [1, 0, 0])));",
        "}",
    ]
)
o.case(
    "property",
    "step is asked until all have ended, and sees nothing but end behind an end",
    [{"$function": asked}, {"begin": 1, "end": 2, "count": 3, "maxLength": 9}],
    lambda *_: [[0] * (i + 1) + [2] for i in range(3)],
)
step = some(1, 3)[0].text()
o.error("no texts", [step, {"begin": 1, "end": 2, "count": 0, "maxLength": 3}], "count")
o.error("no length", [step, {"begin": 1, "end": 2, "count": 1, "maxLength": 0}], "maxLength")
o.save()
