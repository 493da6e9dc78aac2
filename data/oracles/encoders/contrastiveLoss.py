"""contrastiveLoss: torch's cosine_similarity and cross_entropy, as sentence-transformers'
MultipleNegativesRankingLoss puts them together.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("contrastiveLoss")


def loss(a, b, temperature=0.05):
    cosines = torch.nn.functional.cosine_similarity(a[:, None], b[None], dim=-1)
    return torch.nn.functional.cross_entropy(cosines / temperature, torch.arange(len(a)))


near = lambda a, spread: a + o.normal(*a.shape, scale=spread)
a = o.normal(6, 8)
o.case("values", "partners that are near", [a, near(a, 0.5)], loss, terms=20)
o.case("values", "partners at random", [o.normal(5, 6), o.normal(5, 6)], loss, terms=20)
o.case(
    "values",
    "temperature 1, long vectors",
    [o.normal(4, 6, scale=100.0), o.normal(4, 6, scale=100.0), 1],
    loss,
)
o.case("property", "all texts are one: ln 4", [torch.ones(4, 3), torch.ones(4, 3)], loss, terms=20)
o.case(
    "shapes",
    "a single pair has nothing to be mistaken for",
    [o.normal(1, 4), o.normal(1, 4)],
    loss,
    terms=20,
)
o.case(
    "gradient", "both sides", [o.normal(4, 5), o.normal(4, 5), 0.2], loss, wrt=["0", "1"], terms=20
)
o.error("another width", [o.normal(3, 4), o.normal(3, 5)], "b")
o.error("temperature 0", [o.normal(3, 4), o.normal(3, 4), 0], "temperature")
o.case(
    "values",
    "vectors of length 1e-7 and of length 1e7",
    [o.normal(4, 6, scale=1e-7), o.normal(4, 6, scale=1e7)],
    lambda a, b: loss(a * 1e7, b),
    terms=20,
)
o.save()
