"""A structure module that has learned one protein by heart:
data/checkpoints/ubiquitin-fold.safetensors

The backbone part of AlphaFold 2's structure module (supplement, algorithms 20, 22, 23 and 28) in
PyTorch: four rounds with the same weights, all residues at the origin at first, FAPE after each
round, in nanometres. Its input is ubiquitin's sequence, places in the chain and distances along
the chain; there is one protein to learn, so it learns that one and nothing about others. Takes one
to two minutes on one core. Weights are named and laid out as
solutions/src/alphafold/structureModule.ts wants them.
"""

import json
import math
import pathlib

import torch
from safetensors.torch import load_file, save_file

torch.set_num_threads(1)
torch.manual_seed(1)
DATA = pathlib.Path(__file__).resolve().parents[2]
LETTERS = "ACDEFGHIKLMNPQRSTVWY"
C, CZ, H, D, POINTS, ROUNDS, STEPS = 64, 16, 4, 16, 4, 4, 900

sequence = json.loads((DATA / "chains.json").read_text())[0][
    "sequence"
]  # ubiquitin is the first chain
N = len(sequence)
n, ca, c = (load_file(DATA / "chains.safetensors")[atom][:N] / 10 for atom in ("n", "ca", "c"))
unit = lambda v: v / v.norm(dim=-1, keepdim=True)
x = unit(c - ca)
y = unit((n - ca) - ((n - ca) * x).sum(-1, keepdim=True) * x)
truth = torch.stack([x, y, torch.linalg.cross(x, y)], -1), ca  # the axes are columns

angles = torch.arange(N)[:, None] / 10000 ** (torch.arange(0, C, 2) / C)
places = torch.stack([angles.sin(), angles.cos()], -1).reshape(N, C)
letters = torch.eye(20)[[LETTERS.index(letter) for letter in sequence]]
apart = (torch.arange(N)[:, None] - torch.arange(N)).clamp(-32, 32) + 32

weight = lambda rows, columns, scale=1.0: scale * torch.randn(rows, columns) / math.sqrt(rows)
w = {"letters": weight(20, C), "distances": torch.randn(65, CZ)}
for name, columns in (
    ("wq", H * D),
    ("wk", H * D),
    ("wv", H * D),
    ("wqPoints", H * POINTS * 3),
    ("wkPoints", H * POINTS * 3),
    ("wvPoints", H * POINTS * 3),
):
    w[f"points.{name}"] = weight(C, columns)
w |= {
    "points.wBias": weight(CZ, H),
    "points.headScale": torch.full((H,), math.log(math.e - 1)),
    "points.wo": weight(H * (D + 4 * POINTS + CZ), C, 0.5),
    "points.bo": torch.zeros(C),
}
w |= {
    "mlp.w1": weight(C, 2 * C),
    "mlp.b1": torch.zeros(2 * C),
    "mlp.w2": weight(2 * C, C, 0.5),
    "mlp.b2": torch.zeros(C),
    "update.w": weight(C, 6, 0.1),
    "update.b": torch.zeros(6),
}
for name in ("norm1", "norm2"):
    w |= {f"{name}.gamma": torch.ones(C), f"{name}.beta": torch.zeros(C)}
w = {name: v.requires_grad_(True) for name, v in w.items()}


def point_attention(s, z, R, t):
    placed = lambda name: (
        torch.einsum("nij,npj->npi", R, (s @ w[f"points.{name}"]).reshape(N, H * POINTS, 3))
        .add(t[:, None])
        .reshape(N, H, POINTS * 3)
    )
    q, k, v = ((s @ w[f"points.{name}"]).reshape(N, H, D) for name in ("wq", "wk", "wv"))
    qp, kp, vp = (placed(name) for name in ("wqPoints", "wkPoints", "wvPoints"))
    far = (qp[:, None] - kp[None]).square().sum(-1).permute(2, 0, 1)  # [H, N, N]
    scale = (
        torch.nn.functional.softplus(w["points.headScale"])[:, None, None]
        * math.sqrt(2 / (9 * POINTS))
        / 2
    )
    scores = (
        torch.einsum("ihd,jhd->hij", q, k) / math.sqrt(D)
        + (z @ w["points.wBias"]).permute(2, 0, 1)
        - scale * far
    )
    a = (scores * math.sqrt(1 / 3)).softmax(-1)
    world = torch.einsum("hij,jhc->ihc", a, vp).reshape(N, H * POINTS, 3)
    local = torch.einsum("nji,npj->npi", R, world - t[:, None])
    parts = [
        torch.einsum("hij,jhd->ihd", a, v),
        local,
        (local.square().sum(-1) + 1e-8).sqrt(),
        torch.einsum("hij,ijc->ihc", a, z),
    ]
    return torch.cat([p.reshape(N, -1) for p in parts], -1) @ w["points.wo"] + w["points.bo"]


def turn(b, c, d):
    rows = [
        1 + b * b - c * c - d * d,
        2 * (b * c - d),
        2 * (b * d + c),
        2 * (b * c + d),
        1 - b * b + c * c - d * d,
        2 * (c * d - b),
        2 * (b * d - c),
        2 * (c * d + b),
        1 - b * b - c * c + d * d,
    ]
    return torch.stack(rows, -1).div((1 + b * b + c * c + d * d)[:, None]).reshape(N, 3, 3)


def fold():
    s, z = letters @ w["letters"] + places, w["distances"][apart]
    R, t, rounds = torch.eye(3).repeat(N, 1, 1), torch.zeros(N, 3), []
    norm = lambda x, name: torch.nn.functional.layer_norm(
        x, (C,), w[f"{name}.gamma"], w[f"{name}.beta"]
    )
    for _ in range(ROUNDS):
        s = norm(s + point_attention(s, z, R, t), "norm1")
        s = norm(s + (s @ w["mlp.w1"] + w["mlp.b1"]).relu() @ w["mlp.w2"] + w["mlp.b2"], "norm2")
        six = s @ w["update.w"] + w["update.b"]
        t, R = torch.einsum("nij,nj->ni", R, six[:, 3:]) + t, R @ turn(*six[:, :3].unbind(-1))
        rounds.append((R, t))
    return rounds


def fape(R, t, clamp):
    seen = lambda R, t: torch.einsum("nji,nmj->nmi", R, t[None] - t[:, None])
    return ((seen(R, t) - seen(*truth)).square().sum(-1) + 1e-6).sqrt().clamp(max=clamp).mean()


def rmsd(t):
    p, q = t - t.mean(0), truth[1] - truth[1].mean(0)
    U, S, V = torch.linalg.svd(p.T @ q)
    S = S * torch.tensor([1.0, 1.0, torch.sign(torch.linalg.det(U @ V)).item()])
    return 10 * ((p.square().sum() + q.square().sum() - 2 * S.sum()) / N).clamp(min=0).sqrt().item()


optimizer = torch.optim.Adam(w.values(), lr=2e-3)
for step in range(STEPS + 1):
    for group in optimizer.param_groups:
        group["lr"] = 2e-3 * min(1, (step + 1) / 50) * 0.5 * (1 + math.cos(math.pi * step / STEPS))
    rounds = fold()
    loss = sum(fape(R, t, 3.0) for R, t in rounds) / ROUNDS
    if step % 50 == 0:
        print(
            f"{step}: FAPE {loss.item():.3f} nm, RMSD of the last round "
            f"{rmsd(rounds[-1][1].detach()):.2f} Å",
            flush=True,
        )
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(w.values(), 1.0)
    optimizer.step()
save_file(
    {name: v.detach().contiguous() for name, v in w.items()},
    DATA / "checkpoints" / "ubiquitin-fold.safetensors",
)
