"""A decoder's block as PyTorch computes it; what the oracle scripts of this folder share. Makes no
file by itself.
"""

import torch
from shared.attention_peers import weights


def norm(o, C):
    return {"gamma": o.normal(C, scale=0.3, mean=1.0), "beta": o.normal(C, scale=0.3)}


def block(o, C, F, heads):
    mlp = {
        "w1": o.normal(C, F, scale=C**-0.5),
        "b1": o.normal(F, scale=0.3),
        "w2": o.normal(F, C, scale=F**-0.5),
        "b2": o.normal(C, scale=0.3),
    }
    return {
        "norm1": norm(o, C),
        "self": weights(o, C, heads, C // heads),
        "norm2": norm(o, C),
        "cross": weights(o, C, heads, C // heads),
        "norm3": norm(o, C),
        "mlp": mlp,
    }


def torch_block(x, memory, params, options):
    """Stateless, so that autograd reaches the weights."""
    B, T, C = x.shape
    heads, F = options["heads"], params["mlp"]["w1"].shape[1]
    m = torch.nn.TransformerDecoderLayer(
        C,
        heads,
        F,
        dropout=0.0,
        batch_first=True,
        norm_first=options.get("norm", "post") == "pre",
        layer_norm_eps=options.get("eps", 1e-5),
        dtype=torch.float64,
    )
    state = {}
    for theirs, ours in (("self_attn", "self"), ("multihead_attn", "cross")):
        p = params[ours]
        state |= {
            f"{theirs}.in_proj_weight": torch.cat([p[w].T for w in ("wq", "wk", "wv")]),
            f"{theirs}.in_proj_bias": torch.cat([p[b] for b in ("bq", "bk", "bv")]),
            f"{theirs}.out_proj.weight": p["wo"].T,
            f"{theirs}.out_proj.bias": p["bo"],
        }
    for n in (1, 2):
        state |= {
            f"linear{n}.weight": params["mlp"][f"w{n}"].T,
            f"linear{n}.bias": params["mlp"][f"b{n}"],
        }
    for n in (1, 2, 3):
        state |= {
            f"norm{n}.weight": params[f"norm{n}"]["gamma"],
            f"norm{n}.bias": params[f"norm{n}"]["beta"],
        }
    forbidden = torch.ones(T, T).triu(1).bool()
    if "mask" in options:
        forbidden = forbidden | (options["mask"] == 0)
    forbidden = forbidden.expand(B, heads, T, T).reshape(B * heads, T, T)
    source = (
        (options["memoryMask"] == 0).expand(B, heads, T, memory.shape[1]).reshape(B * heads, T, -1)
        if "memoryMask" in options
        else None
    )
    return torch.func.functional_call(
        m, state, (x, memory), {"tgt_mask": forbidden, "memory_mask": source}
    )
