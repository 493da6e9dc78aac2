"""mambaBlock: transformers' MambaMixer, its plain path (the only one on a processor), in
float64.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from mamba_peers import mamba, params  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("mambaBlock")
wrt = lambda p: ["0", *(f"1.{name}" for name in p)]
o.case("values", "six tokens", [o.normal(2, 6, 4), params(o, 4, 8, 3, 2, 4)], mamba, terms=10)
o.case("values", "30 tokens", [o.normal(1, 30, 3), params(o, 3, 6, 2, 1, 4)], mamba, terms=10)
o.case(
    "values",
    "a convolution of width 2",
    [o.normal(2, 5, 2), params(o, 2, 4, 2, 1, 2)],
    mamba,
    terms=10,
)
o.case("shapes", "one token", [o.normal(2, 1, 3), params(o, 3, 6, 2, 1, 4)], mamba, terms=10)
o.case("shapes", "one state", [o.normal(1, 5, 2), params(o, 2, 4, 1, 1, 4)], mamba, terms=10)
p = params(o, 3, 6, 2, 2, 4)
o.case("gradient", "by everything", [o.normal(2, 5, 3), p], mamba, wrt=wrt(p), terms=60)
for name, shape in (
    ("wIn", (3, 10)),
    ("conv", (5, 4)),
    ("wX", (6, 7)),
    ("bDelta", (5,)),
    ("wOut", (3, 6)),
):
    bad = params(o, 3, 6, 2, 2, 4)
    bad[name] = o.normal(*shape)
    o.error(f"{name} does not fit", [o.normal(1, 4, 3), bad], name)
far = params(o, 3, 6, 2, 2, 4) | {"bDelta": torch.tensor([100.0, -100, 60, -60, 30, 0])}
o.case(
    "values",
    "bDelta of a hundred and of minus a hundred",
    [o.normal(2, 5, 3), far],
    mamba,
    terms=100,
)
o.case(
    "gradient",
    "by bDelta of a hundred and of minus a hundred",
    [o.normal(2, 5, 3), far],
    mamba,
    wrt=["0", "1.bDelta"],
    terms=200,
)
o.save()
