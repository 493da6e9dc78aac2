"""noamRate: the paper's formula; transformers' warm-up with an inverse square root gives the same
once it is scaled to the same peak.
"""

import pathlib
import sys

import torch
from transformers import get_inverse_sqrt_schedule

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("noamRate")


def formula(step, width, warmup):
    return min(1 / step**0.5, step / warmup**1.5) / width**0.5


def transformers_schedule(step, width, warmup):
    """Its rate is a share of the optimizer's: linear to 1 at `warmup`, then √(warmup / step)."""
    peak = (width * warmup) ** -0.5
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=peak)
    schedule = get_inverse_sqrt_schedule(optimizer, num_warmup_steps=warmup)
    for _ in range(step):
        optimizer.step()
        schedule.step()
    return schedule.get_last_lr()[0]


for step in (1, 50, 99, 100, 101, 300):
    o.case(
        "values",
        f"step {step} of 100 of warm-up, as transformers",
        [step, 64, 100],
        transformers_schedule,
    )
for step in (1, 1000, 4000, 4001, 100_000):
    o.case("values", f"step {step} of the paper's own base model", [step, 512, 4000], formula)
o.case("values", "a warm-up of one step", [1, 4, 1], formula)
o.case("values", "a narrow model", [7, 1, 3], formula)
o.error("steps begin at 1", [0, 512, 4000], "step")
o.error("half a step", [1.5, 512, 4000], "step")
o.error("no warm-up", [1, 512, 0], "warmup")
o.error("no width", [1, 0, 4000], "width")
o.save()
