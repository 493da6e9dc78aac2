"""flashAttention: torch's scaled_dot_product_attention and torch.logsumexp of the scores, in
float64.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.attention_peers import flash  # noqa: E402

o = Oracle("flashAttention")
qkv = lambda B, H, T, S, D: [o.normal(B, H, T, D), o.normal(B, H, S, D), o.normal(B, H, S, D)]
nothing = lambda B, H, T, D: (
    lambda *_: {"output": torch.zeros(B, H, T, D), "logSumExp": torch.full((B, H, T), -torch.inf)}
)
small = {"blockQ": 3, "blockK": 4}
o.case("values", "two heads, one tile", qkv(2, 2, 5, 7, 8), flash)
o.case("values", "tiles that divide nothing", [*qkv(2, 2, 7, 10, 4), small], flash)
o.case(
    "values",
    "one query and one key at a time",
    [*qkv(1, 2, 3, 5, 4), {"blockQ": 1, "blockK": 1}],
    flash,
)
o.case(
    "values",
    "tiles larger than the text",
    [*qkv(1, 1, 3, 5, 4), {"blockQ": 64, "blockK": 64}],
    flash,
)
o.case("values", "longer than the tiles by default", qkv(1, 1, 515, 601, 2), flash)
o.case("values", "causal", [*qkv(2, 2, 9, 9, 4), {"causal": True, **small}], flash)
o.case(
    "values",
    "causal, longer than the tiles by default",
    [*qkv(1, 1, 530, 530, 2), {"causal": True}],
    flash,
)
o.case(
    "values",
    "causal, the last 5 of 12",
    [*qkv(1, 2, 5, 12, 4), {"causal": True, "blockQ": 2, "blockK": 5}],
    flash,
)
o.case(
    "values",
    "causal, one query of many keys",
    [*qkv(1, 2, 1, 9, 4), {"causal": True, **small}],
    flash,
)
o.case("values", "scale 0.3", [*qkv(1, 2, 5, 6, 4), {"scale": 0.3, **small}], flash)
o.case("values", "scale 0: the mean", [*qkv(1, 1, 4, 6, 4), {"scale": 0, **small}], flash)
o.case(
    "values",
    "large scores",
    [8 * o.normal(1, 2, 5, 16), 8 * o.normal(1, 2, 9, 16), o.normal(1, 2, 9, 16), small],
    flash,
    widen=30,
)  # float32 rounds scores of a hundred
o.case(
    "property",
    "causal, more queries than keys: the first see nothing",
    [*qkv(1, 2, 8, 3, 4), {"causal": True, "blockQ": 2, "blockK": 2}],
    flash,
)
o.case(
    "property",
    "keys of zero: the mean, and the logarithm of their number",
    [o.normal(1, 1, 3, 4), torch.zeros(1, 1, 6, 4), o.normal(1, 1, 6, 4), small],
    flash,
)
o.case("shapes", "one query, one key, width one", qkv(1, 1, 1, 1, 1), flash)
o.case("shapes", "no queries", qkv(2, 2, 0, 3, 4), flash)
o.case("shapes", "no keys", qkv(1, 2, 3, 0, 4), nothing(1, 2, 3, 4))
o.case("gradient", "q, k, v", [*qkv(2, 2, 5, 7, 4), small], flash, wrt=["0", "1", "2"], terms=10)
o.case(
    "gradient",
    "causal",
    [*qkv(1, 2, 7, 7, 4), {"causal": True, **small}],
    flash,
    wrt=["0", "1", "2"],
    terms=10,
)
o.case(
    "gradient",
    "causal, the last 3 of 8, one tile",
    [*qkv(1, 2, 3, 8, 4), {"causal": True}],
    flash,
    wrt=["0", "1", "2"],
    terms=10,
)
o.case(
    "gradient",
    "scale 0.7",
    [*qkv(1, 1, 4, 6, 4), {"scale": 0.7, "blockQ": 4, "blockK": 3}],
    flash,
    wrt=["0", "1", "2"],
    terms=10,
)
o.error(
    "k has another width", [o.normal(1, 2, 3, 4), o.normal(1, 2, 3, 5), o.normal(1, 2, 3, 4)], "k"
)
o.error(
    "v has another length", [o.normal(1, 2, 3, 4), o.normal(1, 2, 3, 4), o.normal(1, 2, 2, 4)], "v"
)
o.error("q has rank three", [o.normal(2, 3, 4), o.normal(1, 2, 3, 4), o.normal(1, 2, 3, 4)], "q")
o.error("no queries in a tile", [*qkv(1, 1, 3, 3, 4), {"blockQ": 0}], "blockQ")
o.error("half a key in a tile", [*qkv(1, 1, 3, 3, 4), {"blockK": 0.5}], "blockK")
o.case("values", "scale 0.3 and nothing else", [*qkv(1, 2, 5, 6, 4), {"scale": 0.3}], flash)
o.case("values", "causal is false", [*qkv(1, 2, 5, 5, 4), {"causal": False, **small}], flash)
o.case("values", "blockQ and nothing else", [*qkv(1, 2, 7, 5, 4), {"blockQ": 3}], flash)
o.case("values", "blockK and nothing else", [*qkv(1, 2, 5, 7, 4), {"blockK": 3}], flash)
o.save()
