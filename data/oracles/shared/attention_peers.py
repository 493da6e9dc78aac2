"""Attention as PyTorch and transformers compute it; what the oracle scripts of this folder share.
Makes no file by itself.
"""

import torch
from torch.nn.functional import linear, scaled_dot_product_attention
from transformers.cache_utils import DynamicCache
from transformers.models.gptj.modeling_gptj import apply_rotary_pos_emb as rotate_pairs
from transformers.models.llama.modeling_llama import apply_rotary_pos_emb as rotate_halves
from transformers.models.llama.modeling_llama import repeat_kv


def allowed(mask):
    return None if mask is None else mask != 0


def attend(q, k, v, options=None):
    """torch's attention; its weights are what it returns for the identity as values."""
    options = options or {}
    scale, mask, bias = options.get("scale"), allowed(options.get("mask")), options.get("bias")
    full = (*q.shape[:3], k.shape[2])
    if bias is not None:
        float_mask = bias.expand(full)
        mask = float_mask if mask is None else float_mask.masked_fill(~mask, -torch.inf)
    elif mask is not None:
        mask = mask.expand(full)
    each = torch.eye(k.shape[2], dtype=q.dtype).expand(*k.shape[:2], -1, -1)
    run = lambda values: scaled_dot_product_attention(q, k, values, attn_mask=mask, scale=scale)
    return {"output": run(v), "weights": run(each)}


def flash(q, k, v, options=None):
    """Output by torch's attention, logSumExp by its formula; tiles change neither."""
    options = options or {}
    T, S, D = q.shape[2], k.shape[2], q.shape[3]
    scale = options.get("scale", D**-0.5)
    mask = torch.ones(T, S).tril(S - T) if options.get("causal") else torch.ones(T, S)
    scores = (scale * q @ k.transpose(2, 3)).masked_fill(mask == 0, -torch.inf)
    return {
        "output": attend(q, k, v, {"mask": mask, "scale": scale})["output"],
        "logSumExp": torch.logsumexp(scores, -1),
    }


def rope(x, positions, options=None):
    """x [B, H, T, D]; transformers' Llama for halves, its GPT-J for interleaved, angles in
    float64.
    """
    options = options or {}
    D = x.shape[-1]
    rates = options.get("base", 10000.0) ** (-torch.arange(0, D, 2, dtype=torch.float64) / D)
    angles = positions.double()[:, None] / options.get("scale", 1.0) * rates
    if options.get("layout", "interleaved") == "halves":
        twice = torch.cat([angles, angles], -1)[None]
        return rotate_halves(x, x, twice.cos(), twice.sin())[0]
    turned = rotate_pairs(
        x.transpose(1, 2), angles.sin()[None], angles.cos()[None]
    )  # GPT-J has tokens before heads
    return turned.transpose(1, 2)


def project(x, w, b, heads):
    y = linear(x, w.T, b)
    return y.view(*y.shape[:2], heads, -1).transpose(1, 2)


def layer(x, context, params, options, past=None, causal=False):
    """One attention layer; past holds earlier keys and values. Returns its output, all keys and
    all values.
    """
    heads = options["heads"]
    groups = options.get("kvHeads", heads)
    q = project(x, params["wq"], params.get("bq"), heads)
    k = project(context, params["wk"], params.get("bk"), groups)
    v = project(context, params["wv"], params.get("bv"), groups)
    done = 0 if past is None else past["k"].shape[2]
    if options.get("rope") is not None:
        positions = torch.arange(done, done + x.shape[1])
        q, k = rope(q, positions, options["rope"]), rope(k, positions, options["rope"])
    if past is not None:
        cache = DynamicCache()
        cache.update(past["k"], past["v"], 0)
        k, v = cache.update(k, v, 0)
    mask = options.get("mask")
    if causal:
        T, S = q.shape[2], k.shape[2]
        lower = torch.ones(T, S).tril(S - T).bool()
        mask = lower if mask is None else lower & allowed(mask)
    repeat = heads // groups
    y = attend(q, repeat_kv(k, repeat), repeat_kv(v, repeat), {**options, "mask": mask})["output"]
    y = y.transpose(1, 2).reshape(*x.shape[:2], -1)
    return linear(y, params["wo"].T, params.get("bo")), k, v


def weights(o, C, heads, D, context=None, groups=None, biases=True):
    """Random parameters of one layer."""
    context, groups = context or C, groups or heads
    made = {
        "wq": o.normal(C, heads * D, scale=C**-0.5),
        "wk": o.normal(context, groups * D, scale=context**-0.5),
        "wv": o.normal(context, groups * D, scale=context**-0.5),
        "wo": o.normal(heads * D, C, scale=(heads * D) ** -0.5),
    }
    if biases:
        made |= {
            "bq": o.normal(heads * D, scale=0.2),
            "bk": o.normal(groups * D, scale=0.2),
            "bv": o.normal(groups * D, scale=0.2),
            "bo": o.normal(C, scale=0.2),
        }
    return made


WRT = [f"{{}}.{name}" for name in ("wq", "wk", "wv", "wo", "bq", "bk", "bv", "bo")]


def paths(*first, at):
    """The paths of all parameters that stand at argument `at`, after the paths in `first`."""
    return [*first, *(p.format(at) for p in WRT)]
