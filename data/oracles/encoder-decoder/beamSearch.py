"""beamSearch: where the beam is wide enough, every text there is, scored and sorted; where it is
narrow, the contract's rules word by word.
"""

import itertools
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from table_peers import TableModel  # noqa: E402

o = Oracle("beamSearch", packages=("numpy", "safetensors"))


def scored(log_p, ids, alpha):
    return {"ids": ids, "score": log_p / ((5 + len(ids)) / 6) ** alpha}


def exhaustive(model, begin, end, beams, maxLength, alpha=0.6):
    V, texts = len(model.table[0]), []
    for length in range(1, maxLength + 1):
        for ids in itertools.product(range(V), repeat=length):
            ended = ids[-1] == end
            if end in ids[:-1] or not (ended or length == maxLength):
                continue
            log_p = sum(model.row([begin, *ids[:t]])[id] for t, id in enumerate(ids))
            if log_p > float("-inf"):
                texts.append(scored(log_p, list(ids), alpha))
    assert beams >= len(texts), f"{len(texts)} texts do not fit into {beams} beams"
    return sorted(texts, key=lambda t: -t["score"])


def by_the_rules(model, begin, end, beams, maxLength, alpha=0.6):
    live, finished = [(0.0, [])], []
    while live:
        grown = [
            (log_p + more, ids + [id])
            for log_p, ids in live
            for id, more in enumerate(model.row([begin] + ids))
            if more > float("-inf")
        ]
        stay = sorted(grown, key=lambda candidate: -candidate[0])[:beams]
        live = []
        for log_p, ids in stay:
            if ids[-1] == end or len(ids) == maxLength:
                finished.append(scored(log_p, ids, alpha))
            else:
                live.append((log_p, ids))
    return sorted(finished, key=lambda t: -t["score"])[:beams]


def add(group, says, model, f, **options):
    o.case(group, says, [model.text(), options], lambda *_: f(model, **options))


small = TableModel(o, 7, 3)
add(
    "values",
    "a beam that holds every text",
    small,
    exhaustive,
    begin=1,
    end=0,
    beams=100,
    maxLength=4,
)
add(
    "values",
    "the same without a length penalty",
    small,
    exhaustive,
    begin=1,
    end=0,
    beams=100,
    maxLength=4,
    alpha=0,
)
add(
    "values",
    "a penalty that likes long texts",
    small,
    exhaustive,
    begin=1,
    end=0,
    beams=100,
    maxLength=4,
    alpha=2.5,
)
wide = TableModel(o, 11, 6)
for beams in (1, 2, 4):
    add(
        "values",
        f"{beams} beams, six tokens" if beams > 1 else "one beam, six tokens",
        wide,
        by_the_rules,
        begin=1,
        end=2,
        beams=beams,
        maxLength=8,
    )
add(
    "values",
    "sharp probabilities",
    TableModel(o, 11, 6, scale=4),
    by_the_rules,
    begin=1,
    end=2,
    beams=3,
    maxLength=10,
)
add(
    "values",
    "end is the first id",
    TableModel(o, 11, 5),
    by_the_rules,
    begin=4,
    end=0,
    beams=3,
    maxLength=6,
    alpha=1,
)
impossible = TableModel(o, 5, 4)
for row in impossible.table:
    row[3] = float("-inf")
add(
    "property",
    "a token that is impossible never comes",
    impossible,
    by_the_rules,
    begin=0,
    end=1,
    beams=6,
    maxLength=3,
)
add("shapes", "one round", TableModel(o, 5, 4), by_the_rules, begin=0, end=1, beams=3, maxLength=1)
add(
    "shapes",
    "more beams than tokens",
    TableModel(o, 5, 3),
    by_the_rules,
    begin=0,
    end=1,
    beams=5,
    maxLength=2,
)
endless = TableModel(o, 5, 4)
for row in endless.table:
    row[1] = -30.0
add("shapes", "no text ends by itself", endless, by_the_rules, begin=0, end=1, beams=2, maxLength=5)
options = {"begin": 1, "end": 0, "beams": 2, "maxLength": 3}
o.error("no beams", [small.text(), {**options, "beams": 0}], "beams")
o.error("half a beam", [small.text(), {**options, "beams": 1.5}], "beams")
o.error("no length", [small.text(), {**options, "maxLength": 0}], "maxLength")
o.save()
