"""GPTs of letters from 8,000 to 230,000 weights on Shakespeare's plays: data/plays-scaling.json.

Two layers, heads of width 8, texts of 64 letters: lesson 09's gptForward at six widths. The rate
is constant after a short warm-up, and the losses are those of an average of the weights over about
the last eighth of the steps. So a run has no length that it was planned for, and each point of its
curve stands for a run that ended there (Hägele et al. 2024, arXiv:2405.18392, who compare averages
and a cooldown at the end). "raw" is the loss without the average. Held out is the last tenth of the
plays' letters, of which 256 texts are read.

`python plays_grid.py WIDTH STEPS SEED` trains one run and adds it to the file; without arguments,
all of GRID, which takes eight minutes on one free core.
"""

import gzip
import json
import pathlib
import re
import sys
import time

import torch
import torch.nn.functional as F

ROOT = pathlib.Path(__file__).resolve().parents[3]
PATH = ROOT / "data" / "plays-scaling.json"
ALPHABET = " abcdefghijklmnopqrstuvwxyz"
V, LAYERS, HEAD, CONTEXT, TEXTS, WARMUP = len(ALPHABET), 2, 8, 64, 8, 50
# width, steps, seed
GRID = [
    (16, 8000, 1),
    (24, 11700, 1),
    (32, 7300, 1),
    (48, 3400, 1),
    (64, 9800, 1),
    (96, 900, 1),
    (24, 5900, 2),
    (32, 3450, 2),
    (48, 1600, 2),
]


def plays():
    text = gzip.open(ROOT / "data" / "shakespeare.txt.gz", "rt", encoding="utf8").read()
    letters = re.sub(r"[^a-z]+", " ", text.lower())
    ids = torch.tensor([ALPHABET.index(c) for c in letters])
    cut = int(0.9 * len(ids))
    held = ids[cut:]
    rows = torch.arange(256) * ((len(held) - CONTEXT - 1) // 256)
    return ids[:cut], held[rows[:, None] + torch.arange(CONTEXT + 1)]


def draw(C):
    """Weights as in gptForward; matrices with a standard deviation of 1/√(rows)."""
    matrix = lambda rows, columns: torch.randn(rows, columns) * rows**-0.5
    ones, zeros = (lambda n: torch.ones(n)), (lambda n: torch.zeros(n))
    w = [torch.randn(V, C) * C**-0.5, torch.randn(CONTEXT, C) * C**-0.5]
    for _ in range(LAYERS):
        w += [ones(C), zeros(C), matrix(C, 3 * C), zeros(3 * C), matrix(C, C), zeros(C)]
        w += [ones(C), zeros(C), matrix(C, 4 * C), zeros(4 * C), matrix(4 * C, C), zeros(C)]
    return w + [ones(C), zeros(C)]


def forward(w, ids):
    B, T = ids.shape
    C = w[0].shape[1]
    x = w[0][ids] + w[1][:T]
    norm = lambda x, gamma, beta: F.layer_norm(x, (C,), gamma, beta)
    for i in range(2, 2 + 12 * LAYERS, 12):
        g1, b1, wqkv, bqkv, wo, bo, g2, b2, w1, c1, w2, c2 = w[i : i + 12]
        qkv = torch.addmm(bqkv, norm(x, g1, b1).view(B * T, C), wqkv)
        q, k, v = qkv.view(B, T, 3, C // HEAD, HEAD).permute(2, 0, 3, 1, 4)
        heads = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + torch.addmm(bo, heads.transpose(1, 2).reshape(B * T, C), wo).view(B, T, C)
        wide = F.gelu(torch.addmm(c1, norm(x, g2, b2).view(B * T, C), w1), approximate="tanh")
        x = x + torch.addmm(c2, wide, w2).view(B, T, C)
    return norm(x, w[-2], w[-1]) @ w[0].T


def loss_of(w, texts):
    return F.cross_entropy(forward(w, texts[:, :-1]).flatten(0, 1), texts[:, 1:].flatten())


def run(C, steps, seed):
    train, held = plays()
    torch.manual_seed(seed)
    w = [p.requires_grad_() for p in draw(C)]
    average = [p.detach().clone() for p in w]
    rate = 0.009 * (32 / C) ** 0.75
    optimizer = torch.optim.AdamW(w, lr=rate, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
    points = {min(steps, round(32 * 2 ** (i / 3))) for i in range(60)}
    curve = {
        "width": C,
        "parameters": sum(p.numel() for p in w),
        "seed": seed,
        "rate": round(rate, 5),
    }
    curve |= {"tokens": [], "loss": [], "raw": []}
    begin = time.process_time()
    for step in range(1, steps + 1):
        places = torch.randint(len(train) - CONTEXT, (TEXTS, 1))
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, step / WARMUP)
        optimizer.zero_grad()
        loss_of(w, train[places + torch.arange(CONTEXT + 1)]).backward()
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(average, w, 9 / (step + 8))
            if step in points:
                curve["tokens"].append(step * TEXTS * CONTEXT)
                curve["loss"].append(round(float(loss_of(average, held)), 4))
                curve["raw"].append(round(float(loss_of(w, held)), 4))
    print(
        C,
        curve["parameters"],
        seed,
        rate,
        curve["loss"],
        curve["raw"][-1],
        round(time.process_time() - begin, 1),
        "s",
        flush=True,
    )
    return curve


def main(runs):
    for width, steps, seed in runs:
        curve = run(width, steps, seed)
        known = json.loads(PATH.read_text())["runs"] if PATH.exists() else []
        rest = [r for r in known if (r["width"], r["seed"]) != (width, seed)]
        every = sorted([*rest, curve], key=lambda r: (r["width"], r["seed"]))
        lines = ",\n".join(json.dumps(r) for r in every)
        PATH.write_text(f'{{"context": {CONTEXT}, "runs": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    torch.set_num_threads(1)
    main([tuple(map(int, sys.argv[1:4]))] if len(sys.argv) > 3 else GRID)
