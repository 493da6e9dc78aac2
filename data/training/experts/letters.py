"""Letter models with experts: data/checkpoints/experts-letters.safetensors.

A model reads eight letters of the plays (lower case, a space for all else) and guesses the next
one: a table of letters, a layer over the window, and one feed-forward layer with a residual, which
is dense (64 or 512 hidden units) or made of eight experts with 64 hidden units each, of which every
text gets one (Switch, Fedus et al. 2021, arXiv:2101.03961, without dropped tokens). Experts are
balanced by nothing, by Switch's loss with factor 0.01, or by Wang et al.'s bias
(arXiv:2408.15664) with steps of 0.002. Five designs, three seeds each.

The file holds the weights of seed 1 of each design as `design.name`; `losses` [5, 3], nats per
letter on unseen text, in the order of DESIGNS and seeds; `loads` [3, 3, 16, 8], the share of each
expert in the last 100 of every 100 steps; and `seconds` [5], what a training run took here.
"""

import gzip
import math
import pathlib
import re
import time

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
ALPHABET = " abcdefghijklmnopqrstuvwxyz"
V, WINDOW, D, C, HIDDEN, EXPERTS = len(ALPHABET), 8, 12, 48, 64, 8
STEPS, TEXTS, RATE, EVERY = 1600, 256, 4e-3, 100
DESIGNS = ["dense", "wide", "none", "loss", "bias"]
SEEDS = [1, 2, 3]


def plays():
    text = gzip.open(ROOT / "data" / "shakespeare.txt.gz", "rt", encoding="utf8").read()
    letters = re.sub(r"[^a-z]+", " ", text.lower())
    return torch.tensor([ALPHABET.index(c) for c in letters])


def weights(design, seed):
    torch.manual_seed(seed)
    draw = lambda *shape, scale: (torch.randn(*shape) * scale).requires_grad_()
    zeros = lambda *shape: torch.zeros(*shape).requires_grad_()
    E, hidden = (EXPERTS, HIDDEN) if design in ("none", "loss", "bias") else (1, HIDDEN)
    if design == "wide":
        hidden = EXPERTS * HIDDEN
    return {
        "letters": draw(V, D, scale=0.5),
        "window": draw(WINDOW * D, C, scale=(WINDOW * D) ** -0.5),
        "windowBias": zeros(C),
        "router": draw(C, E, scale=C**-0.5),
        "w1": draw(E, C, hidden, scale=C**-0.5),
        "b1": zeros(E, hidden),
        "w2": draw(E, hidden, C, scale=hidden**-0.5),
        "b2": zeros(E, C),
        "head": draw(C, V, scale=C**-0.5),
        "headBias": zeros(V),
    }


def forward(p, x, bias):
    h = F.gelu(p["letters"][x].flatten(1) @ p["window"] + p["windowBias"], approximate="tanh")
    z = F.layer_norm(h, (C,))
    probabilities = (z @ p["router"]).softmax(-1)
    choice = (probabilities.detach() + bias).argmax(-1)
    mixed = torch.zeros_like(h)
    for e in range(len(p["w1"])):
        rows = (choice == e).nonzero()[:, 0]
        hidden = F.gelu(z[rows] @ p["w1"][e] + p["b1"][e], approximate="tanh")
        answer = hidden @ p["w2"][e] + p["b2"][e]
        mixed = mixed.index_add(0, rows, answer * probabilities[rows, e, None])
    logits = F.layer_norm(h + mixed, (C,)) @ p["head"] + p["headBias"]
    return logits, probabilities, choice


def train(design, seed, ids, cut):
    p = weights(design, seed)
    E = len(p["w1"])
    optimizer = torch.optim.AdamW(p.values(), lr=RATE, betas=(0.9, 0.99), weight_decay=0.01)
    generator, bias = torch.Generator().manual_seed(seed), torch.zeros(E)
    loads, counts = [], torch.zeros(E)
    for step in range(1, STEPS + 1):
        wave = 0.55 + 0.45 * math.cos(math.pi * step / STEPS)
        optimizer.param_groups[0]["lr"] = RATE * min(1, step / 50) * wave
        at = torch.randint(cut - WINDOW, (TEXTS,), generator=generator)
        logits, probabilities, choice = forward(p, ids[at[:, None] + torch.arange(WINDOW)], bias)
        loss = F.cross_entropy(logits, ids[at + WINDOW])
        load = torch.bincount(choice, minlength=E)
        if design == "loss":
            loss = loss + 0.01 * E * (load / TEXTS * probabilities.mean(0)).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if design == "bias":
            bias = bias + 0.002 * torch.sign(load.float().mean() - load)
        counts += load
        if step % EVERY == 0:
            loads.append(counts / counts.sum())
            counts = torch.zeros(E)
    with torch.no_grad():
        at = cut + torch.arange(0, len(ids) - cut - WINDOW, 3)
        logits, _, choice = forward(p, ids[at[:, None] + torch.arange(WINDOW)], bias)
        test = F.cross_entropy(logits, ids[at + WINDOW]).item()
    return {**p, "bias": bias}, test, torch.stack(loads)


def main():
    torch.set_num_threads(1)
    ids = plays()
    cut, tensors, losses, loads, seconds = int(0.9 * len(ids)), {}, [], [], []
    for design in DESIGNS:
        runs, start = [], time.process_time()
        for seed in SEEDS:
            runs.append(train(design, seed, ids, cut))
            shares = [round(v, 2) for v in runs[-1][2][-1].tolist()]
            print(design, seed, f"{runs[-1][1]:.4f}", shares, flush=True)
        seconds.append((time.process_time() - start) / len(SEEDS))
        tensors |= {f"{design}.{name}": w.detach() for name, w in runs[0][0].items()}
        losses.append([test for _, test, _ in runs])
        if design in ("none", "loss", "bias"):
            loads.append(torch.stack([load for _, _, load in runs]))
    tensors |= {"losses": torch.tensor(losses), "loads": torch.stack(loads)}
    tensors["seconds"] = torch.tensor(seconds)
    print("seconds per run", seconds)
    save_file(tensors, ROOT / "data" / "checkpoints" / "experts-letters.safetensors")


if __name__ == "__main__":
    main()
