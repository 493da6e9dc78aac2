"""The four trackers of lesson 14:
data/checkpoints/tracker-{parity,cups}-{direct,scratchpad}.safetensors.

A tracker reads moves and names the state after each: the parity of the bits so far, or the cup
that hides the ball after so many swaps. "direct" reads the start and the moves; "scratchpad" also
reads the state that was written after each move. Causal, pre-norm, ALiBi, exact GELU:
solutions/src/limits/trackerForward.ts is the same model. Some five minutes in all on one free core.
"""

import pathlib
import sys
import time

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
TASKS = {
    "parity": [[0, 1], [1, 0]],
    "cups": [[1, 0, 2], [0, 2, 1], [2, 1, 0]],
}  # table[move][state] is the next state
LENGTHS = {"parity": 10, "cups": 8}  # of the moves in training
STEPS = {
    "parity-direct": 2500,
    "parity-scratchpad": 400,
    "cups-direct": 4000,
    "cups-scratchpad": 1000,
}
LAYERS, HEADS, C, FF, BATCH, RATE, WARMUP = 3, 4, 40, 80, 128, 3e-3, 100


def run(table, moves):
    """The state after each move, from state 0: [B, T] → [B, T]."""
    table, state, states = torch.tensor(table), torch.zeros(len(moves), dtype=torch.long), []
    for t in range(moves.shape[1]):
        state = table[moves[:, t], state]
        states.append(state)
    return torch.stack(states, 1)


def write(moves, states, kinds, scratchpad):
    """What the tracker reads, and at which places it is asked: at its moves."""
    start = torch.full((len(moves), 1), kinds)  # state 0
    if not scratchpad:
        return torch.cat([start, moves], 1), torch.arange(1, moves.shape[1] + 1)
    pairs = torch.stack([torch.cat([start, kinds + states[:, :-1]], 1), moves], 2).flatten(
        1
    )  # state, move, state, move, …
    return pairs, torch.arange(1, pairs.shape[1], 2)


def initial(kinds, states):
    p = {
        "tokens": torch.randn(kinds + states, C) * 0.5,
        "norm.gamma": torch.ones(C),
        "norm.beta": torch.zeros(C),
        "head": torch.randn(C, states) * 0.02,
    }
    for i in range(LAYERS):
        for name in ("norm1", "norm2"):
            p[f"{i}.{name}.gamma"], p[f"{i}.{name}.beta"] = torch.ones(C), torch.zeros(C)
        for name, dIn, dOut, scale in (
            ("wq", C, C, 1),
            ("wk", C, C, 1),
            ("wv", C, C, 1),
            ("wo", C, C, 0.4),
            ("w1", C, FF, 1),
            ("w2", FF, C, 0.4),
        ):
            p[f"{i}.{name}"], p[f"{i}.{name.replace('w', 'b')}"] = (
                torch.randn(dIn, dOut) * scale * dIn**-0.5,
                torch.zeros(dOut),
            )
    return p


def forward(p, ids):
    B, T = ids.shape
    x, place = p["tokens"][ids], torch.arange(T)
    distance = place[:, None] - place[None, :]
    slopes = 2.0 ** (-8 / HEADS * torch.arange(1, HEADS + 1))
    bias = torch.where(distance >= 0, -slopes[:, None, None] * distance, -torch.inf)
    split = lambda y: y.reshape(B, T, HEADS, C // HEADS).transpose(1, 2)
    for i in range(LAYERS):
        of = lambda name: p[f"{i}.{name}"]
        h = F.layer_norm(x, (C,), of("norm1.gamma"), of("norm1.beta"))
        q, k, v = (split(h @ of(f"w{n}") + of(f"b{n}")) for n in "qkv")
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=bias).transpose(1, 2).reshape(B, T, C)
        x = x + y @ of("wo") + of("bo")
        h = F.layer_norm(x, (C,), of("norm2.gamma"), of("norm2.beta"))
        x = x + F.gelu(h @ of("w1") + of("b1")) @ of("w2") + of("b2")
    return F.layer_norm(x, (C,), p["norm.gamma"], p["norm.beta"]) @ p["head"]


def train(task, scratchpad):
    torch.manual_seed(1)
    table, kind = TASKS[task], "scratchpad" if scratchpad else "direct"
    kinds, steps = len(table), STEPS[f"{task}-{kind}"]
    p = {name: w.requires_grad_(True) for name, w in initial(kinds, len(table[0])).items()}
    optimizer = torch.optim.AdamW(p.values(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / WARMUP) * min(1, 4 * (1 - s / steps))
    )
    start = time.time()
    for step in range(steps):
        moves = torch.randint(kinds, (BATCH, LENGTHS[task]))
        states = run(table, moves)
        ids, asked = write(moves, states, kinds, scratchpad)
        logits = forward(p, ids)[:, asked]
        loss = F.cross_entropy(logits.flatten(0, 1), states.flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(p.values(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 250 == 0 or step == steps - 1:
            right = (logits.argmax(-1) == states).float().mean(0)
            print(
                f"{task} {kind} step {step}: loss {loss.item():.4f}, right by place "
                f"{[round(r, 2) for r in right.tolist()]}, {time.time() - start:.0f} s",
                flush=True,
            )
    return {name: w.detach() for name, w in p.items()}


@torch.no_grad()
def exam(p, task, scratchpad, length=40, texts=500):
    """Share of right states by place; with a scratchpad it reads what it wrote itself."""
    table = TASKS[task]
    moves = torch.randint(len(table), (texts, length), generator=torch.Generator().manual_seed(2))
    states = run(table, moves)
    if not scratchpad:
        ids, asked = write(moves, states, len(table), False)
        found = forward(p, ids)[:, asked].argmax(-1)
    else:
        ids, found = torch.full((texts, 1), len(table)), []
        for t in range(length):
            ids = torch.cat([ids, moves[:, t : t + 1]], 1)
            found.append(forward(p, ids)[:, -1].argmax(-1))
            ids = torch.cat([ids, len(table) + found[-1][:, None]], 1)
        found = torch.stack(found, 1)
    return (found == states).float().mean(0)


if __name__ == "__main__":
    torch.set_num_threads(1)
    wanted = sys.argv[1:]
    for task in TASKS:
        for scratchpad in (False, True):
            name = f"tracker-{task}-{'scratchpad' if scratchpad else 'direct'}"
            if wanted and name not in wanted:
                continue
            p = train(task, scratchpad)
            right = exam(p, task, scratchpad)
            n = LENGTHS[task]
            print(
                f"{name}: right at place {n} {right[n - 1]:.3f}, at {2 * n} "
                f"{right[2 * n - 1]:.3f}, at 40 {right[39]:.3f}; by place "
                f"{[round(r, 2) for r in right.tolist()]}"
            )
            save_file(p, ROOT / "data" / "checkpoints" / f"{name}.safetensors")
