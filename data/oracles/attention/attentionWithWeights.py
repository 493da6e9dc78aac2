"""attentionWithWeights: torch.nn.MultiheadAttention's own function with need_weights, per head. It
has no mask of heads. Taking a head out is what scaling its columns of the output's matrix does
(out_proj holds one column per feature of a head), so the oracle scales those, and the weights by
their head's factor. Grouped queries and RoPE: transformers' Llama and GPT-J (attention_peers.py).
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.attention_peers import (  # noqa: E402
    allowed,
    attend,
    layer,
    paths,
    project,
    rope,
    weights,
)
from transformers.models.llama.modeling_llama import repeat_kv  # noqa: E402

o = Oracle("attentionWithWeights")


def factors(options):
    """One factor per head; ones without headMask."""
    mask = options.get("headMask")
    return torch.ones(options["heads"], dtype=torch.float64) if mask is None else mask.double()


def scaled_wo(params, options):
    """wo [H·D, C] with the rows of each head times its factor."""
    heads = options["heads"]
    width = params["wo"].shape[0] // heads
    return {**params, "wo": params["wo"] * factors(options).repeat_interleave(width)[:, None]}


def torch_layer(x, params, options):
    """Masks of nn.MultiheadAttention are True where attending is forbidden."""
    mask = allowed(options.get("mask"))
    y, each = torch.nn.functional.multi_head_attention_forward(
        *[x.transpose(0, 1)] * 3,
        x.shape[2],
        options["heads"],
        in_proj_weight=None,
        in_proj_bias=torch.cat([params[b] for b in ("bq", "bk", "bv")]),
        bias_k=None,
        bias_v=None,
        add_zero_attn=False,
        dropout_p=0.0,
        out_proj_weight=scaled_wo(params, options)["wo"].T,
        out_proj_bias=params["bo"],
        need_weights=True,
        average_attn_weights=False,
        use_separate_proj_weight=True,
        q_proj_weight=params["wq"].T,
        k_proj_weight=params["wk"].T,
        v_proj_weight=params["wv"].T,
        attn_mask=None if mask is None else ~mask,
    )
    return {"output": y.transpose(0, 1), "weights": each * factors(options)[:, None, None]}


def peers_layer(x, params, options):
    heads = options["heads"]
    groups = options.get("kvHeads", heads)
    q = project(x, params["wq"], params.get("bq"), heads)
    k = project(x, params["wk"], params.get("bk"), groups)
    if options.get("rope") is not None:
        positions = torch.arange(x.shape[1])
        q, k = rope(q, positions, options["rope"]), rope(k, positions, options["rope"])
    k = repeat_kv(k, heads // groups)
    return {
        "output": layer(x, x, scaled_wo(params, options), options)[0],
        "weights": attend(q, k, k, options)["weights"] * factors(options)[:, None, None],
    }


x = lambda *shape: o.normal(*shape)
keep = lambda *values: torch.tensor(values, dtype=torch.float32)
o.case(
    "values",
    "four heads, as torch.nn.MultiheadAttention",
    [x(2, 5, 16), weights(o, 16, 4, 4), {"heads": 4}],
    torch_layer,
)
o.case(
    "values",
    "one of four heads is taken out",
    [x(2, 5, 16), weights(o, 16, 4, 4), {"heads": 4, "headMask": keep(1, 1, 0, 1)}],
    torch_layer,
)
o.case(
    "values",
    "causal, one head alone",
    [
        x(2, 6, 8),
        weights(o, 8, 2, 4),
        {"heads": 2, "mask": torch.ones(6, 6).tril(), "headMask": keep(0, 1)},
    ],
    torch_layer,
)
o.case(
    "values",
    "headMask holds 0.25, 0, 1 and 3, for as many tokens as heads",
    [x(1, 4, 8), weights(o, 8, 4, 2), {"heads": 4, "headMask": keep(0.25, 0, 1, 3)}],
    torch_layer,
)
o.case(
    "values",
    "a head is turned around: −1",
    [x(1, 3, 8), weights(o, 8, 2, 4), {"heads": 2, "headMask": keep(1, -1)}],
    torch_layer,
)
o.case(
    "values",
    "no biases, heads wider than C/H",
    [
        x(2, 4, 6),
        weights(o, 6, 3, 5, biases=False),
        {"heads": 3, "headMask": keep(1, 0.5, 0)},
    ],
    peers_layer,
)
o.case(
    "values",
    "two groups for six heads",
    [
        x(2, 5, 12),
        weights(o, 12, 6, 4, groups=2),
        {"heads": 6, "kvHeads": 2, "headMask": keep(1, 0, 1, 0.5, 1, 0)},
    ],
    peers_layer,
)
o.case(
    "values",
    "RoPE in halves with grouped queries, as Llama",
    [
        x(2, 7, 16),
        weights(o, 16, 4, 4, groups=2, biases=False),
        {
            "heads": 4,
            "kvHeads": 2,
            "rope": {"layout": "halves", "base": 500.0},
            "mask": torch.ones(7, 7).tril(),
            "headMask": keep(1, 1, 0, 1),
        },
    ],
    peers_layer,
)
o.case(
    "values",
    "padding mask, a bias for each head, scale 0.7",
    [
        x(3, 5, 8),
        weights(o, 8, 2, 4),
        {
            "heads": 2,
            "scale": 0.7,
            "mask": torch.arange(5) < torch.tensor([5, 2, 3])[:, None, None, None],
            "bias": o.normal(2, 5, 5),
            "headMask": keep(0.5, 1),
        },
    ],
    peers_layer,
)
o.case(
    "property",
    "no head is left: the output is bo, the weights are zeros",
    [x(2, 3, 8), weights(o, 8, 2, 4), {"heads": 2, "headMask": keep(0, 0)}],
    torch_layer,
)
o.case(
    "property",
    "nobody may attend: zeros and bo",
    [
        x(2, 3, 8),
        weights(o, 8, 2, 4),
        {"heads": 2, "mask": torch.zeros(1, 1).int(), "headMask": keep(1, 0)},
    ],
    peers_layer,
)
o.case(
    "shapes",
    "one token, one head, width one",
    [x(1, 1, 1), weights(o, 1, 1, 1), {"heads": 1, "headMask": keep(0.5)}],
    peers_layer,
)
o.case(
    "shapes",
    "no tokens",
    [torch.zeros(2, 0, 8), weights(o, 8, 2, 4), {"heads": 2, "headMask": keep(1, 0)}],
    lambda x, *_: {"output": x, "weights": torch.zeros(2, 2, 0, 0)},
)
o.case(
    "gradient",
    "x, all weights and headMask",
    [
        x(2, 4, 8),
        weights(o, 8, 2, 4),
        {"heads": 2, "mask": torch.ones(4, 4).tril(), "headMask": keep(1, 0.5)},
    ],
    torch_layer,
    wrt=[*paths("0", at=1), "2.headMask"],
    terms=30,
)
o.case(
    "gradient",
    "grouped, with RoPE, a head taken out",
    [
        x(1, 5, 8),
        weights(o, 8, 4, 2, groups=2),
        {"heads": 4, "kvHeads": 2, "rope": {}, "headMask": keep(1, 0, 1, 1)},
    ],
    peers_layer,
    wrt=[*paths("0", at=1), "2.headMask"],
    terms=30,
)
o.error("heads do not divide the width", [x(1, 3, 8), weights(o, 8, 2, 4), {"heads": 3}], "heads")
o.error("wq has another width than x", [x(1, 3, 6), weights(o, 8, 2, 4), {"heads": 2}], "wq")
o.error(
    "headMask has an entry for each group only",
    [x(1, 3, 8), weights(o, 8, 4, 2, groups=2), {"heads": 4, "kvHeads": 2, "headMask": keep(1, 0)}],
    "headMask",
)
o.error(
    "headMask has the axes of the weights",
    [x(1, 3, 8), weights(o, 8, 2, 4), {"heads": 2, "headMask": torch.ones(1, 2, 1, 1)}],
    "headMask",
)
o.error(
    "headMask is int32",
    [x(1, 3, 8), weights(o, 8, 2, 4), {"heads": 2, "headMask": torch.tensor([1, 0]).int()}],
    "headMask",
)
some = lambda made, *names: {k: v for k, v in made.items() if k[0] == "w" or k in names}
o.case(
    "values",
    "only queries and output have a bias",
    [x(2, 4, 8), some(weights(o, 8, 2, 4), "bq", "bo"), {"heads": 2, "headMask": keep(1, 0.5)}],
    peers_layer,
)
o.case(
    "values",
    "only keys and values have a bias",
    [x(2, 4, 8), some(weights(o, 8, 2, 4), "bk", "bv"), {"heads": 2, "headMask": keep(1, 0.5)}],
    peers_layer,
)
o.case(
    "values",
    "each row of the batch has its own mask and its own bias",
    [
        x(3, 4, 8),
        weights(o, 8, 2, 4),
        {
            "heads": 2,
            "mask": ((o.uniform(3, 1, 4, 4) < 0.6) | torch.eye(4).bool()).int(),
            "bias": o.normal(3, 1, 4, 4, scale=2),
        },
    ],
    peers_layer,
)
o.case(
    "values",
    "scale 0: every token counts the same",
    [x(2, 4, 8), weights(o, 8, 2, 4), {"heads": 2, "scale": 0}],
    peers_layer,
)
o.case(
    "values",
    "RoPE of base 20, interleaved",
    [x(2, 6, 8), weights(o, 8, 2, 4), {"heads": 2, "rope": {"base": 20.0}}],
    peers_layer,
)
o.save()
