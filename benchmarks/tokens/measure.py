"""As measure.mjs."""

import hashlib
import json
import os
import pathlib
import resource
import time
from array import array

peers = pathlib.Path(os.environ["BENCH_PEERS"])


def text(size):
    return (peers / f"text-{size}.txt").read_bytes().decode("utf-8")


def memory():
    return {
        "value": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "unit": "MB",
        "better": "less",
    }


def measure_encoding(load):
    shakespeare = text(5)
    megabytes = len(shakespeare.encode()) / 1e6
    start = time.perf_counter()
    encode = load()
    ids = encode(shakespeare)
    cold = time.perf_counter() - start
    digest, file = hashlib.sha256(array("i", ids).tobytes()).hexdigest(), peers / "ids.sha256"
    if not file.exists():
        file.write_text(digest)
    elif file.read_text() != digest:
        raise SystemExit("the ids differ from those of the program before")
    warm = []
    for _ in range(3):
        start = time.perf_counter()
        encode(shakespeare)
        warm.append(time.perf_counter() - start)
    rate = lambda seconds: {"value": megabytes / seconds, "unit": "MB/s", "better": "more"}
    print(
        json.dumps(
            {
                "encode 5 MB, cold": rate(cold),
                "encode 5 MB, warm": rate(sorted(warm)[1]),
                "memory of encoding": memory(),
            }
        )
    )
