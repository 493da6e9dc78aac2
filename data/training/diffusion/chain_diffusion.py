"""Two denoisers of pieces of proteins, one trained with random moves and one without:
data/checkpoints/chain-diffusion.safetensors.

The data are pieces of 24 residues of the nine chains of data/chains.safetensors, Cα atoms only,
without gaps; ubiquitin and Par-3 take no part in training. Each piece is centered and laid along
its principal axes, the longest along x, turned so that residue 0 has x > 0 and residue 8 has y >
0; the third axis makes it a proper rotation. "still" sees the pieces as they lie; "moved" sees
each one turned by a uniform rotation and shifted by a normal vector of 1 Å (AlphaFold 3's
supplement, algorithm 19). Both are plain Transformers of three blocks over residues, width 64,
four heads, in EDM's frame (Karras et al. 2022, arXiv:2206.00364) with noise levels as in
AlphaFold 3: sigma_data · exp(−1.2 + 1.5 · normal). Saved are moving averages of the weights, and
the pieces. Takes some four minutes of one core.
"""

import json
import math
import pathlib
import sys

import torch
import torch.nn.functional as F
from edm import descend, follow, loss_of, optimizer_of, waves
from safetensors.torch import load_file, save_file

DATA = pathlib.Path(__file__).resolve().parents[2]
N, C, HEADS, BLOCKS, SIGMA_DATA = 24, 64, 4, 3, 6.0
BATCH, STEPS, RATE, TEST = 48, 3000, 2e-3, ("ubiquitin", "Par-3")


def laid(piece):
    """The piece centered, its axes of largest, middle and least spread along x, y and z."""
    x = piece - piece.mean(0)
    axes = torch.linalg.eigh(x.T @ x)[1].flip(-1)[:, :2]
    signs = torch.where((x @ axes)[[0, 8], [0, 1]] < 0, -1.0, 1.0)
    first, second = (axes * signs).unbind(-1)
    return x @ torch.stack([first, second, torch.linalg.cross(first, second)], -1)


def pieces():
    """Pieces of the training chains and of the others, [n, 24, 3] each"""
    about = json.loads((DATA / "chains.json").read_text())
    ca = load_file(DATA / "chains.safetensors")["ca"].split([len(c["sequence"]) for c in about])
    found = {True: [], False: []}
    for chain, atoms in zip(about, ca):
        for at in range(len(atoms) - N + 1):
            if not any(at < b < at + N for b in chain["breaks"]):
                found[chain["name"] in TEST].append(laid(atoms[at : at + N]))
    return torch.stack(found[False]), torch.stack(found[True])


def rotations(count, generator=None):
    """Uniform rotations from normalized normal quaternions w, x, y, z (Shoemake 1992)"""
    q = F.normalize(torch.randn(count, 4, generator=generator), dim=-1)
    w, x, y, z = q.unbind(-1)
    rows = [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)]
    rows += [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)]
    rows += [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]
    return torch.stack(rows, -1).reshape(-1, 3, 3)


def tokens(x):
    """[B, 24, 3] → [B, 24, 21]: each atom and the ways to three neighbors on either side"""
    parts = [x]
    for k in (1, 2, 3):
        way = 2 * (x[:, k:] - x[:, :-k])
        parts += [F.pad(way, (0, 0, 0, k)), F.pad(-way, (0, 0, k, 0))]
    return torch.cat(parts, -1)


def start():
    weight = lambda rows, columns, scale=1.0: scale * torch.randn(rows, columns) / math.sqrt(rows)
    w = {"wIn": weight(21, C), "bIn": torch.zeros(C), "wNoise": weight(32, C)}
    w |= {"positions": 0.5 * torch.randn(N, C)}
    for i in range(BLOCKS):
        for norm in ("norm1", "norm2"):
            w |= {f"{i}.{norm}.gamma": torch.ones(C), f"{i}.{norm}.beta": torch.zeros(C)}
        for name in "qkvo":
            scale = 0.4 if name == "o" else 1.0
            w |= {f"{i}.w{name}": weight(C, C, scale), f"{i}.b{name}": torch.zeros(C)}
        w |= {f"{i}.w1": weight(C, 4 * C), f"{i}.b1": torch.zeros(4 * C)}
        w |= {f"{i}.w2": weight(4 * C, C, 0.4), f"{i}.b2": torch.zeros(C)}
    w |= {"norm.gamma": torch.ones(C), "norm.beta": torch.zeros(C)}
    w |= {"wOut": weight(C, 3, 0.1), "bOut": torch.zeros(3)}
    return {name: v.requires_grad_(True) for name, v in w.items()}


def network(w, x, c_noise):
    norm = lambda h, at: F.layer_norm(h, (C,), w[f"{at}.gamma"], w[f"{at}.beta"])
    heads = lambda h: h.unflatten(-1, (HEADS, C // HEADS)).transpose(1, 2)
    h = tokens(x) @ w["wIn"] + w["bIn"] + w["positions"] + (waves(c_noise) @ w["wNoise"])[:, None]
    for i in range(BLOCKS):
        n = norm(h, f"{i}.norm1")
        q, k, v = (heads(n @ w[f"{i}.w{m}"] + w[f"{i}.b{m}"]) for m in "qkv")
        z = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)
        h = h + z @ w[f"{i}.wo"] + w[f"{i}.bo"]
        n = norm(h, f"{i}.norm2")
        h = h + F.gelu(n @ w[f"{i}.w1"] + w[f"{i}.b1"]) @ w[f"{i}.w2"] + w[f"{i}.b2"]
    return norm(h, "norm") @ w["wOut"] + w["bOut"]


def loss_on(w, x, sigma, generator=None):
    return loss_of(lambda z, c_noise: network(w, z, c_noise), x, sigma, SIGMA_DATA, generator)


def levels(count, generator=None):
    return SIGMA_DATA * (1.5 * torch.randn(count, generator=generator) - 1.2).exp()


@torch.no_grad()
def measure(w, x):
    """The loss on pieces as they lie and turned, with the same noise"""
    g = torch.Generator().manual_seed(5)
    turned = x @ rotations(len(x), g).mT
    sigma = levels(len(x), g)
    return [loss_on(w, y, sigma, torch.Generator().manual_seed(6)).item() for y in (x, turned)]


def train(seen, unseen, moves):
    w = start()
    average = {name: v.detach().clone() for name, v in w.items()}
    optimizer, schedule = optimizer_of(w, RATE, STEPS)
    for step in range(STEPS + 1):
        x = seen[torch.randint(len(seen), (BATCH,))]
        if moves:
            x = x @ rotations(BATCH).mT + torch.randn(BATCH, 1, 3)
        loss = loss_on(w, x, levels(BATCH))
        descend(loss, optimizer, schedule)
        follow(average, w, step, 0.998)
        if step % 500 == 0:
            losses = measure(average, seen) + measure(average, unseen)
            print(step, [round(v, 3) for v in losses], flush=True)
    return average


def main(seed=1):
    seen, unseen = pieces()
    print(len(seen), len(unseen), seen.std().item(), flush=True)
    saved = {"pieces.seen": seen, "pieces.unseen": unseen}
    for name, moves in (("still", False), ("moved", True)):
        print(name, flush=True)
        torch.manual_seed(seed)
        saved |= {f"{name}.{key}": v for key, v in train(seen, unseen, moves).items()}
    if seed == 1:
        save_file(saved, DATA / "checkpoints" / "chain-diffusion.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1)
