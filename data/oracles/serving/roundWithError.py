"""roundWithError: GPTQ as its authors compute it (gptq.py, without blocks), by the upper Cholesky
factor of the inverse in float64, not by reducing the inverse row by row.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("roundWithError")


def gptq(w, inverse, scale, options=None):
    m = 2 ** ((options or {}).get("bits", 8) - 1) - 1
    W = torch.tensor(w, dtype=torch.float64)
    s = torch.tensor(scale, dtype=torch.float64)
    U = torch.linalg.cholesky(torch.tensor(inverse, dtype=torch.float64), upper=True)
    whole = torch.zeros_like(W)
    for i in range(len(W)):
        n = torch.where(s > 0, (W[i] / s).nan_to_num(0).round().clamp(-m, m), 0.0)
        whole[i] = n
        error = (W[i] - n * s) / U[i, i]
        W[i:] -= U[i, i:, None] * error
    return [[int(n) for n in row] for row in whole]


def plain(x):
    return [[float(v) for v in row] for row in x]


def drawn(size, columns, bits, N=40, mixed=True):
    x = torch.from_numpy(o.rng.standard_normal((N, size)))
    if mixed:
        x = x @ torch.from_numpy(o.rng.standard_normal((size, size)))
    H = x.T @ x
    H += 0.01 * H.diagonal().mean() * torch.eye(size, dtype=torch.float64)
    w = o.normal(size, columns).double()
    scale = (w.abs().amax(0) / (2 ** (bits - 1) - 1)).tolist()
    return [plain(w), plain(torch.linalg.inv(H)), scale]


o.case("values", "4 bits", [*drawn(8, 3, 4), {"bits": 4}], gptq)
o.case("values", "3 bits", [*drawn(12, 4, 3), {"bits": 3}], gptq)
o.case("values", "2 bits", [*drawn(10, 2, 2), {"bits": 2}], gptq)
o.case("values", "8 bits unless given", drawn(8, 3, 8), gptq)
o.case(
    "values",
    "a scale that clips",
    [(a := drawn(8, 3, 4))[0], a[1], [s / 2 for s in a[2]], {"bits": 4}],
    gptq,
)
o.case(
    "property",
    "inputs that have nothing to do with each other",
    [
        (b := drawn(6, 3, 4))[0],
        plain(torch.diag(o.uniform(6, low=0.5, high=1.5).double())),
        b[2],
        {"bits": 4},
    ],
    gptq,
)
twins = [[1.0, 0.9], [0.9, 1.0]]
o.case(
    "property",
    "two inputs nearly alike: the second makes up for the first",
    [
        [[0.4], [0.4]],
        plain(torch.linalg.inv(torch.tensor(twins, dtype=torch.float64))),
        [1.0],
        {"bits": 4},
    ],
    gptq,
)
o.case(
    "property",
    "a column of zeros",
    [[[0.0, 0.7], [0.0, -0.4]], [[1.0, 0.2], [0.2, 1.0]], [0.0, 0.1], {"bits": 4}],
    gptq,
)
o.case("shapes", "one input", [[[0.3, -1.2]], [[2.0]], [0.5, 0.5], {"bits": 4}], gptq)
o.case("shapes", "one output", [*drawn(7, 1, 3), {"bits": 3}], gptq)
w, inverse, scale = drawn(4, 2, 4)
o.error("inverse of another size", [w, inverse[:3], scale], "inverse")
o.error("a scale is missing", [w, inverse, scale[:1]], "scale")
o.error("bits is 9", [w, inverse, scale, {"bits": 9}], "bits")
o.error("no rows", [[], [], []], "w")
o.save()
