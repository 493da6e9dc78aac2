"""rowAttentionWithPairBias: openfold3's MSARowAttentionWithPairBias in float64; rows without any
key give bo, as in triangleAttention.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from pair_peers import PACKAGES, attention_weights, norm  # noqa: E402
from pair_peers import row_attention as peer

o = Oracle("rowAttentionWithPairBias", packages=PACKAGES)
two = {"heads": 2}
weights = lambda C, Cz, heads=2, D=3, biases=False: {
    **attention_weights(o, C, heads, D, Cz=Cz, biases=biases),
    "normPair": norm(o, Cz),
}
some = torch.tensor([[1.0, 1, 0, 1], [1, 0, 1, 1], [1, 1, 1, 0]])[None]
every = ["0", "1"] + [
    f"2.{name}"
    for name in (
        "wq",
        "wk",
        "wv",
        "wBias",
        "wGate",
        "wo",
        "norm.gamma",
        "normPair.gamma",
        "normPair.beta",
    )
]
o.case(
    "values",
    "three sequences",
    [o.normal(1, 3, 4, 4), o.normal(1, 4, 4, 5), weights(4, 5), two],
    peer,
)
o.case(
    "values",
    "two alignments, with biases",
    [o.normal(2, 3, 4, 4), o.normal(2, 4, 4, 5), weights(4, 5, biases=True), two],
    peer,
)
o.case(
    "values",
    "three heads",
    [o.normal(1, 2, 5, 6), o.normal(1, 5, 5, 4), weights(6, 4, 3, 2), {"heads": 3}],
    peer,
)
o.case(
    "values",
    "gaps masked",
    [o.normal(1, 3, 4, 4), o.normal(1, 4, 4, 5), weights(4, 5, biases=True), {**two, "mask": some}],
    peer,
)
o.case(
    "values",
    "gaps masked, int32",
    [o.normal(1, 3, 4, 4), o.normal(1, 4, 4, 5), weights(4, 5), {**two, "mask": some.int()}],
    peer,
)
o.case(
    "property",
    "nothing may be read: bo is left",
    [
        o.normal(1, 2, 3, 4),
        o.normal(1, 3, 3, 5),
        weights(4, 5, biases=True),
        {**two, "mask": torch.zeros(1, 2, 3)},
    ],
    lambda m, z, p, options: p["bo"].expand(m.shape).clone(),
)
o.case(
    "shapes", "one sequence", [o.normal(1, 1, 4, 4), o.normal(1, 4, 4, 5), weights(4, 5), two], peer
)
o.case(
    "shapes", "one residue", [o.normal(2, 3, 1, 4), o.normal(2, 1, 1, 5), weights(4, 5), two], peer
)
o.case(
    "gradient",
    "alignment, pairs and all weights",
    [o.normal(1, 2, 3, 4), o.normal(1, 3, 3, 5), weights(4, 5), two],
    peer,
    wrt=every,
    terms=30,
)
o.case(
    "gradient",
    "gaps masked, with biases",
    [o.normal(1, 3, 4, 4), o.normal(1, 4, 4, 5), weights(4, 5, biases=True), {**two, "mask": some}],
    peer,
    wrt=every + ["2.bGate", "2.bo"],
    terms=30,
)
o.error(
    "z belongs to another length",
    [o.normal(1, 2, 3, 4), o.normal(1, 4, 4, 5), weights(4, 5), two],
    "z",
)
o.error(
    "there is no wBias",
    [
        o.normal(1, 2, 3, 4),
        o.normal(1, 3, 3, 5),
        {**attention_weights(o, 4, 2, 3), "normPair": norm(o, 5)},
        two,
    ],
    "wBias",
)
o.error(
    "wBias fits the alignment and not the pairs",
    [o.normal(1, 2, 3, 4), o.normal(1, 3, 3, 5), {**weights(4, 5), "wBias": o.normal(4, 2)}, two],
    "wBias",
)
o.error(
    "mask is a row short",
    [
        o.normal(1, 2, 3, 4),
        o.normal(1, 3, 3, 5),
        weights(4, 5),
        {**two, "mask": torch.ones(1, 1, 3)},
    ],
    "mask",
)
o.case(
    "values",
    "each alignment has its own gaps",
    [
        o.normal(2, 3, 4, 4),
        o.normal(2, 4, 4, 5),
        weights(4, 5),
        {**two, "mask": torch.cat([some, some.flip(1, 2)])},
    ],
    peer,
)
o.save()
