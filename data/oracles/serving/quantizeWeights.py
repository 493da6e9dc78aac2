"""quantizeWeights: PyTorch's fake_quantize_per_channel_affine for 8 bits, in float64 the formula by
numpy for all; both agree on the cases' weights.
"""

import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("quantizeWeights")


def quantize(w, options=None):
    bits = (options or {}).get("bits", 8)
    m = 2 ** (bits - 1) - 1
    x = np.array(w, dtype=np.float64)
    scale = np.abs(x).max(0) / m
    whole = np.rint(np.divide(x, scale, out=np.zeros_like(x), where=scale > 0))
    assert np.abs(x - whole * scale).max() <= scale.max() / 2 * (1 + 1e-9)
    if (scale > 0).all():
        peer = torch.fake_quantize_per_channel_affine(
            torch.tensor(x, dtype=torch.float32),
            torch.tensor(scale, dtype=torch.float32),
            torch.zeros(len(scale), dtype=torch.int32),
            1,
            -m,
            m,
        )
        np.testing.assert_allclose(peer.numpy(), whole * scale, rtol=1e-4, atol=1e-6)
    return {
        "whole": [[int(n) for n in row] for row in whole],
        "scale": [float(s) for s in scale],
    }


def drawn(rows, columns, scale=1.0):
    return [[float(x) for x in row] for row in o.normal(rows, columns, scale=scale)]


w = drawn(6, 4)
o.case("values", "8 bits", [w], quantize)
o.case("values", "8 bits, given", [w, {"bits": 8}], quantize)
o.case("values", "4 bits", [w, {"bits": 4}], quantize)
o.case("values", "3 bits", [drawn(9, 3), {"bits": 3}], quantize)
o.case("values", "2 bits", [drawn(9, 3), {"bits": 2}], quantize)
o.case(
    "values",
    "columns of very different size",
    [[[0.001, 100.0], [-0.0004, -37.0], [0.0007, 81.0]]],
    quantize,
)
o.case("values", "the largest is negative", [[[-2.0, 0.3], [1.0, -0.7], [0.4, 0.2]]], quantize)
o.case("property", "a column of zeros", [[[0.0, 1.0], [0.0, -0.4]]], quantize)
o.case("property", "an outlier makes the rest zero", [[[1000.0], [0.5], [-1.5]]], quantize)
o.case("shapes", "one row", [drawn(1, 5)], quantize)
o.case("shapes", "one column", [drawn(5, 1)], quantize)
o.error("bits is 1", [w, {"bits": 1}], "bits")
o.error("bits is 9", [w, {"bits": 9}], "bits")
o.error("half a bit", [w, {"bits": 4.5}], "bits")
o.error("rows differ in length", [[[1.0, 2.0], [3.0]]], "w")
o.error("no rows", [[]], "w")
o.save()
