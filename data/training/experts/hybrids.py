"""Models that copy letters out of noise: data/checkpoints/experts-recall.safetensors.

Lesson 13's task with twelve letters instead of four (selective copying, Gu & Dao 2023,
arXiv:2312.00752, §4.1.1): letters stand at random places in 28 of noise, and twelve questions ask
for them in order. Four blocks of width 24, each a mixer and a feed-forward layer:
  scan       four scans of Mamba-2's kind (Dao & Gu 2024, arXiv:2405.21060), 4 numbers per state
  large      the same with 16 numbers per state
  hybrid     attention without positions in the third block, scans in the others
  attention  four of attention, with a learned table of positions
Three seeds each. The file holds the weights of seed 1 of scan, hybrid and attention as
`design.block.name`; `right` [4, 3, 3], the share of right letters in the order of DESIGNS, seeds
and noise of 28, 56 and 112 places (attention has no positions for the longer ones: 0); and
`curves` [4, 3, 20], the loss in steps of a twentieth of the run.
"""

import math
import pathlib
import sys
import time

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
LETTERS, NOISE, ASK, ASKED, PLACES = 4, 4, 5, 12, 28
C, HEADS, WIDTH, LAYERS = 24, 2, 4, 4
STEPS, TEXTS, RATE, PARTS = 1000, 32, 5e-3, 20
DESIGNS = {"scan": "ssss", "large": "ssss", "hybrid": "ssas", "attention": "aaaa"}
SEEDS = [1, 2, 3]


def copying(count, places, generator):
    answers = torch.randint(LETTERS, (count, ASKED), generator=generator)
    texts = torch.full((count, places + ASKED), NOISE)
    texts[:, places:] = ASK
    at = torch.rand(count, places, generator=generator).topk(ASKED, 1).indices.sort(1).values
    return texts.scatter(1, at, answers), answers


def weights(design, seed):
    torch.manual_seed(seed)
    states = 16 if design == "large" else 4
    draw = lambda *shape, scale: (torch.randn(*shape) * scale).requires_grad_()
    full = lambda *shape, value: torch.full(shape, float(value)).requires_grad_()
    p = {"tokens": draw(6, C, scale=0.5), "head": draw(C, LETTERS, scale=C**-0.5)}
    if design == "attention":
        p["positions"] = draw(PLACES + ASKED, C, scale=0.1)
    for i, kind in enumerate(DESIGNS[design]):
        inner = C + 2 * HEADS * states
        block = {"out": draw(C, C, scale=C**-0.5)}
        if kind == "s":
            block |= {
                "in": draw(C, inner + HEADS, scale=C**-0.5),
                "conv": draw(inner, WIDTH, scale=0.5),
                "gate": draw(C, C, scale=C**-0.5),
                "step": torch.linspace(-4, -1, HEADS).requires_grad_(),
                "skip": full(C, value=1),
            }
        else:
            block |= {"qkv": draw(C, 3 * C, scale=C**-0.5)}
        block |= {
            "norm1": full(C, value=1),
            "norm2": full(C, value=1),
            "w1": draw(C, 2 * C, scale=C**-0.5),
            "b1": full(2 * C, value=0),
            "w2": draw(2 * C, C, scale=(2 * C) ** -0.5),
            "b2": full(C, value=0),
        }
        p |= {f"{i}.{name}": w for name, w in block.items()}
    return p


def heads(x):
    B, T, _ = x.shape
    return x.view(B, T, HEADS, -1).transpose(1, 2)


def scan(x, p):
    """Mamba-2's block with a decay of −Δ: the matrix of the scan, written out."""
    B, T, _ = x.shape
    both = x @ p["in"]
    mixed, step = both[..., :-HEADS], F.softplus(both[..., -HEADS:] + p["step"])
    padded = F.pad(mixed.transpose(1, 2), (WIDTH - 1, 0))
    mixed = F.silu(F.conv1d(padded, p["conv"][:, None], groups=len(p["conv"]))).transpose(1, 2)
    u, b, c = mixed.split([C, (mixed.shape[2] - C) // 2, (mixed.shape[2] - C) // 2], -1)
    sums = -step.transpose(1, 2).cumsum(-1)
    later = torch.ones(T, T).triu(1).bool()
    fade = (sums[..., :, None] - sums[..., None, :]).masked_fill(later, -torch.inf).exp()
    matrix = fade * (heads(c) @ heads(b).transpose(-1, -2))
    y = matrix @ (heads(u) * step.transpose(1, 2)[..., None])
    y = y.transpose(1, 2).reshape(B, T, C) + u * p["skip"]
    return (y * F.silu(x @ p["gate"])) @ p["out"]


def attention(x, p):
    q, k, v = (heads(part) for part in (x @ p["qkv"]).split(C, -1))
    y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    return y.transpose(1, 2).reshape(x.shape) @ p["out"]


def forward(p, texts):
    x = p["tokens"][texts]
    if "positions" in p:
        x = x + p["positions"]
    for i in range(LAYERS):
        block = {name[2:]: w for name, w in p.items() if name.startswith(f"{i}.")}
        mixer = scan if "in" in block else attention
        x = x + mixer(F.layer_norm(x, (C,)) * block["norm1"], block)
        hidden = F.layer_norm(x, (C,)) * block["norm2"] @ block["w1"] + block["b1"]
        x = x + F.gelu(hidden, approximate="tanh") @ block["w2"] + block["b2"]
    return F.layer_norm(x, (C,))[:, -ASKED:] @ p["head"]


@torch.no_grad()
def right(p, places):
    if "positions" in p and places != PLACES:
        return 0.0
    texts, answers = copying(500, places, torch.Generator().manual_seed(7))
    return (forward(p, texts).argmax(-1) == answers).float().mean().item()


def train(design, seed):
    p, losses = weights(design, seed), []
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.AdamW(p.values(), lr=RATE, weight_decay=0.01)
    for step in range(1, STEPS + 1):
        wave = 0.5 + 0.5 * math.cos(math.pi * step / STEPS)
        optimizer.param_groups[0]["lr"] = RATE * min(1, step / 50) * wave
        texts, answers = copying(TEXTS, PLACES, generator)
        loss = F.cross_entropy(forward(p, texts).flatten(0, 1), answers.flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(p.values(), 1.0)
        optimizer.step()
        losses.append(loss.item())
    curve = torch.tensor(losses).view(PARTS, -1).mean(1)
    return p, curve, torch.tensor([right(p, places) for places in (PLACES, 2 * PLACES, 4 * PLACES)])


def main(designs):
    torch.set_num_threads(1)
    folder = ROOT / "data" / "checkpoints"
    tensors, curves, shares = {}, [], []
    for design in designs:
        runs = []
        for seed in SEEDS:
            start = time.process_time()
            runs.append(train(design, seed))
            found = [round(v, 3) for v in runs[-1][2].tolist()]
            print(design, seed, found, f"{time.process_time() - start:.0f} s", flush=True)
        if design != "large":
            tensors |= {f"{design}.{name}": w.detach() for name, w in runs[0][0].items()}
        curves.append(torch.stack([curve for _, curve, _ in runs]))
        shares.append(torch.stack([share for _, _, share in runs]))
    tensors |= {"curves": torch.stack(curves), "right": torch.stack(shares)}
    save_file(tensors, folder / "experts-recall.safetensors")


if __name__ == "__main__":
    main(sys.argv[1:] or list(DESIGNS))
