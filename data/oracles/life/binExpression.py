"""binExpression: scGPT's value binning with numpy.quantile and numpy.digitize, without its random
draw.
"""

import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES, random_counts  # noqa: E402
from oracle import Oracle  # noqa: E402


def bin_values(counts, bins):
    counts = counts.numpy().astype(np.float64)
    binned = np.zeros(counts.shape, dtype=np.int32)
    for cell, row in enumerate(counts):
        present = row.nonzero()[0]
        if len(present) > 0:
            binned[cell, present] = np.digitize(
                row[present], np.quantile(row[present], np.linspace(0, 1, bins - 1))
            )
    return torch.from_numpy(binned)


o = Oracle("binExpression", packages=PACKAGES)
cells = lambda n, genes, **more: torch.from_numpy(random_counts(o.rng, n, genes, **more))
o.case("values", "a cell by hand", [torch.tensor([[0.0, 1, 2, 3, 4, 10]]), 5], bin_values)
o.case("values", "some cells", [cells(4, 20), 8], bin_values)
o.case(
    "values",
    "scGPT's 51 bins",
    [o.uniform(3, 60, low=0, high=5) * (o.uniform(3, 60) < 0.6), 51],
    bin_values,
)
o.case("values", "more bins than values", [cells(3, 6, mean=30), 20], bin_values)
o.case("values", "edges that lie on values", [torch.arange(25.0).reshape(1, 25), 13], bin_values)
for bins in (3, 4, 6, 7, 11, 12, 23):
    o.case(
        "values",
        f"{bins} bins of values that lie on edges",
        [torch.tensor(o.rng.permutation(23).astype(np.float32) + 0.1).reshape(1, 23), bins],
        bin_values,
    )
o.case(
    "property",
    "equal values share a bin, the highest",
    [torch.tensor([[2.0, 2, 2, 0, 2]]), 6],
    bin_values,
)
o.case("property", "many ones", [cells(3, 40, mean=1), 10], bin_values)
o.case(
    "property",
    "each cell by its own scale",
    [torch.tensor([[1.0, 2, 3, 4], [100, 200, 300, 400]]), 4],
    bin_values,
)
o.case("shapes", "two bins: there or not", [cells(2, 9), 2], bin_values)
o.case("shapes", "one value", [torch.tensor([[0.0, 7, 0]]), 9], bin_values)
o.case("shapes", "a cell without values", [torch.tensor([[0.0, 0], [1, 3]]), 4], bin_values)
o.case("shapes", "no cells", [torch.zeros(0, 4), 3], bin_values)
o.case(
    "shapes",
    "whole numbers as int32",
    [torch.tensor([[3, 0, 4, 9]], dtype=torch.int32), 4],
    bin_values,
)
o.error("one bin", [torch.ones(2, 3), 1], "bins")
o.error("half a bin", [torch.ones(2, 3), 3.5], "bins")
o.error("a negative value", [torch.tensor([[1.0, -2]]), 3], "counts")
o.error("NaN", [torch.tensor([[float("nan"), 1]]), 3], "counts")
o.error("one cell as a list", [torch.ones(3), 3], "counts")
o.save()
