"""English number words to German ones for lesson 10: data/checkpoints/number-words.safetensors and
data/number-words.txt.gz.

Pairs by PyPI's num2words 0.5.14 (LGPL, which does not reach what it writes). The numbers 0–9999
stand in an order drawn by a seed: the first 2,000 are learned from, the others are held out; 500
from 10,000 on follow. English is cut at spaces, commas and hyphens; German, which writes a number
as one word, is cut into pieces, longest first, that join to the word again.
"""

import gzip
import random
import sys

import torch
from seq2seq import END, ROOT, Seq2Seq, padded, train, wheel

LEARNED, BEYOND, STEPS = 2000, 500, 1500
UNITS = (
    "null eins ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf sechzehn siebzehn"
).split()
PIECES = (
    UNITS
    + "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend und".split()
)


def english(number, words):
    return words(number).replace(",", "").replace("-", " ").split()


def german(number, words):
    word, pieces = words(number, lang="de"), []
    while word:
        piece = max((p for p in PIECES if word.startswith(p)), key=len)
        pieces.append(piece)
        word = word[len(piece) :]
    return pieces


def pairs():
    sys.path.insert(0, str(wheel("num2words", "0.5.14")))
    from num2words import num2words

    draw = random.Random(1)
    numbers = draw.sample(range(10000), 10000) + draw.sample(range(10000, 1000000), BEYOND)
    return [(n, english(n, num2words), german(n, num2words)) for n in numbers]


def main():
    torch.manual_seed(1)
    every = pairs()
    text = "".join(f"{n}\t{' '.join(e)}\t{' '.join(g)}\n" for n, e, g in every)
    (ROOT / "data" / "number-words.txt.gz").write_bytes(gzip.compress(text.encode("utf8"), mtime=0))
    vocabularies = [
        ["<pad>", "<begin>", "<end>", *sorted({w for pair in every for w in pair[side]})]
        for side in (1, 2)
    ]
    ids = [{w: i for i, w in enumerate(vocabulary)} for vocabulary in vocabularies]
    rows = [[[ids[side][w] for w in pair[side + 1]] + [END] for side in (0, 1)] for pair in every]
    learned, held, beyond = rows[:LEARNED], rows[LEARNED:-BEYOND], rows[-BEYOND:]
    print([len(v) for v in vocabularies], flush=True)

    def batches():
        draw = random.Random(2)
        while True:
            chosen = draw.sample(learned, 128)
            yield padded([s for s, _ in chosen]), padded([t for _, t in chosen])

    model = Seq2Seq(*map(len, vocabularies), width=64, heads=4, inner=128, layers=2, dropout=0.1)
    train(model, batches(), STEPS, warmup=300)
    for name, some in (("learned", learned), ("held out", held), ("from 10,000 on", beyond)):
        right = sum(
            guess == t[:-1]
            for guess, (_, t) in zip(model.greedy(padded([s for s, _ in some]), 20), some)
        ) / len(some)
        print(f"{name}: {right:.4f} right")
    model.save("number-words")


if __name__ == "__main__":
    main()
