"""markovPredictions: counted with Python's dictionaries over texts."""

import collections
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Ints, Oracle  # noqa: E402

o = Oracle("markovPredictions")


def predictions(stretches, ids, order, pseudo=1.0):
    text = lambda ids: "".join("ACGT"[i] for i in ids)
    followers = collections.defaultdict(collections.Counter)
    for stretch in map(text, stretches):
        for t in range(order, len(stretch)):
            followers[stretch[t - order : t]][stretch[t]] += 1
    rows, word = [], text(ids)
    for t in range(len(word)):
        seen = followers[word[t - order : t]]
        rows.append(
            [0.25] * 4
            if t < order
            else [(seen[base] + pseudo) / (sum(seen.values()) + 4 * pseudo) for base in "ACGT"]
        )
    return torch.tensor(rows, dtype=torch.float64).reshape(len(word), 4)


dna = lambda n: Ints(o.rng.integers(0, 4, n).tolist())
repeat = Ints([0, 1, 2, 3] * 6)
o.case("values", "order 0", [[dna(20)], dna(6), 0], predictions)
o.case("values", "order 1", [[dna(30)], dna(12), 1], predictions)
o.case("values", "order 2, two stretches", [[dna(25), dna(18)], dna(15), 2], predictions)
o.case("values", "order 3, a pseudo-count of ¼", [[dna(120)], dna(20), 3, 0.25], predictions)
o.case("values", "order 6, contexts never seen", [[dna(50)], dna(20), 6, 0.0625], predictions)
o.case("property", "what repeats is known", [[repeat], repeat, 2, 0.01], predictions)
o.case("property", "nothing counted: a quarter each", [[], dna(5), 1], predictions)
o.case("shapes", "as long as the context", [[dna(20)], dna(3), 3], predictions)
o.case("shapes", "shorter than the context", [[dna(20)], dna(2), 4], predictions)
o.case("shapes", "no bases", [[dna(20)], Ints([]), 2], predictions)
o.error("a negative order", [[dna(5)], dna(5), -1], "order")
o.error("a pseudo-count of zero", [[dna(5)], dna(5), 1, 0], "pseudo")
o.error("an unread base", [[dna(5)], Ints([0, 4]), 1], "ids")
o.error("an unread base to count", [[Ints([0, 4])], dna(5), 1], "stretches")
o.case(
    "property",
    "many short stretches, none goes on in the next",
    [[dna(3) for _ in range(16)], dna(20), 2],
    predictions,
)
o.save()
