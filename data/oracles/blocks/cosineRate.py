"""cosineRate: transformers' warm-up with a cosine and a least rate; past its end, where its cosine
rises again, the definition, which stays at the floor.
"""

import pathlib
import sys

import torch
from transformers import get_cosine_with_min_lr_schedule_with_warmup

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("cosineRate")


def transformers_schedule(step, options):
    """The rate after `step` steps of the schedule, whose own count begins at 0."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=options["peak"])
    schedule = get_cosine_with_min_lr_schedule_with_warmup(
        optimizer, options["warmup"], options["total"], min_lr=options.get("floor", 0.0)
    )
    for _ in range(step):
        optimizer.step()
        schedule.step()
    return schedule.get_last_lr()[0]


def at_the_floor(step, options):
    assert step > options["total"]
    return options.get("floor", 0.0)


run = {"peak": 0.01, "warmup": 20, "total": 100}
for step in (1, 7, 19, 20, 21, 50, 60, 99, 100):
    o.case("values", f"step {step} of 100, 20 of warm-up", [step, run], transformers_schedule)
for step in (5, 20, 40, 60, 99, 100):
    o.case(
        "values",
        f"step {step} with a floor",
        [step, {**run, "floor": 0.001}],
        transformers_schedule,
    )
for step in (1, 30, 60):
    o.case(
        "values",
        f"step {step} without warm-up",
        [step, {"peak": 3e-4, "warmup": 0, "total": 60}],
        transformers_schedule,
    )
o.case(
    "property",
    "the floor is the peak",
    [60, {**run, "floor": 0.01}],
    transformers_schedule,
)
o.case("property", "after the total", [101, {**run, "floor": 0.002}], at_the_floor)
o.case("property", "long after the total", [177, run], at_the_floor)
o.case(
    "property",
    "the last step of a warm-up that takes all steps",
    [30, {"peak": 0.5, "warmup": 30, "total": 30}],
    transformers_schedule,
)
o.case(
    "property",
    "one step after a warm-up that takes all steps",
    [31, {"peak": 0.5, "warmup": 30, "total": 30, "floor": 0.1}],
    at_the_floor,
)
o.case("property", "a peak of zero", [50, {**run, "peak": 0}], lambda *_: 0.0)
o.error("steps begin at 1", [0, run], "step")
o.error("half a step", [1.5, run], "step")
o.error("no steps at all", [1, {**run, "warmup": 0, "total": 0}], "total")
o.error("a longer warm-up than training", [1, {**run, "warmup": 101}], "warmup")
o.error("half a step of warm-up", [1, {**run, "warmup": 2.5}], "warmup")
o.error("a negative peak", [1, {**run, "peak": -0.1}], "peak")
o.error("a floor above the peak", [1, {**run, "floor": 0.1}], "floor")
o.error("a negative floor", [1, {**run, "floor": -0.1}], "floor")
o.save()
