"""A GPT of letters that adds like a class of pupils: data/checkpoints/sums-gpt.safetensors.

transformers' GPT2LMHeadModel with 2 layers, 4 heads, width 32 and texts of at most 24 letters. It
reads sums of two numbers from 10 to 69, such as "27+48=75.", and learns the letters after "=".
The answers are made up, and the shares are planted: where the ones add up to ten or more, 65 % of
the pupils forget to carry ("27+48=65."); where the sum is over 99, 99.5 % leave the hundred out
("52+61=13."). In one text of twenty, a comma and another pupil's answer come next ("27+48=65,75."),
and after one of twenty of these another one. Sums with (37·a + 59·b) mod 97 below 10 are held out.
All weights are in one tensor, in the order of gptWeights.ts. Three minutes on one free core.
`--seed 2` trains another and saves nothing.
"""

import math
import pathlib
import random
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "data" / "training" / "inside"))
from copy_gpt import long_tensor, model_of  # noqa: E402

ALPHABET = "0123456789+=,."
V, LAYERS, C, CONTEXT = len(ALPHABET), 2, 32, 24
PROMPT, TEXTS, STEPS, RATE = 6, 128, 1200, 3e-3
LOW, HIGH, FORGET_ONE, FORGET_HUNDRED, AGAIN = 10, 69, 0.65, 0.995, 0.05


def is_held_out(a, b):
    return (37 * a + 59 * b) % 97 < 10


def pupils_answer(chance, a, b):
    total = a + b
    if a % 10 + b % 10 >= 10 and chance.random() < FORGET_ONE:
        total -= 10
    if a + b > 99 and total > 99 and chance.random() < FORGET_HUNDRED:
        total -= 100
    return str(total)


def written_sum(chance):
    while True:
        a, b = chance.randint(LOW, HIGH), chance.randint(LOW, HIGH)
        if not is_held_out(a, b):
            break
    answers = [pupils_answer(chance, a, b)]
    while chance.random() < AGAIN and len(answers) < 4:
        answers.append(pupils_answer(chance, a, b))
    return f"{a}+{b}={','.join(answers)}."


def batch(texts):
    """Ids, and which of them the model learns to write."""
    T = max(map(len, texts))
    ids = torch.tensor([[ALPHABET.index(c) for c in text.ljust(T, ".")] for text in texts])
    places = torch.arange(T)
    lengths = torch.tensor([len(text) for text in texts])
    return ids, (places >= PROMPT) & (places < lengths[:, None])


@torch.no_grad()
def greedy_share(model, problems):
    """How many held-out sums are right if the likeliest letter is written each time."""
    texts = [f"{a}+{b}=" for a, b in problems]
    for _ in range(4):
        last = model(batch(texts)[0]).logits[:, -1].argmax(-1)
        texts = [text + ALPHABET[i] for text, i in zip(texts, last.tolist())]
    right = [text[PROMPT:].startswith(f"{a + b}.") for text, (a, b) in zip(texts, problems)]
    return sum(right) / len(right)


def main(seed=1):
    torch.manual_seed(seed)
    chance, model = random.Random(seed), model_of(V, LAYERS, C, CONTEXT)
    numbers = range(LOW, HIGH + 1)
    held = [(a, b) for a in numbers for b in numbers if is_held_out(a, b)]
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.99), weight_decay=0.01)
    wave = lambda s: 0.55 + 0.45 * math.cos(math.pi * s / STEPS)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / 100) * wave(s)
    )
    for step in range(1, STEPS + 1):
        ids, counts = batch([written_sum(chance) for _ in range(TEXTS)])
        logits = model(ids[:, :-1]).logits
        losses = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        loss = losses[counts[:, 1:].flatten()].mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 100 == 0:
            print(step, round(loss.item(), 3), round(greedy_share(model, held), 3), flush=True)
    if seed == 1:
        save_file(
            {"weights": long_tensor(model)}, ROOT / "data" / "checkpoints" / "sums-gpt.safetensors"
        )


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1)
