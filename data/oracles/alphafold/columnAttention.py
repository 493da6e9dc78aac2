"""columnAttention: openfold3's MSAColumnAttention in float64; columns without any key give bo, as
in triangleAttention.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from pair_peers import PACKAGES, attention_weights  # noqa: E402
from pair_peers import column_attention as peer

o = Oracle("columnAttention", packages=PACKAGES)
two = {"heads": 2}
weights = lambda C, heads=2, D=3, biases=False: attention_weights(o, C, heads, D, biases=biases)
some = torch.tensor([[1.0, 1, 0, 1], [1, 0, 1, 1], [1, 1, 1, 0]])[None]
every = ["0"] + [
    f"1.{name}" for name in ("wq", "wk", "wv", "wGate", "wo", "norm.gamma", "norm.beta")
]
o.case("values", "three sequences", [o.normal(1, 3, 4, 4), weights(4), two], peer)
o.case(
    "values",
    "two alignments, with biases",
    [o.normal(2, 5, 3, 4), weights(4, biases=True), two],
    peer,
)
o.case("values", "three heads", [o.normal(1, 4, 2, 6), weights(6, 3, 2), {"heads": 3}], peer)
o.case(
    "values",
    "gaps masked",
    [o.normal(1, 3, 4, 4), weights(4, biases=True), {**two, "mask": some}],
    peer,
)
o.case(
    "values",
    "gaps masked, int32",
    [o.normal(1, 3, 4, 4), weights(4), {**two, "mask": some.int()}],
    peer,
)
o.case(
    "property",
    "nothing may be read: bo is left",
    [o.normal(1, 2, 3, 4), weights(4, biases=True), {**two, "mask": torch.zeros(1, 2, 3)}],
    lambda m, p, options: p["bo"].expand(m.shape).clone(),
)
o.case("shapes", "one sequence", [o.normal(1, 1, 4, 4), weights(4), two], peer)
o.case("shapes", "one residue", [o.normal(2, 3, 1, 4), weights(4), two], peer)
o.case(
    "gradient",
    "alignment and all weights",
    [o.normal(1, 3, 2, 4), weights(4), two],
    peer,
    wrt=every,
    terms=30,
)
o.case(
    "gradient",
    "gaps masked, with biases",
    [o.normal(1, 3, 4, 4), weights(4, biases=True), {**two, "mask": some}],
    peer,
    wrt=every + ["1.bGate", "1.bo"],
    terms=30,
)
o.error("msa lacks an axis", [o.normal(3, 4, 4), weights(4), two], "msa")
o.error("heads do not divide the width", [o.normal(1, 3, 4, 4), weights(4), {"heads": 4}], "heads")
o.error(
    "mask is turned",
    [o.normal(1, 3, 4, 4), weights(4), {**two, "mask": torch.ones(1, 4, 3)}],
    "mask",
)
o.case(
    "values",
    "each alignment has its own gaps",
    [o.normal(2, 3, 4, 4), weights(4), {**two, "mask": torch.cat([some, some.flip(1, 2)])}],
    peer,
)
o.save()
