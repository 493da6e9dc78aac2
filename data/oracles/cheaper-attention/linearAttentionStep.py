"""linearAttentionStep: the paper's recurrence (eq. 16-20) as torch.einsum in float64."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("linearAttentionStep")
qkv = lambda B, H, D: [o.normal(B, H, D) for _ in range(3)]
zero = lambda B, H, D: {"s": torch.zeros(B, H, D, D), "z": torch.zeros(B, H, D)}
held = lambda B, H, D: {"s": o.normal(B, H, D, D), "z": o.uniform(B, H, D, low=1.0, high=3.0)}


def step(q, k, v, state):
    phi = lambda x: torch.nn.functional.elu(x) + 1
    s = state["s"] + torch.einsum("bhd,bhe->bhde", phi(k), v)
    z = state["z"] + phi(k)
    output = (
        torch.einsum("bhd,bhde->bhe", phi(q), s)
        / (torch.einsum("bhd,bhd->bh", phi(q), z) + 1e-6)[..., None]
    )
    return {"output": output, "state": {"s": s, "z": z}}


o.case("values", "the first token", [*qkv(2, 2, 4), zero(2, 2, 4)], step)
o.case("values", "a later token", [*qkv(2, 3, 4), held(2, 3, 4)], step)
o.case("values", "one of many heads", [*qkv(1, 8, 5), held(1, 8, 5)], step)
o.case("property", "the first output is its own value", [*qkv(1, 2, 4), zero(1, 2, 4)], step)
o.case("shapes", "width one", [*qkv(3, 1, 1), held(3, 1, 1)], step)
o.case(
    "gradient",
    "token and state",
    [*qkv(1, 2, 3), held(1, 2, 3)],
    step,
    wrt=["0", "1", "2", "3.s", "3.z"],
    terms=10,
)
o.error(
    "k has another width",
    [o.normal(1, 2, 4), o.normal(1, 2, 3), o.normal(1, 2, 4), zero(1, 2, 4)],
    "k",
)
o.error(
    "z has another batch",
    [*qkv(2, 2, 4), {"s": torch.zeros(2, 2, 4, 4), "z": torch.zeros(1, 2, 4)}],
    "z",
)
o.error(
    "s is no matrix for each head",
    [*qkv(2, 2, 4), {"s": torch.zeros(2, 2, 4), "z": torch.zeros(2, 2, 4)}],
    "s",
)
o.error("q has rank four", [o.normal(1, 2, 1, 4), *qkv(1, 2, 4)[1:], zero(1, 2, 4)], "q")
o.save()
