"""The contract's rules for one vocabulary of several modalities, written out as slowly as they are
told: a list of all ids by name.
"""


def all_names(modalities):
    """What each id of the vocabulary means, in order."""
    names = ["pad"]
    for modality in modalities:
        names += [("begin", modality["name"]), ("end", modality["name"])]
        names += [(i, modality["name"]) for i in range(modality["size"])]
    return names


def unify(modalities):
    names = all_names(modalities)
    ranges = {
        m["name"]: {
            "offset": names.index((0, m["name"])),
            "size": m["size"],
            "begin": names.index(("begin", m["name"])),
            "end": names.index(("end", m["name"])),
        }
        for m in modalities
    }
    return {"size": len(names), "modalities": ranges}


def pack(segments, modalities):
    names = all_names(modalities)
    meanings = [
        meaning
        for s in segments
        for meaning in [
            ("begin", s["modality"]),
            *((i, s["modality"]) for i in s["ids"]),
            ("end", s["modality"]),
        ]
    ]
    return [names.index(meaning) for meaning in meanings]


def unpack(ids, modalities):
    names = all_names(modalities)
    segments = []
    for what, modality in (names[i] for i in ids if names[i] != "pad"):
        if what == "begin":
            segments.append({"modality": modality, "ids": []})
        elif what != "end":
            segments[-1]["ids"].append(what)
    return segments


LIFE = [
    {"name": "text", "size": 20},
    {"name": "image", "size": 8},
    {"name": "dna", "size": 5},
    {"name": "cell", "size": 12},
]
