"""int4Kernel: the weights that 4 bits stand for, in NumPy, and the product in float64."""

import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("int4Kernel")


def words(columns, rows):
    """Any 32 bits, [columns / 8, rows]."""
    drawn = o.rng.integers(0, 2**32, (columns // 8, rows), dtype=np.uint32)
    return torch.from_numpy(drawn.view(np.int32))


def args(rows, columns):
    return [words(columns, rows), o.normal(columns // 32, rows, scale=0.1), o.normal(columns)]


def product(packed, scales, x):
    bits = packed.numpy().view(np.uint32)
    levels = [(bits >> np.uint32(4 * j)) & np.uint32(15) for j in range(8)]
    # [columns / 8, 8, rows] -> [columns, rows]
    weights = np.stack(levels, 1).reshape(-1, bits.shape[1]).astype(np.float64) - 8
    weights *= np.repeat(scales.numpy(), 32, axis=0)
    return torch.from_numpy(x.numpy() @ weights)


o.case("values", "64 rows of one block", args(64, 32), product, terms=20)
o.case("values", "128 rows of four blocks", args(128, 128), product, terms=40)
zero = torch.full((4, 3), -2004318072, dtype=torch.int32)  # 0x88888888
o.case("values", "bits of 8 are zeros", [zero, o.normal(1, 3), o.normal(32)], product)
o.case("shapes", "70 rows", args(70, 64), product, terms=30)
o.case("shapes", "five rows", args(5, 96), product, terms=30)
o.case("shapes", "one row", args(1, 256), product, terms=60)
o.save()
