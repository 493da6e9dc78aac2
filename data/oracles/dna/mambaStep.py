"""mambaStep: one token of the recurrence of the Mamba paper (algorithm 2 and figure 3) as
torch.einsum and Conv1d in float64; token by token, it gives what transformers' MambaMixer gives for
the whole sequence.
"""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from mamba_peers import mamba, params  # noqa: E402
from oracle import Oracle  # noqa: E402

o = Oracle("mambaStep")


def step(x, p, state):
    F, (E, n), r = torch.nn.functional, p["aLog"].shape, len(p["wDelta"])
    v, gate = (x @ p["wIn"]).chunk(2, dim=-1)
    window = torch.cat([state["past"], v[:, None]], 1)  # [B, width, E]
    u = F.silu(F.conv1d(window.mT, p["conv"][:, None], p["convBias"], groups=E).squeeze(-1))
    delta, b, c = (u @ p["wX"]).split([r, n, n], dim=-1)
    delta = F.softplus(delta @ p["wDelta"] + p["bDelta"])
    keep = torch.einsum("be,en->ben", delta, -p["aLog"].exp()).exp()
    h = keep * state["h"] + torch.einsum("be,bn,be->ben", delta, b, u)
    y = torch.einsum("ben,bn->be", h, c) + p["skip"] * u
    return {"output": (y * F.silu(gate)) @ p["wOut"], "state": {"past": window[:, 1:], "h": h}}


zero = lambda B, E, n, width=4: {"past": torch.zeros(B, width - 1, E), "h": torch.zeros(B, E, n)}
held = lambda B, E, n, width=4: {"past": o.normal(B, width - 1, E), "h": o.normal(B, E, n)}


def after(x, p):
    """the state after the tokens x [B, T, C], whose outputs are those of the whole block"""
    double = {name: v.double() for name, v in p.items()}
    x, state, outputs = x.double(), {}, []
    (E, width), n = p["conv"].shape, p["aLog"].shape[1]
    state = {name: v.double() for name, v in zero(len(x), E, n, width).items()}
    for t in range(x.shape[1]):
        got = step(x[:, t], double, state)
        state = got["state"]
        outputs.append(got["output"])
    with torch.no_grad():
        assert torch.allclose(torch.stack(outputs, 1), mamba(x, double), atol=1e-9)
    return {name: v.float().to(torch.float32) for name, v in state.items()}


p = params(o, 4, 8, 3, 2)
o.case("values", "the first token", [o.normal(2, 4), p, zero(2, 8, 3)], step, terms=10)
o.case(
    "values", "the seventh token", [o.normal(2, 4), p, after(o.normal(2, 6, 4), p)], step, terms=10
)
p = params(o, 3, 6, 2, 1)
o.case(
    "values", "the 41st token", [o.normal(1, 3), p, after(o.normal(1, 40, 3), p)], step, terms=10
)
o.case("values", "any state", [o.normal(3, 3), p, held(3, 6, 2)], step, terms=10)
p = params(o, 2, 4, 1, 1, 2)
o.case("shapes", "one state, two columns", [o.normal(2, 2), p, held(2, 4, 1, 2)], step, terms=10)
p = params(o, 3, 6, 2, 2)
wrt = ["0", *(f"1.{name}" for name in p), "2.past", "2.h"]
o.case("gradient", "by everything", [o.normal(2, 3), p, held(2, 6, 2)], step, wrt=wrt, terms=60)
bad = held(1, 6, 2)
o.error("past has a token too many", [o.normal(1, 3), p, bad | {"past": o.normal(1, 4, 6)}], "past")
o.error("h has another number of states", [o.normal(1, 3), p, bad | {"h": o.normal(1, 6, 3)}], "h")
o.error("h has another batch", [o.normal(1, 3), p, bad | {"h": o.normal(2, 6, 2)}], "h")
o.error("x has three axes", [o.normal(1, 1, 3), p, bad], "x")
o.error("wX does not fit", [o.normal(1, 3), p | {"wX": o.normal(6, 7)}, bad], "wX")
far = params(o, 3, 6, 2, 2) | {"bDelta": torch.tensor([100.0, -100, 60, -60, 30, 0])}
o.case(
    "values",
    "bDelta of a hundred and of minus a hundred",
    [o.normal(2, 3), far, held(2, 6, 2)],
    step,
    terms=100,
)
o.save()
