"""Where lesson 18's rates and ridges come from: a search that prints a table and keeps nothing.

The model is data/checkpoints/plays-gpt.safetensors, the task that of the lesson: 16 letters of a
new play, has the word ended? The items are other cuts of the two plays than the lesson's, drawn by
another generator: two draws of 8 and of 128 to learn from, and 2,000 to compare rates on. Each way
is measured after 24 and 100 steps. A question is two sets of letters: the summed share of one
against that of the other. Tuning is trained and judged by the same question; each question's line
without steps is the model before tuning. "best border" moves the border of 0.5 to where it fits the
2,000 items best, before and after tuning. Three minutes on one free core.
"""

import random

import torch
import torch.nn.functional as F
from plays_gpt import ALPHABET, ROOT, SEEN, V, plays
from copy_gpt import C, CONTEXT, LAYERS, model_of  # on the path that plays_gpt has set
from safetensors.torch import load_file

T, BATCH, RANK, STEPS, SEEDS = 16, 16, 4, (24, 100), (1, 2)
RATES = {"full": (3e-5, 1e-4, 3e-4, 1e-3), "lora": (2e-4, 5e-4, 2e-3, 5e-3)}
LETTERS = ALPHABET[1:27]
QUESTIONS = {"ends": (" .?", LETTERS), "space or e": (" ", "e"), "y or n": ("y", "n")}
RIDGES = (0.1, 1.0, 10.0, 100.0)


def load():
    """The inverse of copy_gpt's long_tensor."""
    model = model_of(V)
    weights = load_file(ROOT / "data" / "checkpoints" / "plays-gpt.safetensors")["weights"]
    at = 0

    def take(*shape):
        nonlocal at
        size = torch.Size(shape).numel()
        part = weights[at : at + size].reshape(shape)
        at += size
        return part

    t = model.transformer
    with torch.no_grad():
        t.wte.weight.copy_(take(V, C))
        t.wpe.weight.copy_(take(CONTEXT, C))
        for b in t.h:
            b.ln_1.weight.copy_(take(C))
            b.ln_1.bias.copy_(take(C))
            pairs = [(take(C, C), take(C)) for _ in "qkv"]
            b.attn.c_attn.weight.copy_(torch.cat([w for w, _ in pairs], 1))
            b.attn.c_attn.bias.copy_(torch.cat([bias for _, bias in pairs]))
            b.attn.c_proj.weight.copy_(take(C, C))
            b.attn.c_proj.bias.copy_(take(C))
            b.ln_2.weight.copy_(take(C))
            b.ln_2.bias.copy_(take(C))
            b.mlp.c_fc.weight.copy_(take(C, 4 * C))
            b.mlp.c_fc.bias.copy_(take(4 * C))
            b.mlp.c_proj.weight.copy_(take(4 * C, C))
            b.mlp.c_proj.bias.copy_(take(C))
        t.ln_f.weight.copy_(take(C))
        t.ln_f.bias.copy_(take(C))
    assert at == len(weights) and len(t.h) == LAYERS
    return model


class Lora(torch.nn.Module):
    """A matrix [in, out] of transformers' with rank 4 beside each block of 64 or 256 columns."""

    def __init__(self, base):
        super().__init__()
        self.base = base
        rows, columns = base.weight.shape
        self.parts = columns // C if columns == 3 * C else 1
        self.a = torch.nn.Parameter(torch.randn(self.parts, rows, RANK) * rows**-0.5)
        self.b = torch.nn.Parameter(torch.zeros(self.parts, RANK, columns // self.parts))

    def forward(self, x):
        change = [2 * (x @ a) @ b for a, b in zip(self.a, self.b, strict=True)]
        return self.base(x) + torch.cat(change, -1)


def with_lora(model):
    for p in model.parameters():
        p.requires_grad_(False)
    for b in model.transformer.h:
        b.attn.c_attn, b.attn.c_proj = Lora(b.attn.c_attn), Lora(b.attn.c_proj)
        b.mlp.c_fc, b.mlp.c_proj = Lora(b.mlp.c_fc), Lora(b.mlp.c_proj)
    return model


def draw_items(text, count, dice):
    """[count, 16] and whether the word has ended, in turn."""
    rows, ended = [], []
    while len(rows) < count:
        at = dice.randrange(200, len(text) - 200)
        end = text[at] in " .?"
        if text[at - 1] not in " .?" and end == (len(rows) % 2 == 0):
            rows.append([ALPHABET.index(c) for c in text[at - T : at]])
            ended.append(end)
    return torch.tensor(rows), torch.tensor(ended)


def answers(model, ids, question):
    """Log shares of the two answers, [N, 2], up to a constant."""
    logits = model(ids).logits[:, -1]
    sets = [[ALPHABET.index(c) for c in signs] for signs in QUESTIONS[question]]
    return torch.stack([logits[:, some].logsumexp(-1) for some in sets], -1)


def right(model, ids, ended, question):
    """The share of right answers at the border 0.5, and at the best one."""
    with torch.no_grad():
        pair = answers(model, ids, question)
    margin = pair[:, 0] - pair[:, 1]
    at = lambda border: ((margin > border) == ended).float().mean().item()
    return at(0.0), max(at(border) for border in torch.linspace(-5, 5, 101).tolist())


def tuned(way, rate, seed, examples, judge, question):
    torch.manual_seed(seed)
    model = load() if way == "full" else with_lora(load())
    learns = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learns, lr=rate, weight_decay=0.0)
    ids, ended = examples
    found = []
    for step in range(1, STEPS[-1] + 1):
        some = torch.randperm(len(ids))[:BATCH]
        targets = torch.where(ended[some], 0, 1)
        loss = F.cross_entropy(answers(model, ids[some], question), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step in STEPS:
            found += right(model, *judge, question)
    return found


def probe(x, ended, ridge, judge_x, judge_ended):
    center, y = x.mean(0), ended.float() - ended.float().mean()
    X = x - center
    w = torch.linalg.solve(X.T @ X + ridge * torch.eye(X.shape[1]), X.T @ y)
    scores = (judge_x - center) @ w + ended.float().mean()
    return ((scores > 0.5) == judge_ended).float().mean().item()


def main():
    text, dice = " ".join(plays()[SEEN:]), random.Random(1)
    pool, judge = draw_items(text, 256, dice), draw_items(text, 2000, dice)
    base = load().eval()
    for question in QUESTIONS:
        print(question, [round(share, 3) for share in right(base, *judge, question)])
    hidden = lambda ids: base(ids, output_hidden_states=True).hidden_states[-1][:, -1].detach()
    letters = lambda ids: F.one_hot(ids[:, -2:], V).flatten(1).float()
    some = lambda n, seed: [part[(seed - 1) * 128 : (seed - 1) * 128 + n] for part in pool]
    mean = lambda values: round(sum(values) / len(values), 3)
    for n in (8, 128):
        for name, features in (("hidden", hidden), ("letters", letters)):
            for ridge in RIDGES:
                runs = [
                    probe(features(ids), ended, ridge, features(judge[0]), judge[1])
                    for ids, ended in (some(n, seed) for seed in SEEDS)
                ]
                print("probe", name, n, ridge, mean(runs))
    print("right and right at the best border, after", STEPS, "steps")
    for question in QUESTIONS:
        for n in (8, 128) if question == "ends" else (128,):
            for way, rates in RATES.items():
                for rate in rates:
                    runs = [
                        tuned(way, rate, seed, some(n, seed), judge, question) for seed in SEEDS
                    ]
                    columns = [mean(column) for column in zip(*runs, strict=True)]
                    print(question, n, way, rate, columns, flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
