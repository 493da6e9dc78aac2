"""triangleAttention: openfold3's TriangleAttention in float64; rows without any key, which
openfold3 shares out evenly, give bo.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from pair_peers import PACKAGES, attention_weights  # noqa: E402
from pair_peers import triangle_attention as peer

o = Oracle("triangleAttention", packages=PACKAGES)
start, end = {"heads": 2, "node": "starting"}, {"heads": 2, "node": "ending"}
weights = lambda C, heads=2, D=3, biases=False: attention_weights(
    o, C, heads, D, Cz=C, biases=biases
)
some = torch.tensor([[1.0, 0, 1, 1], [1, 1, 0, 1], [0, 1, 1, 1], [1, 1, 1, 0]])[None]
every = ["0"] + [
    f"1.{name}" for name in ("wq", "wk", "wv", "wBias", "wGate", "wo", "norm.gamma", "norm.beta")
]
o.case("values", "starting node", [o.normal(2, 4, 4, 4), weights(4), start], peer)
o.case("values", "ending node", [o.normal(2, 4, 4, 4), weights(4), end], peer)
o.case(
    "values",
    "starting node, with biases",
    [o.normal(1, 5, 5, 6), weights(6, biases=True), start],
    peer,
)
o.case(
    "values",
    "ending node, with biases, three heads",
    [o.normal(1, 5, 5, 6), weights(6, 3, 2, biases=True), {**end, "heads": 3}],
    peer,
)
o.case(
    "values",
    "starting node, some edges masked",
    [o.normal(1, 4, 4, 4), weights(4, biases=True), {**start, "mask": some}],
    peer,
)
o.case(
    "values",
    "ending node, some edges masked, int32",
    [o.normal(1, 4, 4, 4), weights(4), {**end, "mask": some.int()}],
    peer,
)
nothing = weights(4, biases=True)
o.case(
    "property",
    "no edge may be read: bo is left",
    [o.normal(1, 3, 3, 4), nothing, {**start, "mask": torch.zeros(1, 3, 3)}],
    lambda z, p, options: p["bo"].expand(z.shape).clone(),
)
o.case("shapes", "one residue", [o.normal(1, 1, 1, 4), weights(4), start], peer)
o.case("shapes", "heads wider than C", [o.normal(2, 3, 3, 4), weights(4, 2, 5), end], peer)
o.case(
    "gradient",
    "starting node: z and all weights",
    [o.normal(1, 3, 3, 4), weights(4), start],
    peer,
    wrt=every,
    terms=30,
)
o.case(
    "gradient",
    "ending node: z, weights and biases",
    [o.normal(1, 4, 4, 4), weights(4, biases=True), {**end, "mask": some}],
    peer,
    wrt=every + ["1.bGate", "1.bo"],
    terms=30,
)
o.error("z is not square", [o.normal(1, 3, 4, 4), weights(4), start], "z")
o.error("there is no wBias", [o.normal(1, 3, 3, 4), attention_weights(o, 4, 2, 3), start], "wBias")
o.error(
    "a node of another name",
    [o.normal(1, 3, 3, 4), weights(4), {"heads": 2, "node": "start"}],
    "node",
)
o.error(
    "heads do not divide the width",
    [o.normal(1, 3, 3, 4), weights(4), {**start, "heads": 4}],
    "heads",
)
o.error(
    "mask lacks an axis",
    [o.normal(1, 3, 3, 4), weights(4), {**start, "mask": torch.ones(3, 3)}],
    "mask",
)
for each in (start, end):
    o.case(
        "values",
        f"{each['node']} node, each protein has its own mask",
        [
            o.normal(2, 4, 4, 4),
            weights(4),
            {**each, "mask": torch.cat([some, some.flip(1)])},
        ],
        peer,
    )
o.save()
