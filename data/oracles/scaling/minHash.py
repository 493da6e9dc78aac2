"""minHash: MurmurHash3's last steps in Python's own integers, cut to 32 bits, and the least."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

BITS = 2**32 - 1


def mixed(number, seed):
    h = number ^ ((seed + 1) * 0x9E3779B1 & BITS)
    h = ((h ^ h >> 16) * 0x85EBCA6B) & BITS
    h = ((h ^ h >> 13) * 0xC2B2AE35) & BITS
    return h ^ h >> 16


def signature(ids, K):
    return [min([mixed(i, seed) for i in ids], default=2**32) for seed in range(K)]


o = Oracle("minHash", packages=("numpy", "torch", "safetensors"))
ids = lambda n: [int(i) for i in o.rng.integers(0, 2**32, n)]
o.case("values", "ten ids", [ids(10), 16], signature)
o.case("values", "small numbers", [[0, 1, 2, 3], 10], signature)
o.case("values", "one id", [[123456789], 5], signature)
o.case("values", "one hash function", [ids(20), 1], signature)
o.case("values", "above 2³¹", [[2**31, 2**31 + 1, 2**32 - 1], 12], signature)
o.case("values", "two hundred ids", [ids(200), 64], signature)
same = ids(7)
o.case("property", "ids come twice", [[*same, *same[::-1]], 9], signature)
o.case("shapes", "an empty set", [[], 4], signature)
o.error("K is 0", [[1], 0], "K")
o.error("K is half", [[1], 0.5], "K")
o.save()
