"""multiHeadAttention: torch.nn.MultiheadAttention; with grouped queries and RoPE transformers'
Llama and GPT-J (see attention_peers.py).
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.attention_peers import allowed, layer, paths, weights  # noqa: E402

o = Oracle("multiHeadAttention")


def torch_layer(x, params, options):
    """nn.MultiheadAttention's own function; its masks are True where attending is forbidden."""
    heads, C = options["heads"], x.shape[2]
    mask = allowed(options.get("mask"))
    y, _ = torch.nn.functional.multi_head_attention_forward(
        *[x.transpose(0, 1)] * 3,
        C,
        heads,
        in_proj_weight=None,
        in_proj_bias=torch.cat([params[b] for b in ("bq", "bk", "bv")]),
        bias_k=None,
        bias_v=None,
        add_zero_attn=False,
        dropout_p=0.0,
        out_proj_weight=params["wo"].T,
        out_proj_bias=params["bo"],
        use_separate_proj_weight=True,
        q_proj_weight=params["wq"].T,
        k_proj_weight=params["wk"].T,
        v_proj_weight=params["wv"].T,
        attn_mask=None if mask is None else ~mask,
    )
    return y.transpose(0, 1)


def self_layer(x, params, options):
    return layer(x, x, params, options)[0]


x = lambda *shape: o.normal(*shape)
o.case(
    "values",
    "four heads, as torch.nn.MultiheadAttention",
    [x(2, 5, 16), weights(o, 16, 4, 4), {"heads": 4}],
    torch_layer,
)
o.case(
    "values",
    "causal, as torch.nn.MultiheadAttention",
    [x(2, 6, 8), weights(o, 8, 2, 4), {"heads": 2, "mask": torch.ones(6, 6).tril()}],
    torch_layer,
)
o.case(
    "values", "no biases", [x(2, 4, 8), weights(o, 8, 2, 4, biases=False), {"heads": 2}], self_layer
)
o.case(
    "values", "heads wider than C/H", [x(2, 4, 6), weights(o, 6, 3, 5), {"heads": 3}], self_layer
)
o.case(
    "values",
    "two groups for six heads",
    [x(2, 5, 12), weights(o, 12, 6, 4, groups=2), {"heads": 6, "kvHeads": 2}],
    self_layer,
)
o.case(
    "values",
    "one group for four heads (multi-query)",
    [x(1, 5, 8), weights(o, 8, 4, 2, groups=1, biases=False), {"heads": 4, "kvHeads": 1}],
    self_layer,
)
o.case(
    "values",
    "RoPE, interleaved",
    [x(2, 7, 8), weights(o, 8, 2, 4), {"heads": 2, "rope": {}}],
    self_layer,
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
        },
    ],
    self_layer,
)
o.case(
    "values",
    "padding mask and a bias for each head",
    [
        x(3, 5, 8),
        weights(o, 8, 2, 4),
        {
            "heads": 2,
            "mask": torch.arange(5) < torch.tensor([5, 2, 3])[:, None, None, None],
            "bias": o.normal(2, 5, 5),
        },
    ],
    self_layer,
)
o.case(
    "values", "scale 0.7", [x(2, 4, 8), weights(o, 8, 2, 4), {"heads": 2, "scale": 0.7}], self_layer
)
o.case(
    "property",
    "nobody may attend: the output is bo",
    [x(2, 3, 8), weights(o, 8, 2, 4), {"heads": 2, "mask": torch.zeros(1, 1).int()}],
    self_layer,
)
o.case(
    "shapes",
    "one token, one head, width one",
    [x(1, 1, 1), weights(o, 1, 1, 1), {"heads": 1}],
    self_layer,
)
o.case(
    "shapes",
    "one token of three rows",
    [x(3, 1, 8), weights(o, 8, 4, 2), {"heads": 4, "rope": {"layout": "halves"}}],
    self_layer,
)
o.case(
    "shapes",
    "no tokens",
    [torch.zeros(2, 0, 8), weights(o, 8, 2, 4), {"heads": 2}],
    lambda x, *_: x,
)
o.case(
    "gradient",
    "x and all weights",
    [x(2, 4, 8), weights(o, 8, 2, 4), {"heads": 2, "mask": torch.ones(4, 4).tril()}],
    self_layer,
    wrt=paths("0", at=1),
    terms=30,
)
o.case(
    "gradient",
    "grouped, with RoPE",
    [x(1, 5, 8), weights(o, 8, 4, 2, groups=2), {"heads": 4, "kvHeads": 2, "rope": {}}],
    self_layer,
    wrt=paths("0", at=1),
    terms=30,
)
o.error("heads do not divide the width", [x(1, 3, 8), weights(o, 8, 2, 4), {"heads": 3}], "heads")
o.error(
    "kvHeads do not divide heads",
    [x(1, 3, 8), weights(o, 8, 4, 2), {"heads": 4, "kvHeads": 3}],
    "kvHeads",
)
o.error("wq has another width than x", [x(1, 3, 6), weights(o, 8, 2, 4), {"heads": 2}], "wq")
o.error(
    "wk is too wide for its groups",
    [x(1, 3, 8), weights(o, 8, 4, 2), {"heads": 4, "kvHeads": 2}],
    "wk",
)
o.error(
    "wo does not lead back to C",
    [x(1, 3, 8), {**weights(o, 8, 2, 4), "wo": o.normal(8, 6)}, {"heads": 2}],
    "wo",
)
o.error(
    "bv is too short", [x(1, 3, 8), {**weights(o, 8, 2, 4), "bv": o.normal(4)}, {"heads": 2}], "bv"
)
o.error(
    "RoPE of an odd head width", [x(1, 3, 6), weights(o, 6, 2, 3), {"heads": 2, "rope": {}}], "even"
)
o.error("x has rank two", [x(3, 8), weights(o, 8, 2, 4), {"heads": 2}], "x")
o.error(
    "mask does not broadcast",
    [x(1, 3, 8), weights(o, 8, 2, 4), {"heads": 2, "mask": torch.ones(4, 4)}],
    "mask",
)
some = lambda made, *names: {k: v for k, v in made.items() if k[0] == "w" or k in names}
o.case(
    "values",
    "only queries and output have a bias",
    [x(2, 4, 8), some(weights(o, 8, 2, 4), "bq", "bo"), {"heads": 2}],
    self_layer,
)
o.case(
    "values",
    "only keys and values have a bias",
    [x(2, 4, 8), some(weights(o, 8, 2, 4), "bk", "bv"), {"heads": 2}],
    self_layer,
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
    self_layer,
)
o.case(
    "values",
    "a bias for each head and nothing else",
    [x(2, 4, 8), weights(o, 8, 2, 4), {"heads": 2, "bias": o.normal(2, 4, 4, scale=2)}],
    self_layer,
)
o.case(
    "values",
    "scale 0: every token counts the same",
    [x(2, 4, 8), weights(o, 8, 2, 4), {"heads": 2, "scale": 0}],
    self_layer,
)
o.case(
    "values",
    "RoPE of base 20, interleaved",
    [x(2, 6, 8), weights(o, 8, 2, 4), {"heads": 2, "rope": {"base": 20.0}}],
    self_layer,
)
o.case(
    "values",
    "all options together, two groups for four heads",
    [
        x(2, 5, 8),
        weights(o, 8, 4, 4, groups=2),
        {
            "heads": 4,
            "kvHeads": 2,
            "scale": 0.3,
            "mask": torch.ones(5, 5).tril(),
            "bias": o.normal(4, 5, 5, scale=2),
            "rope": {"scale": 2.5, "layout": "halves", "base": 50.0},
        },
    ],
    self_layer,
)
o.save()
