"""triangleMultiplication: openfold3's TriangleMultiplicationOutgoing and -Incoming in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from pair_peers import PACKAGES, pair_weights  # noqa: E402
from pair_peers import triangle_multiplication as peer

o = Oracle("triangleMultiplication", packages=PACKAGES)
out, into = {"direction": "outgoing"}, {"direction": "incoming"}
mask = lambda *shape: (o.uniform(*shape) < 0.7).float()
every = ["0"] + [
    f"1.{name}"
    for name in (
        "wA",
        "gA",
        "wB",
        "gB",
        "wOut",
        "gOut",
        "normIn.gamma",
        "normIn.beta",
        "normOut.gamma",
        "normOut.beta",
    )
]
o.case("values", "outgoing", [o.normal(2, 5, 5, 4), pair_weights(o, 4, 6), out], peer)
o.case("values", "incoming", [o.normal(2, 5, 5, 4), pair_weights(o, 4, 6), into], peer)
o.case(
    "values",
    "outgoing, with biases",
    [o.normal(1, 4, 4, 6), pair_weights(o, 6, 3, biases=True), out],
    peer,
)
o.case(
    "values",
    "incoming, with biases",
    [o.normal(1, 4, 4, 6), pair_weights(o, 6, 3, biases=True), into],
    peer,
)
o.case(
    "values",
    "outgoing, some pairs masked",
    [o.normal(2, 4, 4, 4), pair_weights(o, 4, 5), {**out, "mask": mask(2, 4, 4)}],
    peer,
)
o.case(
    "values",
    "incoming, some pairs masked, int32",
    [
        o.normal(1, 5, 5, 4),
        pair_weights(o, 4, 5, biases=True),
        {**into, "mask": mask(1, 5, 5).int()},
    ],
    peer,
)
o.case(
    "property",
    "every pair masked",
    [o.normal(1, 3, 3, 4), pair_weights(o, 4, 5), {**out, "mask": torch.zeros(1, 3, 3)}],
    peer,
)
o.case("shapes", "one residue", [o.normal(1, 1, 1, 4), pair_weights(o, 4, 2), out], peer)
o.case("shapes", "one hidden channel", [o.normal(1, 3, 3, 4), pair_weights(o, 4, 1), into], peer)
o.case(
    "gradient",
    "outgoing: z and all weights",
    [o.normal(1, 4, 4, 4), pair_weights(o, 4, 3), out],
    peer,
    wrt=every,
    terms=30,
)
o.case(
    "gradient",
    "incoming: z, weights and biases",
    [o.normal(1, 3, 3, 4), pair_weights(o, 4, 3, biases=True), {**into, "mask": mask(1, 3, 3)}],
    peer,
    wrt=every + ["1.bias.wA", "1.bias.gB", "1.bias.gOut", "1.bias.wOut"],
    terms=30,
)
o.error("z is not square", [o.normal(1, 3, 4, 4), pair_weights(o, 4, 3), out], "z")
o.error(
    "wB is as wide as C",
    [o.normal(1, 3, 3, 4), {**pair_weights(o, 4, 3), "wB": o.normal(4, 4)}, out],
    "wB",
)
o.error(
    "a direction of another name",
    [o.normal(1, 3, 3, 4), pair_weights(o, 4, 3), {"direction": "in"}],
    "direction",
)
o.error(
    "mask lacks an axis",
    [o.normal(1, 3, 3, 4), pair_weights(o, 4, 3), {**out, "mask": torch.ones(3, 3)}],
    "mask",
)
o.save()
