"""slidingWindowAttention: torch's scaled_dot_product_attention in float64 under the whole band as
a mask.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.attention_peers import attend  # noqa: E402

o = Oracle("slidingWindowAttention")
qkv = lambda B, H, T, D: [o.normal(B, H, T, D) for _ in range(3)]


def local(q, k, v, options):
    T, window = q.shape[2], options["window"]
    mask = torch.ones(T, T).triu(1 - window).tril(0 if options.get("causal") else window - 1)
    return attend(q, k, v, {"mask": mask})["output"]


for causal in (False, True):
    more, says = ({"causal": True}, ", causal") if causal else ({}, "")
    o.case(
        "values", f"seven tokens, window 3{says}", [*qkv(2, 2, 7, 4), {"window": 3, **more}], local
    )
    o.case(
        "values",
        f"a window of one: only oneself{says}",
        [*qkv(1, 2, 5, 4), {"window": 1, **more}],
        local,
    )
    o.case(
        "values",
        f"a window wider than the text{says}",
        [*qkv(1, 1, 9, 4), {"window": 50, **more}],
        local,
    )
    o.case(
        "values",
        f"a window as wide as the text{says}",
        [*qkv(1, 1, 9, 4), {"window": 9, **more}],
        local,
    )
    o.case(
        "values", f"131 tokens, window 5{says}", [*qkv(1, 2, 131, 4), {"window": 5, **more}], local
    )
    o.case(
        "values",
        f"128 tokens, window 33{says}",
        [*qkv(1, 1, 128, 4), {"window": 33, **more}],
        local,
    )
    o.case(
        "values",
        f"201 tokens, window 97{says}",
        [*qkv(1, 1, 201, 3), {"window": 97, **more}],
        local,
    )
    o.case(
        "gradient",
        f"q, k, v{says}",
        [*qkv(1, 2, 7, 4), {"window": 3, **more}],
        local,
        wrt=["0", "1", "2"],
        terms=10,
    )
    o.case(
        "gradient",
        f"several blocks{says}",
        [*qkv(1, 1, 75, 2), {"window": 20, **more}],
        local,
        wrt=["0", "1", "2"],
        terms=10,
    )
o.case("shapes", "one token, width one", [*qkv(1, 1, 1, 1), {"window": 2}], local)
o.case("shapes", "no tokens", [*qkv(1, 2, 0, 4), {"window": 2}], lambda *_: torch.zeros(1, 2, 0, 4))
o.error("no window", [*qkv(1, 1, 4, 2), {"window": 0}], "window")
o.error(
    "k is longer than q",
    [o.normal(1, 1, 4, 2), o.normal(1, 1, 5, 2), o.normal(1, 1, 5, 2), {"window": 2}],
    "k",
)
o.error(
    "v has another width",
    [o.normal(1, 1, 4, 2), o.normal(1, 1, 4, 2), o.normal(1, 1, 4, 3), {"window": 2}],
    "v",
)
o.case(
    "values",
    "causal is false",
    [*qkv(1, 2, 7, 4), {"window": 3, "causal": False}],
    local,
)
o.save()
