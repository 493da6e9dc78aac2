"""shiftRight: transformers' own shift of the targets, from T5."""

import pathlib
import sys

import torch
from transformers import T5Config, T5ForConditionalGeneration

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("shiftRight")


def shift(target, begin):
    config = T5Config(
        vocab_size=32,
        d_model=8,
        d_kv=4,
        d_ff=8,
        num_layers=1,
        num_heads=2,
        decoder_start_token_id=begin,
        pad_token_id=0,
    )
    return T5ForConditionalGeneration(config)._shift_right(target).int()


o.case("values", "two rows", [o.ids(2, 5, below=30), 1], shift)
o.case("values", "begin is 0", [o.ids(3, 4, below=30), 0], shift)
o.case("values", "a large id", [o.ids(1, 3, below=30), 29], shift)
o.case("shapes", "one column", [o.ids(4, 1, below=30), 7], shift)
o.case("shapes", "one id", [o.ids(1, 1, below=30), 2], shift)
o.case("shapes", "a long row", [o.ids(1, 40, below=30), 1], shift)
o.error("rank 1", [o.ids(4, below=30), 1], "target")
o.error("floats", [o.normal(2, 3), 1], "target")
o.error("no column", [torch.zeros(2, 0, dtype=torch.int32), 1], "target")
o.save()
