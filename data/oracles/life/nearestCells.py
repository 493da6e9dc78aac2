"""nearestCells: scipy.spatial.distance.cdist in float64, sorted by distance and then by id, the
cell itself in front; where no two distances are equal, scipy.spatial.cKDTree must agree."""

import pathlib
import sys

import numpy as np
import torch
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from life_peers import PACKAGES  # noqa: E402
from oracle import Oracle  # noqa: E402


def nearest(positions, k):
    points = positions.numpy().astype(np.float64)
    distances = cdist(points, points, "sqeuclidean")
    np.fill_diagonal(distances, -1)
    ids = np.argsort(distances, axis=1, kind="stable")[:, :k]
    if all(len(np.unique(row)) == len(row) for row in distances):
        tree = cKDTree(points).query(points, k=k)[1].reshape(len(points), k)
        assert (tree == ids).all(), "cKDTree finds other neighbours"
    return torch.from_numpy(ids.astype(np.int32))


grid = torch.tensor([[x, y] for y in range(6) for x in range(5)], dtype=torch.float32)
o = Oracle("nearestCells", packages=PACKAGES)
o.case(
    "values", "four cells on a line", [torch.tensor([[0.0, 0], [1, 0], [3, 0], [7, 0]]), 3], nearest
)
o.case("values", "cells of a tissue slice", [o.uniform(40, 2, high=100), 6], nearest)
o.case("values", "three axes", [o.uniform(30, 3, high=10), 5], nearest)
o.case(
    "values",
    "negative positions, the longest axis last",
    [o.normal(30, 3) * torch.tensor([1.0, 2, 30]), 7],
    nearest,
)
o.case("values", "far from the origin", [1e4 + o.uniform(25, 2), 5], nearest)
o.case("property", "equal distances by id", [grid, 9], nearest)
o.case(
    "property",
    "equal distances by id, in another order",
    [grid[torch.from_numpy(o.rng.permutation(30))], 7],
    nearest,
)
o.case(
    "property",
    "cells in one place: itself first, then by id",
    [torch.tensor([[1.0, 1], [1, 1], [2, 2], [1, 1]]), 4],
    nearest,
)
o.case("property", "all cells in one place", [torch.zeros(6, 2), 4], nearest)
o.case(
    "property",
    "a column of cells",
    [torch.stack([torch.zeros(12), torch.arange(12.0).flip(0)], 1), 5],
    nearest,
)
o.case("shapes", "only itself", [o.uniform(5, 2), 1], nearest)
o.case("shapes", "all cells", [o.uniform(7, 2), 7], nearest)
o.case("shapes", "one cell", [torch.ones(1, 3), 1], nearest)
o.error("more neighbours than cells", [o.uniform(4, 2), 5], "k")
o.error("no neighbours", [o.uniform(4, 2), 0], "k")
o.error("one axis", [o.uniform(4, 1), 2], "positions")
o.error("a list of numbers", [o.uniform(4), 2], "positions")
o.error("NaN", [torch.tensor([[0.0, 1], [float("nan"), 2]]), 1], "cell 1")
o.save()
