"""Transformers of any shape with random weights, by transformers (GPT-2, Llama) and torch: what
lesson 14 counts.

GPT-2 has learned positions and biases, Llama rotary positions, RMSNorm, grouped keys and SwiGLU;
torch's own encoder layer fills in what neither has.
"""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

DEFAULTS = {"tiedHead": True, "gated": False, "biases": True, "learnedPositions": True}


def shape(layers, width, heads, ff, vocabulary, context, **more):
    return {
        "layers": layers,
        "width": width,
        "heads": heads,
        "ffWidth": ff,
        "vocabulary": vocabulary,
        "context": context,
        **more,
    }


def flag(s, name):
    return s.get(name, DEFAULTS[name])


def gpt2(s, device="meta"):
    with torch.device(device):
        return GPT2LMHeadModel(
            GPT2Config(
                n_layer=s["layers"],
                n_embd=s["width"],
                n_head=s["heads"],
                n_inner=s["ffWidth"],
                vocab_size=s["vocabulary"],
                n_positions=s["context"],
                tie_word_embeddings=flag(s, "tiedHead"),
                attn_implementation="eager",
                resid_pdrop=0,
                attn_pdrop=0,
                embd_pdrop=0,
                bos_token_id=None,
                eos_token_id=None,
            )
        )


def llama(s, device="meta"):
    """Where the shape asks for it with biases everywhere, LayerNorm in place of RMSNorm, and a
    table of positions beside the model.
    """
    with torch.device(device):
        model = LlamaForCausalLM(
            LlamaConfig(
                num_hidden_layers=s["layers"],
                hidden_size=s["width"],
                num_attention_heads=s["heads"],
                num_key_value_heads=s.get("kvHeads", s["heads"]),
                intermediate_size=s["ffWidth"],
                vocab_size=s["vocabulary"],
                max_position_embeddings=s["context"],
                tie_word_embeddings=flag(s, "tiedHead"),
                attention_bias=flag(s, "biases"),
                mlp_bias=flag(s, "biases"),
                attn_implementation="eager",
                bos_token_id=None,
                eos_token_id=None,
                pad_token_id=None,
            )
        )
        if flag(s, "biases"):
            for layer in model.model.layers:
                layer.input_layernorm, layer.post_attention_layernorm = (
                    nn.LayerNorm(s["width"]),
                    nn.LayerNorm(s["width"]),
                )
            model.model.norm = nn.LayerNorm(s["width"])
        if flag(s, "learnedPositions"):
            model.places = nn.Embedding(s["context"], s["width"])
    return model


def plain(s, device="meta"):
    """torch.nn.TransformerEncoder between tables and a head."""
    C = s["width"]
    with torch.device(device):
        layer = nn.TransformerEncoderLayer(
            C, s["heads"], s["ffWidth"], norm_first=True, bias=flag(s, "biases")
        )
        parts = [
            nn.TransformerEncoder(
                layer,
                s["layers"],
                norm=nn.LayerNorm(C, bias=flag(s, "biases")),
                enable_nested_tensor=False,
            ),
            nn.Embedding(s["vocabulary"], C),
        ]
        if flag(s, "learnedPositions"):
            parts.append(nn.Embedding(s["context"], C))
        if not flag(s, "tiedHead"):
            parts.append(nn.Linear(C, s["vocabulary"], bias=False))
        return nn.ModuleList(parts)


def parameters(build):
    return lambda s: sum(
        p.numel() for p in build(s).parameters()
    )  # parameters() gives a shared tensor once


def flops(build):
    """What torch's counter sees in one forward pass, by the modules in which it happens."""

    def count(s, tokens):
        model = build(s, "cpu").eval()
        # hf may hide the caches' bookkeeping from the counter, never the products
        with FlopCounterMode(display=False, depth=None) as counter, torch.no_grad():
            model(torch.zeros(1, tokens, dtype=torch.long), use_cache=False)
        by_module = {name: sum(of.values()) for name, of in counter.get_flop_counts().items()}
        total = lambda *ends: sum(n for name, n in by_module.items() if name.endswith(ends))
        projections = total(".c_attn", ".attn.c_proj", ".q_proj", ".k_proj", ".v_proj", ".o_proj")
        inside = total(".attn", ".self_attn")
        parts = {
            "projections": projections,
            "attention": inside - projections,
            "feedForward": total(".mlp"),
            "head": total(".lm_head"),
        }
        return {**parts, "total": sum(parts.values())}

    return count


GPT2_SMALL = shape(12, 768, 12, 3072, 50257, 1024)
SMALL = shape(3, 24, 4, 80, 50, 32)
LLAMA = {"gated": True, "biases": False, "learnedPositions": False}
