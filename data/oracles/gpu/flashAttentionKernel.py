"""flashAttentionKernel: torch's scaled_dot_product_attention in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("flashAttentionKernel")
qkv = lambda T, scale=1.0: [
    o.normal(T, 32, scale=scale),
    o.normal(T, 32, scale=scale),
    o.normal(T, 32),
]


def attend(q, k, v, options):
    return torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=options["causal"])


o.case("values", "one tile", [*qkv(32), {"causal": False}], attend)
o.case("values", "two tiles", [*qkv(64), {"causal": False}], attend)
o.case("values", "causal", [*qkv(64), {"causal": True}], attend)
o.case(
    "property", "large scores", [*qkv(40, 5), {"causal": False}], attend, widen=30
)  # float32 rounds scores of a hundred
o.case("shapes", "33 tokens", [*qkv(33), {"causal": False}], attend)
o.case("shapes", "causal, 45 tokens", [*qkv(45), {"causal": True}], attend)
o.case("shapes", "one token", [*qkv(1), {"causal": False}], attend)
o.save()
