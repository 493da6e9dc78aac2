"""pairformerBlock: openfold3's PairFormerBlock in float64; the bias of its queries, which ours
leaves out, is zero.
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
    layer_norm,
    mha,
    norm,
    pair_weights,
    run,
    weight,
)  # noqa: E402
from openfold3.core.model.latent.pairformer import PairFormerBlock  # needs pair_peers

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from evoformerBlock import pair_state, under  # noqa: E402

o = Oracle("pairformerBlock", packages=PACKAGES)
C, CZ, H, HP = 6, 4, 3, 2


def swiglu(C):
    return {
        "norm": norm(o, C),
        "gate": weight(o, C, 2 * C),
        "up": weight(o, C, 2 * C),
        "down": weight(o, 2 * C, C),
    }


def weights():
    pair = {
        "outgoing": pair_weights(o, CZ, 3),
        "incoming": pair_weights(o, CZ, 3),
        "starting": attention_weights(o, CZ, HP, 3, Cz=CZ),
        "ending": attention_weights(o, CZ, HP, 3, Cz=CZ),
        "transition": swiglu(CZ),
    }
    return {
        "pair": pair,
        "row": {**attention_weights(o, C, H, 2, Cz=CZ), "normPair": norm(o, CZ)},
        "transition": swiglu(C),
    }


def swiglu_state(p):
    return layer_norm("layer_norm", p["norm"]) | {
        "swiglu.linear_a.weight": p["gate"].T,
        "swiglu.linear_b.weight": p["up"].T,
        "linear_out.weight": p["down"].T,
    }


def peer(s, z, p, options):
    block = PairFormerBlock(C, CZ, 2, H, 3, 3, HP, "swiglu", 2, 0.0, False, INF)
    row = (
        layer_norm("layer_norm_a", p["row"]["norm"])
        | layer_norm("layer_norm_z", p["row"]["normPair"])
        | {"linear_z.weight": p["row"]["wBias"].T, "mha.linear_q.bias": torch.zeros(2 * H).double()}
        | mha("mha", p["row"])
    )
    state = (
        under("pair_stack", pair_state(p["pair"], swiglu_state))
        | under("attn_pair_bias", row)
        | under("single_transition", swiglu_state(p["transition"]))
    )
    given = lambda name, shape: (
        options[name].double() if name in options else torch.ones(shape).double()
    )
    found, pairs = run(
        block,
        state,
        s,
        z,
        given("mask", s.shape[:2]),
        given("pairMask", z.shape[:3]),
        _mask_trans=False,
    )
    return {"s": found, "z": pairs}


heads = {"heads": H, "pairHeads": HP}
mask = torch.tensor([[1.0, 1, 0, 1]])
o.case(
    "values",
    "four tokens",
    [o.normal(1, 4, C), o.normal(1, 4, 4, CZ), weights(), heads],
    peer,
    terms=20,
)
o.case(
    "values",
    "two batches of three",
    [o.normal(2, 3, C), o.normal(2, 3, 3, CZ), weights(), heads],
    peer,
    terms=20,
)
o.case(
    "values",
    "one token masked",
    [o.normal(1, 4, C), o.normal(1, 4, 4, CZ), weights(), {**heads, "mask": mask}],
    peer,
    terms=20,
)
o.case(
    "gradient",
    "tokens and pairs",
    [o.normal(1, 3, C), o.normal(1, 3, 3, CZ), weights(), heads],
    peer,
    wrt=["0", "1", "2.row.wBias", "2.pair.outgoing.wA", "2.transition.up"],
    terms=100,
)
o.save()
