"""GPT-2 and Llama as transformers builds them, with the course's parameters put in; what the
oracle scripts of this folder share. Makes no file by itself.
"""

import torch
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM
from transformers.cache_utils import DynamicCache
from transformers.models.llama.modeling_llama import LlamaRMSNorm


def set_weights(model, values):
    """Puts tensors in the place of a module's parameters, so that gradients flow to them."""
    for name, value in values.items():
        *path, leaf = name.split(".")
        owner = model.get_submodule(".".join(path))
        owner._parameters.pop(leaf, None)
        setattr(owner, leaf, value)


# ── GPT-2 ─────────────────────────────────────────────────────────────────────────────────────────


def gpt_params(o, V, C, F, M, layers, scale=1.0):
    norm = lambda: {"gamma": o.normal(C, scale=0.2, mean=1.0), "beta": o.normal(C, scale=0.2)}
    matrix = lambda rows, columns: o.normal(rows, columns, scale=scale * rows**-0.5)
    bias = lambda n: o.normal(n, scale=0.2)
    attention = lambda: {
        **{f"w{n}": matrix(C, C) for n in "qkvo"},
        **{f"b{n}": bias(C) for n in "qkvo"},
    }
    block = lambda: {
        "norm1": norm(),
        "attention": attention(),
        "norm2": norm(),
        "mlp": {"w1": matrix(C, F), "b1": bias(F), "w2": matrix(F, C), "b2": bias(C)},
    }
    return {
        "tokens": o.normal(V, C, scale=0.5),
        "positions": o.normal(M, C, scale=0.5),
        "blocks": [block() for _ in range(layers)],
        "norm": norm(),
    }


def gpt2(params, heads):
    """transformers' GPT-2 in float64; its Conv1D keeps matrices as [in, out], q, k and v side by
    side.
    """
    (V, C), M, F = (
        params["tokens"].shape,
        params["positions"].shape[0],
        params["blocks"][0]["mlp"]["w1"].shape[1] if params["blocks"] else 4,
    )
    config = GPT2Config(
        vocab_size=V,
        n_positions=M,
        n_embd=C,
        n_layer=len(params["blocks"]),
        n_head=heads,
        n_inner=F,
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        attn_implementation="sdpa",
        bos_token_id=None,
        eos_token_id=None,
    )
    model = GPT2LMHeadModel(config).double().eval()
    values = {
        "transformer.wte.weight": params["tokens"],
        "lm_head.weight": params["tokens"],
        "transformer.wpe.weight": params["positions"],
        "transformer.ln_f.weight": params["norm"]["gamma"],
        "transformer.ln_f.bias": params["norm"]["beta"],
    }
    for i, b in enumerate(params["blocks"]):
        at, a = f"transformer.h.{i}", b["attention"]
        values |= {
            f"{at}.ln_1.weight": b["norm1"]["gamma"],
            f"{at}.ln_1.bias": b["norm1"]["beta"],
            f"{at}.ln_2.weight": b["norm2"]["gamma"],
            f"{at}.ln_2.bias": b["norm2"]["beta"],
            f"{at}.attn.c_attn.weight": torch.cat([a["wq"], a["wk"], a["wv"]], 1),
            f"{at}.attn.c_attn.bias": torch.cat([a["bq"], a["bk"], a["bv"]]),
            f"{at}.attn.c_proj.weight": a["wo"],
            f"{at}.attn.c_proj.bias": a["bo"],
            f"{at}.mlp.c_fc.weight": b["mlp"]["w1"],
            f"{at}.mlp.c_fc.bias": b["mlp"]["b1"],
            f"{at}.mlp.c_proj.weight": b["mlp"]["w2"],
            f"{at}.mlp.c_proj.bias": b["mlp"]["b2"],
        }
    set_weights(model, values)
    return model


# ── Llama ─────────────────────────────────────────────────────────────────────────────────────────


def llama_block(o, C, F, heads, groups, D):
    matrix = lambda rows, columns: o.normal(rows, columns, scale=rows**-0.5)
    gamma = lambda: o.normal(C, scale=0.2, mean=1.0)
    attention = {
        "wq": matrix(C, heads * D),
        "wk": matrix(C, groups * D),
        "wv": matrix(C, groups * D),
        "wo": matrix(heads * D, C),
    }
    return {
        "norm1": gamma(),
        "attention": attention,
        "norm2": gamma(),
        "mlp": {"gate": matrix(C, F), "up": matrix(C, F), "down": matrix(F, C)},
    }


def llama_params(o, V, C, F, layers, heads, groups, D=None, head=False):
    D = D or C // heads
    params = {
        "tokens": o.normal(V, C),
        "blocks": [llama_block(o, C, F, heads, groups, D) for _ in range(layers)],
        "norm": o.normal(C, scale=0.2, mean=1.0),
    }
    return {**params, "head": o.normal(C, V, scale=C**-0.5)} if head else params


def llama(params, options):
    """transformers' Llama in float64; nn.Linear keeps matrices as [out, in]."""
    (V, C), first = params["tokens"].shape, params["blocks"][0]
    heads, groups, F = options["heads"], options["kvHeads"], first["mlp"]["gate"].shape[1]
    config = LlamaConfig(
        vocab_size=V,
        hidden_size=C,
        intermediate_size=F,
        num_hidden_layers=len(params["blocks"]),
        num_attention_heads=heads,
        num_key_value_heads=groups,
        head_dim=first["attention"]["wq"].shape[1] // heads,
        rms_norm_eps=options.get("eps", 1e-5),
        attn_implementation="sdpa",
        bos_token_id=None,
        eos_token_id=None,
        rope_parameters={"rope_type": "default", "rope_theta": options.get("base", 10000.0)},
    )
    model = LlamaForCausalLM(config).double().eval()
    # in two places transformers computes in float32 whatever the weights are: norms, where torch's
    # own takes over, and angles
    for module in model.modules():
        if isinstance(module, LlamaRMSNorm):
            module.forward = lambda x, m=module: torch.nn.functional.rms_norm(
                x, (C,), m.weight, m.variance_epsilon
            )
    rates = options.get("base", 10000.0) ** (
        -torch.arange(0, config.head_dim, 2, dtype=torch.float64) / config.head_dim
    )
    model.model.rotary_emb.forward = lambda x, position_ids: angles(rates, position_ids)
    head = params.get("head")
    values = {
        "model.embed_tokens.weight": params["tokens"],
        "lm_head.weight": params["tokens"] if head is None else head.T,
        "model.norm.weight": params["norm"],
    }
    for i, b in enumerate(params["blocks"]):
        at, a = f"model.layers.{i}", b["attention"]
        values |= {
            f"{at}.input_layernorm.weight": b["norm1"],
            f"{at}.post_attention_layernorm.weight": b["norm2"],
            **{f"{at}.self_attn.{n}_proj.weight": a[f"w{n}"].T for n in "qkvo"},
            **{f"{at}.mlp.{n}_proj.weight": b["mlp"][n].T for n in ("gate", "up", "down")},
        }
    set_weights(model, values)
    return model


def angles(rates, position_ids):
    """Llama's rotary embedding in float64."""
    twice = torch.cat([position_ids[..., None].double() * rates] * 2, -1)
    return twice.cos(), twice.sin()


def cache_of(caches):
    """A DynamicCache that holds what the course's caches hold."""
    cache = DynamicCache()
    for i, c in enumerate(caches):
        if c["k"] is not None:
            cache.update(c["k"], c["v"], i)
    return cache


def caches_of(cache, layers):
    return [{"k": cache.layers[i].keys, "v": cache.layers[i].values} for i in range(layers)]


def paths(params, at):
    """The paths of all tensors of params, which stand at argument `at`."""

    def walk(value, path):
        if isinstance(value, torch.Tensor):
            return [path]
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return [p for key, v in items for p in walk(v, f"{path}.{key}")]

    return walk(params, str(at))
