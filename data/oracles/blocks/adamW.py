"""adamW: torch.optim.AdamW in float64; the state is put into the optimizer and read back."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402


def adam_w(params, gradients, state, options):
    weights = [torch.nn.Parameter(p.clone()) for p in params]
    optimizer = torch.optim.AdamW(
        weights,
        lr=options["rate"],
        betas=(options.get("beta1", 0.9), options.get("beta2", 0.999)),
        eps=options.get("eps", 1e-8),
        weight_decay=options.get("decay", 0.01),
        foreach=False,
    )
    for w, g, m, v in zip(weights, gradients, state["m"], state["v"]):
        w.grad = g.clone()
        optimizer.state[w] = {
            "step": torch.tensor(float(state["step"])),
            "exp_avg": m.clone(),
            "exp_avg_sq": v.clone(),
        }
    with torch.enable_grad():
        optimizer.step()
    return {
        "params": [w.detach() for w in weights],
        "state": {
            "step": state["step"] + 1,
            "m": [optimizer.state[w]["exp_avg"] for w in weights],
            "v": [optimizer.state[w]["exp_avg_sq"] for w in weights],
        },
    }


def adam_w_formula(
    params, gradients, state, options
):  # an optimizer's step has no gradient; m and v from the step before, decay 0.01
    t, rate = state["step"] + 1, options["rate"]
    m = [0.9 * a + 0.1 * g for a, g in zip(state["m"], gradients)]
    v = [0.999 * a + 0.001 * g * g for a, g in zip(state["v"], gradients)]
    return {
        "params": [
            p - rate * 0.01 * p - rate * (a / (1 - 0.9**t)) / ((b / (1 - 0.999**t)).sqrt() + 1e-8)
            for p, a, b in zip(params, m, v)
        ],
        "state": {"step": t, "m": m, "v": v},
    }


o = Oracle("adamW")


def start(*shapes):
    return {"step": 0, "m": [torch.zeros(s) for s in shapes], "v": [torch.zeros(s) for s in shapes]}


def later(step, *shapes):
    return {
        "step": step,
        "m": [o.normal(*s, scale=0.1) for s in shapes],
        "v": [o.uniform(*s, high=0.1) for s in shapes],
    }


def some(*shapes, scale=1.0):
    return [o.normal(*s, scale=scale) for s in shapes]


two = ((3, 4), (4,))
o.case("values", "the first step", [some(*two), some(*two), start(*two), {"rate": 0.01}], adam_w)
o.case("values", "the tenth step", [some(*two), some(*two), later(9, *two), {"rate": 0.01}], adam_w)
o.case(
    "values",
    "the hundred-thousandth step",
    [some(*two), some(*two), later(99_999, *two), {"rate": 0.01}],
    adam_w,
)
o.case(
    "values",
    "other betas",
    [some(*two), some(*two), later(3, *two), {"rate": 0.1, "beta1": 0.8, "beta2": 0.95}],
    adam_w,
)
o.case(
    "values",
    "betas of zero",
    [some(*two), some(*two), later(3, *two), {"rate": 0.1, "beta1": 0.0, "beta2": 0.0}],
    adam_w,
)
o.case(
    "values",
    "a large eps",
    [some(*two), some(*two), later(3, *two), {"rate": 0.1, "eps": 0.5}],
    adam_w,
)
o.case(
    "values",
    "strong decay",
    [some(*two, scale=10), some(*two), later(3, *two), {"rate": 0.1, "decay": 0.5}],
    adam_w,
)
o.case(
    "values", "no decay", [some(*two), some(*two), start(*two), {"rate": 0.1, "decay": 0}], adam_w
)
o.case(
    "values",
    "gradients of zero",
    [some(*two), [torch.zeros(s) for s in two], start(*two), {"rate": 0.1}],
    adam_w,
)
o.case(
    "values",
    "tiny gradients",
    [some(*two), some(*two, scale=1e-6), start(*two), {"rate": 0.1}],
    adam_w,
)
o.case(
    "values",
    "large gradients",
    [some(*two), some(*two, scale=1e6), start(*two), {"rate": 0.1}],
    adam_w,
)
o.case("values", "a rate of zero", [some(*two), some(*two), start(*two), {"rate": 0}], adam_w)
odd = ((), (2, 1, 3, 2))
o.case(
    "shapes",
    "a scalar and rank four",
    [some(*odd), some(*odd), later(1, *odd), {"rate": 0.01}],
    adam_w,
)
o.case(
    "shapes",
    "an empty tensor",
    [[torch.zeros(0, 2)], [torch.zeros(0, 2)], start((0, 2)), {"rate": 0.01}],
    adam_w,
)
o.case(
    "shapes",
    "no parameters",
    [[], [], {"step": 0, "m": [], "v": []}, {"rate": 0.01}],
    adam_w_formula,
)
o.case(
    "gradient",
    "parameters and gradients",
    [some(*two), some(*two), later(4, *two), {"rate": 0.1}],
    adam_w_formula,
    wrt=["0.0", "0.1", "1.0", "1.1"],
    terms=10,
)
o.error(
    "a gradient is missing", [some(*two), some((3, 4)), start(*two), {"rate": 0.01}], "gradients"
)
o.error(
    "a gradient has another shape",
    [some(*two), some((3, 4), (3,)), start(*two), {"rate": 0.01}],
    "gradients",
)
o.error(
    "m is missing",
    [
        some(*two),
        some(*two),
        {"step": 0, "m": [], "v": [torch.zeros(s) for s in two]},
        {"rate": 0.01},
    ],
    "m",
)
o.error(
    "v has another shape",
    [
        some((4,)),
        some((4,)),
        {"step": 0, "m": [torch.zeros(4)], "v": [torch.zeros(3)]},
        {"rate": 0.01},
    ],
    "v",
)
o.error("the rate is negative", [some((4,)), some((4,)), start((4,)), {"rate": -1}], "rate")
o.error("beta1 is one", [some((4,)), some((4,)), start((4,)), {"rate": 0.1, "beta1": 1}], "beta1")
o.error("beta2 is one", [some((4,)), some((4,)), start((4,)), {"rate": 0.1, "beta2": 1}], "beta2")
o.case(
    "values",
    "beta1 and nothing else",
    [some(*two), some(*two), later(3, *two), {"rate": 0.1, "beta1": 0.5}],
    adam_w,
)
o.case(
    "values",
    "beta2 and nothing else",
    [some(*two), some(*two), later(3, *two), {"rate": 0.1, "beta2": 0.5}],
    adam_w,
)
o.case(
    "values",
    "beta1 0: the gradient alone leads",
    [some(*two), some(*two), later(3, *two), {"rate": 0.1, "beta1": 0.0}],
    adam_w,
)
o.case(
    "values",
    "beta2 0: the newest gradient alone scales",
    [some(*two), some(*two), later(3, *two), {"rate": 0.1, "beta2": 0.0}],
    adam_w,
)
o.case(
    "values",
    "eps 0, gradients of 1e-9",
    [some(*two), some(*two, scale=1e-9), start(*two), {"rate": 0.1, "eps": 0, "decay": 0}],
    adam_w,
)
o.case(
    "values",
    "rate 0: the weights stay, the state goes on",
    [some(*two), some(*two), later(3, *two), {"rate": 0}],
    adam_w,
)
o.save()
