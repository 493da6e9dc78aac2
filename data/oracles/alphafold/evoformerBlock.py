"""evoformerBlock: openfold3's EvoformerBlock in float64, with AlphaFold 2's order (outer product
mean after the alignment) and ReLU transitions.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from pair_peers import (
    INF,
    PACKAGES,
    attention_weights,
    column_state,
    layer_norm,
    mha,
    norm,
    pair_weights,
    row_state,
    run,
    triangle_multiplication_state,
    weight,
)  # noqa: E402
from openfold3.core.model.latent.evoformer import EvoformerBlock  # needs pair_peers

o = Oracle("evoformerBlock", packages=PACKAGES)
C, CZ, H, HP = 4, 6, 2, 2


def relu(C):
    return {
        "norm": norm(o, C),
        "w1": weight(o, C, 2 * C),
        "b1": o.normal(2 * C, scale=0.5),
        "w2": weight(o, 2 * C, C),
        "b2": o.normal(C, scale=0.5),
    }


def weights():
    pair = {
        "outgoing": pair_weights(o, CZ, 3),
        "incoming": pair_weights(o, CZ, 3),
        "starting": attention_weights(o, CZ, HP, 3, Cz=CZ),
        "ending": attention_weights(o, CZ, HP, 3, Cz=CZ),
        "transition": relu(CZ),
    }
    outer = {
        "norm": norm(o, C),
        "wA": weight(o, C, 2),
        "wB": weight(o, C, 2),
        "wOut": weight(o, 4, CZ),
    }
    return {
        "row": {**attention_weights(o, C, H, 3, Cz=CZ), "normPair": norm(o, CZ)},
        "column": attention_weights(o, C, H, 3),
        "transition": relu(C),
        "outer": outer,
        "pair": pair,
    }


def under(at, state):
    return {f"{at}.{name}": v for name, v in state.items()}


def relu_state(p):
    return layer_norm("layer_norm", p["norm"]) | {
        "transition_mlp.layers.0.0.weight": p["w1"].T,
        "transition_mlp.layers.0.0.bias": p["b1"],
        "transition_mlp.linear_out.weight": p["w2"].T,
        "transition_mlp.linear_out.bias": p["b2"],
    }


def pair_state(p, transition):
    attention = lambda q: (
        layer_norm("layer_norm", q["norm"]) | {"linear_z.weight": q["wBias"].T} | mha("mha", q)
    )
    return (
        under("tri_mul_out", triangle_multiplication_state(p["outgoing"])[0])
        | under("tri_mul_in", triangle_multiplication_state(p["incoming"])[0])
        | under("tri_att_start", attention(p["starting"]))
        | under("tri_att_end", attention(p["ending"]))
        | under("pair_transition", transition(p["transition"]))
    )


def peer(msa, z, p, options):
    block = EvoformerBlock(
        C, CZ, 3, 2, 3, 3, H, HP, "relu", 2, 0.0, 0.0, False, False, False, INF, 1e-3
    )
    outer = layer_norm("layer_norm", p["outer"]["norm"]) | {
        "linear_1.weight": p["outer"]["wA"].T,
        "linear_2.weight": p["outer"]["wB"].T,
        "linear_out.weight": p["outer"]["wOut"].T,
        "linear_out.bias": torch.zeros(CZ).double(),
    }
    state = (
        under("msa_att_row", row_state(p["row"]))
        | under("msa_att_col", column_state(p["column"]))
        | under("msa_transition", relu_state(p["transition"]))
        | under("outer_product_mean", outer)
        | under("pair_stack", pair_state(p["pair"], relu_state))
    )
    given = lambda name, shape: (
        options[name].double() if name in options else torch.ones(shape).double()
    )
    m, pairs = run(
        block,
        state,
        msa,
        z,
        given("msaMask", msa.shape[:3]),
        given("pairMask", z.shape[:3]),
        _mask_trans=False,
    )
    return {"msa": m, "z": pairs}


if __name__ == "__main__":
    heads = {"heads": H, "pairHeads": HP}
    o.case(
        "values",
        "three sequences of four residues",
        [o.normal(1, 3, 4, C), o.normal(1, 4, 4, CZ), weights(), heads],
        peer,
        terms=20,
    )
    some = torch.tensor([[1.0, 1, 0, 1], [1, 0, 1, 1], [1, 1, 1, 0]])[None]
    pairs = torch.tensor([[1.0, 0, 1, 1], [1, 1, 0, 1], [0, 1, 1, 1], [1, 1, 1, 0]])[None]
    o.case(
        "values",
        "gaps and pairs masked",
        [
            o.normal(1, 3, 4, C),
            o.normal(1, 4, 4, CZ),
            weights(),
            {**heads, "msaMask": some, "pairMask": pairs},
        ],
        peer,
        terms=20,
    )
    o.case(
        "gradient",
        "alignment and pairs",
        [o.normal(1, 2, 3, C), o.normal(1, 3, 3, CZ), weights(), heads],
        peer,
        wrt=["0", "1", "2.row.wBias", "2.outer.wOut", "2.pair.ending.wq"],
        terms=100,
    )
    o.save()
