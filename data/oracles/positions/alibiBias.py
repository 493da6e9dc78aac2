"""alibiBias: the slopes of transformers' BLOOM times the distance, written out."""

import pathlib
import sys

import torch
from transformers.models.bloom.modeling_bloom import build_alibi_tensor

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("alibiBias")


def bias(heads, queries, keys):
    slopes = build_alibi_tensor(torch.ones(1, 2), heads, torch.float64)[:, 0, 1]
    places = torch.arange(keys, dtype=torch.float64)
    return -slopes[:, None, None] * (places[keys - queries :, None] - places).abs()


for H, T, S in ((8, 5, 5), (2, 3, 7), (6, 4, 4), (12, 1, 9), (3, 17, 40)):
    o.case("values", f"{H} heads, the last {T} of {S}", [H, T, S], bias)
o.case("shapes", "one head, one token", [1, 1, 1], bias)
o.case("shapes", "no queries", [2, 0, 3], bias)
o.error("more queries than keys", [2, 4, 3], "queries")
o.error("no heads", [0, 3, 3], "heads")
o.error("half a key", [2, 3, 3.5], "keys")
o.save()
