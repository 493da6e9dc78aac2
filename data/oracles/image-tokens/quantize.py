"""quantize: the nearest code by float64 loops over the definition; where no two codes are equally
near, Encodec of transformers agrees.
"""

import pathlib
import sys

import torch
import torch.nn.functional as F
from transformers import EncodecConfig
from transformers.models.encodec.modeling_encodec import EncodecEuclideanCodebook

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def nearest(row, codebook):
    best, least = 0, float("inf")
    for k, code in enumerate(codebook):
        distance = float((row - code).square().sum())
        if distance < least:  # strictly, so that of equals the first stays
            best, least = k, distance
    return best


def quantize(z, codebook):
    rows = z.reshape(-1, z.shape[-1])
    ids = torch.tensor(
        [nearest(row.detach(), codebook.detach()) for row in rows], dtype=torch.int32
    )
    peer = EncodecEuclideanCodebook(
        EncodecConfig(codebook_size=len(codebook), codebook_dim=z.shape[-1])
    )
    peer.embed = codebook.detach()
    distances = (rows.detach()[:, None] - codebook.detach()).square().sum(-1)
    clear = (distances <= distances.min(-1, keepdim=True).values * (1 + 1e-9)).sum(-1) == 1
    assert torch.equal(peer.quantize(rows.detach())[clear].int(), ids[clear])
    codes = F.embedding(ids.long(), codebook).reshape(z.shape)
    return {"ids": ids.reshape(z.shape[:-1]), "codes": codes}


o = Oracle("quantize")
o.case("values", "five codes", [o.normal(12, 3), o.normal(5, 3)], quantize)
o.case(
    "values", "a grid of vectors and many codes", [o.normal(2, 4, 4, 8), o.normal(64, 8)], quantize
)
cluster = o.normal(6, 4, scale=0.05, mean=300)
o.case(
    "values",
    "codes close together, far from the origin",
    [o.normal(20, 4, scale=0.05, mean=300), cluster],
    quantize,
)
o.case(
    "values",
    "codes of different length: the nearest, not the largest product",
    [o.normal(10, 2), torch.tensor([[10.0, 10], [0.1, 0], [0, -0.1], [-20, 5]])],
    quantize,
)
twice = o.normal(3, 4)
o.case(
    "property",
    "each code stands twice: the lower id",
    [o.normal(8, 4), torch.cat([twice, twice])],
    quantize,
)
o.case(
    "property",
    "half-way between two codes: the lower id",
    [torch.tensor([[0.5], [1.5], [-0.5]]), torch.tensor([[1.0], [0.0], [2.0], [-1.0]])],
    quantize,
)
o.case("property", "vectors that are codes", [twice.flip(0), twice], quantize)
o.case("shapes", "one vector", [o.normal(4), o.normal(3, 4)], quantize)
o.case("shapes", "one code", [o.normal(2, 3, 4), o.normal(1, 4)], quantize)
o.case("shapes", "vectors of one number", [o.normal(5, 1), o.normal(3, 1)], quantize)
o.case(
    "shapes",
    "no vectors",
    [torch.zeros(0, 4), o.normal(3, 4)],
    lambda z, e: {"ids": torch.zeros(0, dtype=torch.int32), "codes": z},
)
o.case("gradient", "seven vectors", [o.normal(7, 3), o.normal(4, 3)], quantize, wrt=["1"])
o.case("gradient", "a grid of vectors", [o.normal(2, 3, 2), o.normal(5, 2)], quantize, wrt=["1"])
o.error("the codebook has another width", [o.normal(3, 4), o.normal(5, 3)], "codebook")
o.error("the codebook is a vector", [o.normal(3, 4), o.normal(4)], "codebook")
o.error("the codebook is empty", [o.normal(3, 4), torch.zeros(0, 4)], "codebook")
o.error("z is a scalar", [torch.tensor(1.0), o.normal(3, 1)], "z")
o.error("z holds whole numbers", [o.ids(3, 2, below=5), o.normal(3, 2)], "z")
o.save()
