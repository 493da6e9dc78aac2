"""tokenDropout: transformers' EsmEmbeddings, its table replaced by one row for each token."""

import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from transformers import EsmConfig  # noqa: E402
from transformers.models.esm.modeling_esm import EsmEmbeddings  # noqa: E402

o = Oracle("tokenDropout")


class Given(torch.nn.Module):
    """A table that gives the same vectors whatever it is asked."""

    def __init__(self, vectors):
        super().__init__()
        self.vectors = vectors

    def forward(self, _):
        return self.vectors


def drop(x, ids, options):
    """Only for the share that all ESM models were trained with, which EsmEmbeddings has inside."""
    assert "trained" not in options
    embeddings = EsmEmbeddings(
        EsmConfig(
            vocab_size=40,
            hidden_size=x.shape[-1],
            pad_token_id=0,
            mask_token_id=options["maskId"],
            position_embedding_type="rotary",
            token_dropout=True,
            emb_layer_norm_before=False,
        )
    ).double()
    embeddings.word_embeddings = Given(x)
    lengths = options.get("lengths")
    attending = None if lengths is None else (torch.arange(x.shape[1]) < lengths[:, None]).long()
    return embeddings(input_ids=ids.long(), attention_mask=attending)


def formula(x, ids, options):
    """The same, written out, for another share and for a text that is masked throughout."""
    rows = []
    for vectors, tokens in zip(x, ids):
        hidden = [int(t) == options["maskId"] for t in tokens]
        if all(hidden):
            rows.append(torch.zeros_like(vectors))
            continue
        factor = (1 - options.get("trained", 0.12)) * len(hidden) / (len(hidden) - sum(hidden))
        rows.append(torch.stack([v * (0.0 if h else factor) for v, h in zip(vectors, hidden)]))
    return torch.stack(rows)


ints = lambda *rows: torch.tensor(rows, dtype=torch.int32)
MASK = 32
some = ints([5, MASK, 7, 8], [MASK, 9, MASK, MASK], [4, 5, 6, 7])
o.case(
    "values", "one, three and no masked token", [o.normal(3, 4, 5), some, {"maskId": MASK}], drop
)
long = o.ids(4, 30, below=20) + 4
long[o.uniform(4, 30) < 0.15] = MASK
o.case(
    "values", "30 residues, about 15 % masked", [o.normal(4, 30, 6), long, {"maskId": MASK}], drop
)
padded = ints([5, MASK, 7, 0, 0, 0], [MASK, 9, 8, MASK, 4, 0], [4, 5, 6, 7, 8, MASK])
lengths = torch.tensor([3, 5, 6], dtype=torch.int32)
o.case(
    "values",
    "padding behind two of the sequences",
    [o.normal(3, 6, 4), padded, {"maskId": MASK, "lengths": lengths}],
    drop,
)
o.case(
    "values",
    "lengths without padding",
    [
        o.normal(3, 4, 2),
        some,
        {"maskId": MASK, "lengths": torch.tensor([4] * 3, dtype=torch.int32)},
    ],
    drop,
)
o.case(
    "values",
    "half of the tokens were hidden in training",
    [o.normal(3, 4, 3), some, {"maskId": MASK, "trained": 0.5}],
    formula,
)
o.case(
    "values",
    "nothing was hidden in training, as dropout scales",
    [o.normal(3, 4, 3), some, {"maskId": MASK, "trained": 0}],
    formula,
)
o.case(
    "property",
    "a text that is masked throughout",
    [o.normal(2, 3, 2), ints([MASK] * 3, [5, 6, MASK]), {"maskId": MASK}],
    formula,
)
o.case("shapes", "one token", [o.normal(1, 1, 3), ints([7]), {"maskId": MASK}], drop)
o.case(
    "shapes", "one feature", [o.normal(2, 3, 1), ints([1, 2, 3], [2, 1, 1]), {"maskId": 2}], drop
)
o.case("gradient", "x", [o.normal(3, 4, 2), some, {"maskId": MASK}], drop, wrt=["0"])
o.error("ids for another batch", [o.normal(2, 4, 3), some, {"maskId": MASK}], "ids")
o.error("ids that aren't whole", [o.normal(1, 2, 3), o.normal(1, 2), {"maskId": 1}], "ids")
o.error("x without features", [o.normal(3, 4), some, {"maskId": MASK}], "x")
o.error(
    "a length over T",
    [
        o.normal(3, 4, 2),
        some,
        {"maskId": MASK, "lengths": torch.tensor([4, 5, 4], dtype=torch.int32)},
    ],
    "lengths",
)
o.error(
    "all tokens hidden in training",
    [o.normal(3, 4, 2), some, {"maskId": MASK, "trained": 1}],
    "trained",
)
o.case(
    "values",
    "the mask is id 0",
    [o.normal(2, 4, 3), ints([0, 5, 6, 7], [5, 0, 0, 8]), {"maskId": 0}],
    formula,
)


def padded(x, ids, options):
    """formula for each text without its padding, which becomes zeros."""
    rows = []
    for vectors, tokens, length in zip(x, ids, options["lengths"].tolist()):
        text = formula(vectors[None, :length], tokens[None, :length], options)[0]
        rows.append(torch.cat([text, torch.zeros_like(vectors[length:])]))
    return torch.stack(rows)


o.case(
    "values",
    "another share in training, and padding",
    [
        o.normal(2, 4, 3),
        ints([4, 5, 6, 7], [5, 4, 1, 1]),
        {"maskId": 4, "trained": 0.4, "lengths": torch.tensor([4, 2], dtype=torch.int32)},
    ],
    padded,
)
o.save()
