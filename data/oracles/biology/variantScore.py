"""variantScore: PyTorch's log_softmax in float64, one variant, mutation and strand at a time.

The model is small and reads all of its input: logits[t] = row(id of t) + mean of other rows over
the sequence + a pattern of t; its numbers are in the text of the function, too.
"""

import json
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("variantScore")


class Model:
    def __init__(self, V, scale=1.0, ruled_out=None):
        # sixteenths are exact in float32
        self.own = (16 * o.normal(V, V, scale=scale)).round() / 16
        self.all = (16 * o.normal(V, V, scale=2 * scale)).round() / 16
        self.slope = (16 * o.normal(V)).round() / 16
        self.ruled_out = ruled_out  # an id that never gets any probability

    def logits(self, ids):
        own, everything, slope = self.own.double(), self.all.double(), self.slope.double()
        t = torch.arange(len(ids), dtype=torch.float64)
        found = own[ids] + everything[ids].mean(0) + t.sin()[:, None] * slope
        if self.ruled_out is not None:
            found[:, self.ruled_out] = -torch.inf
        return found

    def text(self):
        table = lambda t: json.dumps(t.tolist())
        V = len(self.slope)
        code = (
            f"const flat = ids.flatten(), [N, T] = ids.shape; "
            f"const rows = (w) => tf.gather(tf.tensor2d(w), flat).reshape([N, T, {V}]); "
            f"const slope = tf.tensor1d({table(self.slope)}); "
            f"const wave = tf.range(0, T).sin().reshape([1, T, 1]).mul(slope); "
            f"const everything = rows({table(self.all)}).mean(1, true); "
            f"const logits = rows({table(self.own)}).add(everything).add(wave); "
        )
        if self.ruled_out is None:
            code += "return logits;"
        else:
            allowed = json.dumps([int(v != self.ruled_out) for v in range(V)])
            code += (
                f"return tf.where(tf.tensor1d({allowed}).toBool().reshape([1, 1, {V}]), logits, "
                f"tf.fill([N, T, {V}], -Infinity));"
            )
        return {"$function": f"(ids) => {{ {code} }}"}


def m(position, to):
    return {"position": position, "to": to}


def one_strand(model, ids, mutations, mask):
    masked = list(ids)
    for mutation in mutations:
        masked[mutation["position"]] = mask
    log_p = model.logits(torch.tensor(masked)).log_softmax(-1)
    total = torch.zeros((), dtype=torch.float64)
    for mutation in mutations:
        t = mutation["position"]
        total = total + log_p[t, mutation["to"]] - log_p[t, ids[t]]
    return total


def add(group, title, model, ids, variants, **options):
    def scores(*_):
        complement = options.get("complement")
        found = []
        for mutations in variants:
            score = one_strand(model, ids, mutations, options["maskId"])
            if complement:
                back = [complement[i] for i in ids][::-1]
                there = [m(len(ids) - 1 - x["position"], complement[x["to"]]) for x in mutations]
                score = (score + one_strand(model, back, there, options["maskId"])) / 2
            found.append(score)
        return torch.stack(found)

    o.case(group, title, [ids, variants, model.text(), options], scores, terms=10)


protein, dna = Model(24), Model(5)
sequence = [int(i) for i in o.rng.integers(4, 24, 9)]
bases = [0, 1, 2, 2, 0, 3, 1, 1]
other = [3, 2, 1, 0]
singles = [[m(0, 5)], [m(4, 7)], [m(8, 23)]]
add("values", "single mutations", protein, sequence, singles, maskId=3)
add(
    "values",
    "two and three mutations at once",
    protein,
    sequence,
    [[m(1, 5), m(6, 9)], [m(0, 4), m(3, 11), m(8, 20)]],
    maskId=3,
)
add(
    "values",
    "variants of different size",
    protein,
    sequence,
    [[m(2, 8)], [m(2, 8), m(5, 6)], []],
    maskId=3,
)
add(
    "values",
    "every letter at one position",
    protein,
    sequence,
    [[m(3, i)] for i in range(4, 24)],
    maskId=3,
)
add(
    "values",
    "both strands",
    dna,
    bases,
    [[m(0, 1)], [m(5, 0)], [m(7, 3)]],
    maskId=4,
    complement=other,
)
add(
    "values",
    "both strands, two mutations",
    dna,
    bases,
    [[m(1, 0), m(6, 2)], [m(2, 3)]],
    maskId=4,
    complement=other,
)
add("values", "DNA, one strand", dna, bases, [[m(0, 1)], [m(5, 0)]], maskId=4)
add(
    "values", "the mask has id 0", Model(4), [1, 2, 3, 1], [[m(0, 2)], [m(2, 1), m(3, 3)]], maskId=0
)
add(
    "property",
    "the letter itself",
    protein,
    sequence,
    [[m(2, sequence[2])], [m(2, 8), m(7, sequence[7])]],
    maskId=3,
)
add("property", "no mutation", protein, sequence, [[], []], maskId=3)
add(
    "property",
    "a token that isn't possible changes nothing",
    Model(6, ruled_out=5),
    [0, 1, 2, 3],
    [[m(0, 1)], [], [m(1, 2), m(3, 0)]],
    maskId=4,
)
add("shapes", "one letter, one variant", dna, [2], [[m(0, 1)]], maskId=4, complement=other)
add(
    "shapes",
    "many variants",
    dna,
    bases,
    [[m(t, b)] for t in range(8) for b in range(4)],
    maskId=4,
    complement=other,
)
text = dna.text()
o.error("no variant", [bases, [], text, {"maskId": 4}], "variants")
o.error("a position behind the end", [bases, [[m(8, 0)]], text, {"maskId": 4}], "variants")
o.error("a negative position", [bases, [[m(-1, 0)]], text, {"maskId": 4}], "variants")
o.error(
    "two mutations at one position", [bases, [[m(2, 0), m(2, 1)]], text, {"maskId": 4}], "variants"
)
o.error(
    "the model returns one row",
    [bases, [[m(0, 1)]], {"$function": "(ids) => tf.zeros([8, 5])"}, {"maskId": 4}],
    "predict",
)
o.save()
