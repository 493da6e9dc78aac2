"""What every oracle script uses: seeded inputs, cases evaluated in float64, gradients by autograd,
one file for each function.

A script computes answers with somebody else's implementation (torch, transformers, ...) or with
the paper's formula written out in float64; it never sees the course's own code. Inputs are float32
numbers, so that both sides start from the same values.
"""

import hashlib
import importlib.metadata
import json
import pathlib
import sys

import numpy as np
import torch
from safetensors.numpy import save_file

PACKAGES = ("numpy", "torch", "transformers", "safetensors")


class Ints(list):
    """A JavaScript Int32Array."""


class Map(dict):
    """A JavaScript Map in arguments and answers; a plain dict is a record."""


class Pattern(str):
    """A JavaScript RegExp with the flags gu."""


class Oracle:
    """Collects the cases of one function; save() writes data/reference/<lesson>/<name>.safetensors
    and its line in the manifest.
    """

    def __init__(self, name: str, seed: int = 1, packages: tuple[str, ...] = PACKAGES):
        self.name, self.seed, self.packages = name, seed, packages
        self.rng = np.random.default_rng(seed)
        self.cases, self.tensors = [], {}

    def normal(self, *shape, scale=1.0, mean=0.0):
        return torch.from_numpy(
            np.asarray(mean + scale * self.rng.standard_normal(shape), dtype=np.float32)
        )

    def uniform(self, *shape, low=0.0, high=1.0):
        return torch.from_numpy(np.asarray(self.rng.uniform(low, high, shape), dtype=np.float32))

    def ids(self, *shape, below: int):
        return torch.from_numpy(self.rng.integers(0, below, shape).astype(np.int32))

    def case(
        self,
        group: str,
        title: str,
        args: list,
        f,
        *,
        terms: float | None = None,
        wrt: list[str] | None = None,
        output: str | None = None,
        widen: float = 1.0,
    ):
        """Adds a case. f takes the arguments with float tensors in float64 and returns tensors,
        numbers, lists or dicts.

        terms: the largest sum of absolute terms of the reductions inside; by default the largest
        absolute expected value, at least 1e-3.
        wrt: for group "gradient", paths such as "0" or "1.wq"; differentiated is the sum over all
        float results of result * cos(index).
        output: with wrt, the key of the only result to differentiate.
        widen: multiplies the absolute tolerance, with the reason beside the call.
        """
        wide = _map(
            args,
            lambda v: v.double() if isinstance(v, torch.Tensor) and v.dtype == torch.float32 else v,
        )
        if wrt is None:
            with torch.no_grad():
                expected = f(*wide)
        else:
            expected = self._gradients((lambda *a: f(*a)[output]) if output else f, wide, wrt)
        magnitude = max(
            [
                float(v[v.isfinite()].abs().max())
                for v in _leaves(expected)
                if isinstance(v, torch.Tensor) and v.dtype.is_floating_point and v.isfinite().any()
            ]
            + [1e-3]
        )
        key = f"{len(self.cases)}"
        entry = {
            "group": group,
            "title": title,
            "args": self._store(args, key + ".args"),
            "expected": self._store(expected, key + ".expected"),
            "atol": 1e-6 * widen * max(magnitude, terms or 0.0),
        }
        if wrt is not None:
            entry["wrt"] = wrt
        if output is not None:
            entry["output"] = output
        self.cases.append(entry)

    def error(self, title: str, args: list, names: str):
        """Adds a case in which the function must throw an error that names `names`."""
        key = f"{len(self.cases)}"
        self.cases.append(
            {
                "group": "errors",
                "title": title,
                "args": self._store(args, key + ".args"),
                "throws": names,
                "atol": 0,
            }
        )

    def _gradients(self, f, args, wrt):
        leaves = {}

        def mark(v, path):
            if path in wrt:
                v = v.clone().requires_grad_(True)
                leaves[path] = v
            return v

        def scalar(result):
            return sum(
                (v * torch.cos(torch.arange(v.numel(), dtype=torch.float64)).reshape(v.shape)).sum()
                for v in _leaves(result)
                if isinstance(v, torch.Tensor) and v.dtype.is_floating_point
            )

        marked = _map_paths(args, mark)
        found = torch.autograd.grad(scalar(f(*marked)), [leaves[p] for p in wrt])
        # one directional difference as a sanity check of autograd and of the oracle's own
        # differentiability
        step, direction = (
            1e-6,
            {
                p: torch.randn(
                    leaves[p].shape, dtype=torch.float64, generator=torch.Generator().manual_seed(7)
                )
                for p in wrt
            },
        )
        with torch.no_grad():
            ends = [
                scalar(
                    f(
                        *_map_paths(
                            args, lambda v, p: v + s * step * direction[p] if p in wrt else v
                        )
                    )
                )
                for s in (1, -1)
            ]
        slope, predicted = (
            float((ends[0] - ends[1]) / (2 * step)),
            float(sum((g * direction[p]).sum() for g, p in zip(found, wrt))),
        )
        assert abs(slope - predicted) <= 1e-4 * max(1.0, abs(predicted)), (
            f"{self.name}: autograd says {predicted}, a difference says {slope}"
        )
        return list(found)

    def _store(self, value, key):
        if isinstance(value, torch.Tensor):
            array = value.detach().numpy()
            array = (
                array.astype(np.float32)
                if array.dtype.kind == "f"
                else array.astype(np.int32)
                if array.dtype.kind == "i"
                else array
            )
            self.tensors[key] = np.array(array, order="C")  # keeps rank 0
            return {"$tensor": key}
        if isinstance(value, Ints):
            return {"$ints": list(value)}
        if isinstance(value, (list, tuple)):
            return [self._store(v, f"{key}.{i}") for i, v in enumerate(value)]
        if isinstance(value, bytes):
            return {"$bytes": list(value)}
        if isinstance(value, Pattern):
            return {"$pattern": [str(value), "gu"]}
        if isinstance(value, Map):
            return {"$map": [[k, self._store(v, f"{key}.{k}")] for k, v in value.items()]}
        if isinstance(value, dict):
            return {k: self._store(v, f"{key}.{k}") for k, v in value.items()}
        return value

    def save(self):
        script = pathlib.Path(sys.argv[0]).resolve()
        root = script.parents[3]  # the course, or a folder of private lessons
        reference = root / "data" / "reference"
        path = reference / script.parent.name / f"{self.name}.safetensors"
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".part")
        save_file(self.tensors, aside, metadata={"cases": json.dumps(self.cases)})
        aside.chmod(0o644)  # safetensors writes for its own user alone
        aside.rename(path)
        manifest = reference / "manifest.json"
        entries = json.loads(manifest.read_text()) if manifest.exists() else {}
        entries[path.relative_to(reference).as_posix()] = {
            "function": self.name,
            "script": script.relative_to(root).as_posix(),
            "seed": self.seed,
            "cases": len(self.cases),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "versions": {p: importlib.metadata.version(p).split("+")[0] for p in self.packages},
        }
        manifest.write_text(json.dumps(dict(sorted(entries.items())), indent=1) + "\n")
        print(f"{path.name}: {len(self.cases)} cases, {path.stat().st_size} bytes")


def _map_paths(value, f, path=""):
    at = lambda key: f"{path}.{key}" if path else str(key)
    if isinstance(value, (list, tuple)):
        return [_map_paths(v, f, at(i)) for i, v in enumerate(value)]
    if isinstance(value, dict):
        return {k: _map_paths(v, f, at(k)) for k, v in value.items()}
    return f(value, path)


def _map(value, f):
    return _map_paths(value, lambda v, _: f(v))


def _leaves(value):
    if isinstance(value, (list, tuple, dict)):
        for v in value.values() if isinstance(value, dict) else value:
            yield from _leaves(v)
    else:
        yield value
