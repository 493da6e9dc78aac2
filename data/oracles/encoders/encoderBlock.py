"""encoderBlock: torch.nn.TransformerEncoderLayer; with rotary positions torch's functions around
the attention of attention_peers.py.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from encoder_peers import block, block_paths, torch_block  # noqa: E402
from oracle import Oracle  # noqa: E402
from shared.attention_peers import layer  # noqa: E402

o = Oracle("encoderBlock")


def turned_block(x, params, options, activation=torch.nn.functional.gelu):
    """Attention with rotary positions as transformers' Llama and GPT-J turn them, the rest by
    torch's own functions.
    """
    F = torch.nn.functional
    norm = lambda y, p: F.layer_norm(
        y, y.shape[-1:], p["gamma"], p["beta"], options.get("eps", 1e-5)
    )
    mlp = lambda y: F.linear(
        activation(F.linear(y, params["mlp"]["w1"].T, params["mlp"]["b1"])),
        params["mlp"]["w2"].T,
        params["mlp"]["b2"],
    )
    attend = lambda y: layer(y, y, params["attention"], options)[0]
    if options.get("norm", "pre") == "pre":
        h = x + attend(norm(x, params["norm1"]))
        return h + mlp(norm(h, params["norm2"]))
    h = norm(x + attend(x), params["norm1"])
    return norm(h + mlp(h), params["norm2"])


x = lambda *shape: o.normal(*shape)
for kind in ("pre", "post"):
    o.case(
        "values",
        f"{kind}-norm, as torch.nn.TransformerEncoderLayer",
        [x(2, 5, 8), block(o, 8, 2, 16), {"heads": 2, "norm": kind}],
        torch_block,
    )
o.case(
    "values", "pre-norm is the default", [x(1, 4, 8), block(o, 8, 4, 12), {"heads": 4}], torch_block
)
o.case(
    "values",
    "post-norm, two sentences with padding, eps 1e-12",
    [
        x(2, 5, 8),
        block(o, 8, 2, 16),
        {
            "heads": 2,
            "norm": "post",
            "eps": 1e-12,
            "mask": (torch.arange(5) < torch.tensor([5, 3])[:, None, None, None]).float(),
        },
    ],
    torch_block,
)
o.case(
    "values",
    "a causal mask and a bias for each head",
    [
        x(1, 4, 8),
        block(o, 8, 2, 16),
        {"heads": 2, "mask": torch.ones(4, 4).tril(), "bias": o.normal(2, 4, 4)},
    ],
    torch_block,
)
o.case(
    "values",
    "RoPE in halves",
    [x(2, 6, 8), block(o, 8, 2, 16), {"heads": 2, "rope": {"layout": "halves"}}],
    turned_block,
)
o.case(
    "values",
    "post-norm and a large eps",
    [x(1, 3, 8), block(o, 8, 2, 16), {"heads": 2, "norm": "post", "eps": 0.5}],
    torch_block,
)
o.case(
    "shapes",
    "one token, a feed-forward network narrower than the model",
    [x(1, 1, 4), block(o, 4, 1, 2), {"heads": 1}],
    torch_block,
)
o.case(
    "property",
    "pre-norm, all weights of the last layers zero: x comes out as it went in",
    [
        x(1, 3, 4),
        (
            lambda b: (
                b
                | {
                    "attention": b["attention"] | {"wo": torch.zeros(4, 4), "bo": torch.zeros(4)},
                    "mlp": b["mlp"] | {"w2": torch.zeros(8, 4), "b2": torch.zeros(4)},
                }
            )
        )(block(o, 4, 2, 8)),
        {"heads": 2},
    ],
    torch_block,
)
for kind in ("pre", "post"):
    o.case(
        "gradient",
        f"{kind}-norm: x and all weights",
        [x(2, 3, 4), block(o, 4, 2, 6), {"heads": 2, "norm": kind}],
        torch_block,
        wrt=["0", *block_paths("1")],
    )
o.error(
    "a norm that is none", [x(1, 2, 4), block(o, 4, 2, 8), {"heads": 2, "norm": "both"}], "norm"
)
o.case(
    "values",
    "another activation",
    [
        x(2, 3, 8),
        block(o, 8, 2, 16),
        {"heads": 2, "activation": {"$function": "(x) => tf.relu(x)"}},
    ],
    lambda y, params, options: turned_block(y, params, options, torch.relu),
)
o.case(
    "values",
    "each row of the batch has its own mask and its own bias",
    [
        x(3, 4, 8),
        block(o, 8, 2, 16),
        {
            "heads": 2,
            "mask": ((o.uniform(3, 1, 4, 4) < 0.6) | torch.eye(4).bool()).int(),
            "bias": o.normal(3, 1, 4, 4, scale=2),
        },
    ],
    turned_block,
)
o.case(
    "values", "eps 0", [x(1, 3, 8) * 1e-3, block(o, 8, 2, 16), {"heads": 2, "eps": 0}], turned_block
)
o.case(
    "values",
    "RoPE of base 20, interleaved",
    [x(2, 5, 8), block(o, 8, 2, 16), {"heads": 2, "rope": {"base": 20.0}}],
    turned_block,
)
for kind in ("pre", "post"):
    o.case(
        "values",
        f"{kind}-norm and all other options together",
        [
            x(2, 4, 8),
            block(o, 8, 2, 16),
            {
                "heads": 2,
                "norm": kind,
                "activation": {"$function": "(x) => tf.tanh(x)"},
                "eps": 0.5,
                "mask": (torch.arange(4) < torch.tensor([4, 2])[:, None, None, None]).int(),
                "bias": o.normal(2, 4, 4, scale=2),
                "rope": {"layout": "halves", "base": 20.0},
            },
        ],
        lambda x, params, options: turned_block(x, params, options, torch.tanh),
    )
o.save()
