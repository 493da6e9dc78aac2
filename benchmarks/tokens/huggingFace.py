"""Hugging Face's tokenizers (Rust) on one thread: `encode`, or `train 1` and `train 5` to 10,000
ids.
"""

import json
import os
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["RAYON_NUM_THREADS"] = "1"
from measure import measure_encoding, memory, peers, text


def load():
    from tokenizers import ByteLevelBPETokenizer

    gpt2 = ByteLevelBPETokenizer(str(peers / "vocab.json"), str(peers / "merges.txt"))
    return lambda shakespeare: gpt2.encode(shakespeare).ids


def train(size):
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    shakespeare = text(size)
    start = time.perf_counter()
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    bpe.train_from_iterator(
        [shakespeare],
        trainers.BpeTrainer(vocab_size=10_000, initial_alphabet=alphabet, show_progress=False),
    )
    seconds = time.perf_counter() - start
    print(
        json.dumps(
            {
                f"train on {size} MB": {"value": seconds, "unit": "s", "better": "less"},
                f"memory of training on {size} MB": memory(),
            }
        )
    )


measure_encoding(load) if sys.argv[1] == "encode" else train(sys.argv[2])
