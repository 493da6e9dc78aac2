"""nicheComposition: numpy.bincount of each neighbourhood."""

import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES  # noqa: E402
from oracle import Oracle  # noqa: E402


def composition(types, neighbours, kinds):
    types, neighbours = types.numpy(), neighbours.numpy()
    shares = [np.bincount(types[row], minlength=kinds) / len(row) for row in neighbours]
    return torch.from_numpy(np.array(shares).reshape(len(neighbours), kinds))


o = Oracle("nicheComposition", packages=PACKAGES)
ids = lambda *values: torch.tensor(values, dtype=torch.int32)
o.case("values", "three cells by hand", [ids(0, 1, 1), ids([0, 1], [1, 2], [2, 0]), 2], composition)
o.case("values", "some cells", [o.ids(12, below=4), o.ids(12, 5, below=12), 4], composition)
o.case(
    "values", "a type that nobody has", [o.ids(6, below=2), o.ids(6, 3, below=6), 5], composition
)
o.case(
    "values",
    "a neighbour that counts twice",
    [ids(0, 2, 1), ids([1, 1, 0], [2, 2, 2], [0, 1, 2]), 3],
    composition,
)
o.case("shapes", "one neighbour", [o.ids(5, below=3), o.ids(5, 1, below=5), 3], composition)
o.case("shapes", "one kind", [ids(0, 0), ids([0, 1], [1, 0]), 1], composition)
o.case("shapes", "one cell", [ids(1), ids([0, 0, 0]), 2], composition)
o.error("a type that is none", [ids(0, 3), ids([0], [1]), 3], "cell 1")
o.error("a neighbour that is none", [ids(0, 1), ids([0, 1], [1, 2]), 2], "neighbours")
o.error("neighbours of other cells", [ids(0, 1), ids([0, 1]), 2], "neighbours")
o.error("types as a matrix", [ids([0], [1]), ids([0], [1]), 2], "types")
o.error("no kinds", [ids(0, 0), ids([0], [1]), 0], "kinds")
o.save()
