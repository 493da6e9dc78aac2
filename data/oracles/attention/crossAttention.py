"""crossAttention: torch.nn.MultiheadAttention with kdim and vdim; grouped queries by transformers'
repeat_kv (see attention_peers.py).
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.attention_peers import layer, paths, weights  # noqa: E402

o = Oracle("crossAttention")


def torch_layer(x, context, params, options):
    C, Cc = x.shape[2], context.shape[2]
    m = torch.nn.MultiheadAttention(
        C, options["heads"], kdim=Cc, vdim=Cc, batch_first=True, dtype=torch.float64
    )
    with torch.no_grad():
        for name, w in (("q_proj_weight", "wq"), ("k_proj_weight", "wk"), ("v_proj_weight", "wv")):
            getattr(m, name).copy_(params[w].T)
        m.in_proj_bias.copy_(torch.cat([params[b] for b in ("bq", "bk", "bv")]))
        m.out_proj.weight.copy_(params["wo"].T)
        m.out_proj.bias.copy_(params["bo"])
    return m(x, context, context)[0]


cross = lambda x, context, params, options: layer(x, context, params, options)[0]
o.case(
    "values",
    "another length and width, as torch.nn.MultiheadAttention",
    [o.normal(2, 3, 8), o.normal(2, 5, 6), weights(o, 8, 2, 4, context=6), {"heads": 2}],
    torch_layer,
)
o.case(
    "values",
    "no biases",
    [o.normal(2, 3, 8), o.normal(2, 4, 8), weights(o, 8, 4, 2, biases=False), {"heads": 4}],
    cross,
)
o.case(
    "values",
    "grouped queries",
    [
        o.normal(1, 3, 8),
        o.normal(1, 4, 5),
        weights(o, 8, 4, 2, context=5, groups=2),
        {"heads": 4, "kvHeads": 2},
    ],
    cross,
)
o.case(
    "values",
    "a padded context",
    [
        o.normal(3, 2, 8),
        o.normal(3, 4, 8),
        weights(o, 8, 2, 4),
        {"heads": 2, "mask": torch.arange(4) < torch.tensor([4, 1, 2])[:, None, None, None]},
    ],
    cross,
)
o.case(
    "values",
    "bias and scale",
    [
        o.normal(2, 3, 8),
        o.normal(2, 4, 8),
        weights(o, 8, 2, 4),
        {"heads": 2, "bias": o.normal(2, 3, 4), "scale": 1.5},
    ],
    cross,
)
o.case(
    "property",
    "an empty row of the batch gets bo",
    [
        o.normal(2, 2, 8),
        o.normal(2, 3, 8),
        weights(o, 8, 2, 4),
        {"heads": 2, "mask": torch.tensor([1.0, 0.0])[:, None, None, None]},
    ],
    cross,
)
o.case(
    "shapes",
    "one query, many keys",
    [o.normal(1, 1, 4), o.normal(1, 9, 3), weights(o, 4, 1, 4, context=3), {"heads": 1}],
    cross,
)
o.case(
    "shapes",
    "many queries, one key",
    [o.normal(2, 6, 4), o.normal(2, 1, 3), weights(o, 4, 2, 2, context=3), {"heads": 2}],
    cross,
)
o.case(
    "gradient",
    "x, context and all weights",
    [o.normal(2, 3, 8), o.normal(2, 4, 6), weights(o, 8, 2, 4, context=6), {"heads": 2}],
    cross,
    wrt=paths("0", "1", at=2),
    terms=30,
)
o.error(
    "rope",
    [o.normal(1, 2, 8), o.normal(1, 3, 8), weights(o, 8, 2, 4), {"heads": 2, "rope": {}}],
    "rope",
)
o.error(
    "another batch",
    [o.normal(1, 2, 8), o.normal(2, 3, 8), weights(o, 8, 2, 4), {"heads": 2}],
    "context",
)
o.error(
    "wk fits x and not the context",
    [
        o.normal(1, 2, 8),
        o.normal(1, 3, 6),
        {**weights(o, 8, 2, 4, context=6), "wk": o.normal(8, 8)},
        {"heads": 2},
    ],
    "wk",
)
o.error(
    "heads do not divide the width",
    [o.normal(1, 2, 8), o.normal(1, 3, 8), weights(o, 8, 2, 4), {"heads": 3}],
    "heads",
)
o.error(
    "a causal mask of x on a longer context",
    [
        o.normal(1, 2, 8),
        o.normal(1, 3, 8),
        weights(o, 8, 2, 4),
        {"heads": 2, "mask": torch.ones(2, 2)},
    ],
    "mask",
)
some = lambda made, *names: {k: v for k, v in made.items() if k[0] == "w" or k in names}
o.case(
    "values",
    "only queries and output have a bias",
    [o.normal(2, 3, 8), o.normal(2, 4, 8), some(weights(o, 8, 2, 4), "bq", "bo"), {"heads": 2}],
    cross,
)
o.case(
    "values",
    "only keys and values have a bias",
    [o.normal(2, 3, 8), o.normal(2, 4, 8), some(weights(o, 8, 2, 4), "bk", "bv"), {"heads": 2}],
    cross,
)
o.case(
    "values",
    "each row of the batch has its own mask and its own bias",
    [
        o.normal(3, 4, 8),
        o.normal(3, 5, 8),
        weights(o, 8, 2, 4),
        {
            "heads": 2,
            "mask": ((o.uniform(3, 1, 4, 5) < 0.6) | (torch.arange(5) == 2)).int(),
            "bias": o.normal(3, 1, 4, 5, scale=2),
        },
    ],
    cross,
)
o.case(
    "values",
    "a bias for each head and nothing else",
    [
        o.normal(2, 3, 8),
        o.normal(2, 4, 8),
        weights(o, 8, 2, 4),
        {"heads": 2, "bias": o.normal(2, 3, 4, scale=2)},
    ],
    cross,
)
o.case(
    "values",
    "scale 0: every token of the context counts the same",
    [o.normal(2, 3, 8), o.normal(2, 4, 8), weights(o, 8, 2, 4), {"heads": 2, "scale": 0}],
    cross,
)
o.case(
    "values",
    "all options together, two groups for four heads",
    [
        o.normal(2, 3, 8),
        o.normal(2, 4, 6),
        weights(o, 8, 4, 4, context=6, groups=2),
        {
            "heads": 4,
            "kvHeads": 2,
            "scale": 0.3,
            "mask": torch.tensor([[1, 1, 1, 0], [1, 0, 0, 0]])[:, None, None, :].int(),
            "bias": o.normal(4, 3, 4, scale=2),
        },
    ],
    cross,
)
o.save()
