"""Encoders as PyTorch and transformers compute them; what the oracle scripts of this folder share.
Makes no file by itself.
"""

import torch
import transformers.models.esm.modeling_esm as modeling_esm
from shared.attention_peers import weights
from torch.func import functional_call
from transformers import BertConfig, BertModel, EsmConfig, EsmModel
from transformers.models.llama.modeling_llama import apply_rotary_pos_emb

modeling_esm.apply_rotary_pos_emb = (
    apply_rotary_pos_emb  # ESM's own turns in float32; the same turn, kept in float64
)


def norm(o, C):
    return {"gamma": o.normal(C, scale=0.3, mean=1.0), "beta": o.normal(C, scale=0.3)}


def block(o, C, heads, F):
    """Random parameters of one block."""
    mlp = {
        "w1": o.normal(C, F, scale=C**-0.5),
        "b1": o.normal(F, scale=0.2),
        "w2": o.normal(F, C, scale=F**-0.5),
        "b2": o.normal(C, scale=0.2),
    }
    return {
        "norm1": norm(o, C),
        "attention": weights(o, C, heads, C // heads),
        "norm2": norm(o, C),
        "mlp": mlp,
    }


NORM = ("gamma", "beta")
ATTENTION = ("wq", "wk", "wv", "wo", "bq", "bk", "bv", "bo")


def block_paths(at):
    """The paths of a block's parameters that stand at `at`. A key's bias moves all scores of a
    query alike, so that its gradient is zero.
    """
    return (
        [f"{at}.{n}.{g}" for n in ("norm1", "norm2") for g in NORM]
        + [f"{at}.attention.{w}" for w in ATTENTION if w != "bk"]
        + [f"{at}.mlp.{w}" for w in ("w1", "b1", "w2", "b2")]
    )


def torch_block(x, params, options):
    """torch.nn.TransformerEncoderLayer with our weights."""
    C, a, mlp = x.shape[-1], params["attention"], params["mlp"]
    layer = torch.nn.TransformerEncoderLayer(
        C,
        options["heads"],
        mlp["w1"].shape[1],
        dropout=0.0,
        activation="gelu",
        layer_norm_eps=options.get("eps", 1e-5),
        batch_first=True,
        norm_first=options.get("norm", "pre") == "pre",
    ).double()
    state = {
        "self_attn.in_proj_weight": torch.cat([a["wq"].T, a["wk"].T, a["wv"].T]),
        "self_attn.in_proj_bias": torch.cat([a["bq"], a["bk"], a["bv"]]),
        "self_attn.out_proj.weight": a["wo"].T,
        "self_attn.out_proj.bias": a["bo"],
        "linear1.weight": mlp["w1"].T,
        "linear1.bias": mlp["b1"],
        "linear2.weight": mlp["w2"].T,
        "linear2.bias": mlp["b2"],
        **{
            f"{n}.{theirs}": params[n][ours]
            for n in ("norm1", "norm2")
            for theirs, ours in (("weight", "gamma"), ("bias", "beta"))
        },
    }
    B, T, heads = x.shape[0], x.shape[1], options["heads"]
    mask = options.get("mask")
    if mask is not None:
        mask = ~(mask != 0).expand(B, heads, T, T).reshape(
            B * heads, T, T
        )  # True where attending is forbidden
    if options.get("bias") is not None:
        bias = options["bias"].expand(B, heads, T, T).reshape(B * heads, T, T)
        mask = bias if mask is None else bias.masked_fill(mask, -torch.inf)
    return functional_call(layer, state, (x,), {"src_mask": mask})


def _layers(blocks, prefix, norm1, norm2):
    state = {}
    for i, b in enumerate(blocks):
        at = f"{prefix}encoder.layer.{i}."
        a = b["attention"]
        for ours, theirs in (
            ("q", "attention.self.query"),
            ("k", "attention.self.key"),
            ("v", "attention.self.value"),
            ("o", "attention.output.dense"),
        ):
            state |= {f"{at}{theirs}.weight": a[f"w{ours}"].T, f"{at}{theirs}.bias": a[f"b{ours}"]}
        for ours, theirs in (("1", "intermediate.dense"), ("2", "output.dense")):
            state |= {
                f"{at}{theirs}.weight": b["mlp"][f"w{ours}"].T,
                f"{at}{theirs}.bias": b["mlp"][f"b{ours}"],
            }
        for ours, theirs in (("norm1", norm1), ("norm2", norm2)):
            state |= {
                f"{at}{theirs}.weight": b[ours]["gamma"],
                f"{at}{theirs}.bias": b[ours]["beta"],
            }
    return state


def _attending(ids, lengths):
    return None if lengths is None else (torch.arange(ids.shape[1]) < lengths[:, None]).long()


def bert(ids, params, options):
    """transformers' BertModel with our weights."""
    V, C = params["tokens"].shape
    model = BertModel(
        BertConfig(
            vocab_size=V,
            hidden_size=C,
            num_hidden_layers=len(params["blocks"]),
            num_attention_heads=options["heads"],
            intermediate_size=params["blocks"][0]["mlp"]["w1"].shape[1],
            max_position_embeddings=params["positions"].shape[0],
            type_vocab_size=params["segments"].shape[0],
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            layer_norm_eps=1e-12,
            attn_implementation="eager",
        ),
        add_pooling_layer=False,
    ).double()
    state = {
        "embeddings.word_embeddings.weight": params["tokens"],
        "embeddings.position_embeddings.weight": params["positions"],
        "embeddings.token_type_embeddings.weight": params["segments"],
        "embeddings.LayerNorm.weight": params["norm"]["gamma"],
        "embeddings.LayerNorm.bias": params["norm"]["beta"],
        **_layers(params["blocks"], "", "attention.output.LayerNorm", "output.LayerNorm"),
    }
    segments = options.get("segments")
    return functional_call(
        model,
        state,
        (ids.long(),),
        {
            "token_type_ids": None if segments is None else segments.long(),
            "attention_mask": _attending(ids, options.get("lengths")),
        },
    ).last_hidden_state


def esm(ids, params, options):
    """transformers' EsmModel with our weights: rotary positions, token dropout where the options
    name the masked token, no norm before the first layer.
    """
    V, C = params["tokens"].shape
    model = EsmModel(
        EsmConfig(
            vocab_size=V,
            pad_token_id=0,
            mask_token_id=options.get("maskId", 1),
            hidden_size=C,
            num_hidden_layers=len(params["blocks"]),
            num_attention_heads=options["heads"],
            intermediate_size=params["blocks"][0]["mlp"]["w1"].shape[1],
            position_embedding_type="rotary",
            token_dropout="maskId" in options,
            emb_layer_norm_before=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            layer_norm_eps=1e-5,
            attn_implementation="eager",
        ),
        add_pooling_layer=False,
    ).double()
    state = {
        "embeddings.word_embeddings.weight": params["tokens"],
        "encoder.emb_layer_norm_after.weight": params["norm"]["gamma"],
        "encoder.emb_layer_norm_after.bias": params["norm"]["beta"],
        **_layers(params["blocks"], "", "attention.LayerNorm", "LayerNorm"),
    }
    return functional_call(
        model, state, (ids.long(),), {"attention_mask": _attending(ids, options.get("lengths"))}
    ).last_hidden_state
