"""
geometricAttention: algorithm 6 of Hayes et al. 2024 written out for each head and each pair of
residues, in float64. Where the package esm (Cambrian Open Licence) is installed beside einops, its
own implementation of the layer must agree; it is not needed otherwise:
  pip install --no-deps esm==3.2.1.post1 einops
"""

import importlib.util
import math
import pathlib
import sys

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.protein_peers import draw_frames  # noqa: E402


def geometric(x, frames, params, options):
    H, mask = options["heads"], options.get("mask")
    B, N, C = x.shape
    normed = F.layer_norm(x, (C,), params["norm"]["gamma"], params["norm"]["beta"])
    vectors = (normed @ params["wIn"]).reshape(B, N, 5, H, 3)
    rows = []
    for b in range(B):
        R, t = frames["rotation"][b], frames["translation"][b]
        readable = [j for j in range(N) if mask is None or mask[b, j] != 0]
        for i in range(N):
            told = []
            for h in range(H):
                direction = lambda kind, n: R[n] @ vectors[b, n, kind, h]
                point = lambda kind, n: R[n] @ vectors[b, n, kind, h] + t[n]
                if i not in readable:
                    told.append(torch.zeros(3, dtype=x.dtype))
                    continue
                scores = [
                    F.softplus(params["rotationScale"][h])
                    * torch.dot(direction(0, i), direction(1, j))
                    / math.sqrt(3)
                    - F.softplus(params["distanceScale"][h])
                    * torch.linalg.vector_norm(point(3, i) - point(4, j))
                    / math.sqrt(3)
                    for j in readable
                ]
                exps = [torch.exp(s - max(scores)) for s in scores]
                mean = sum(e * direction(2, j) for e, j in zip(exps, readable)) / sum(exps)
                told.append(R[i].T @ mean)
            rows.append(torch.cat(told) @ params["wOut"])
    return torch.stack(rows).reshape(B, N, C)


class Affine:
    """As much of a rigid frame as the package's layer asks of one."""

    def __init__(self, rotation, translation=None):
        self.rotation, self.translation = rotation, translation

    @property
    def rot(self):
        return Affine(self.rotation)

    def __getitem__(self, key):
        assert key == (Ellipsis, None)
        return Affine(
            self.rotation[..., None, :, :],
            None if self.translation is None else self.translation[..., None, :],
        )

    def invert(self):
        return Affine(self.rotation.transpose(-1, -2))

    def apply(self, points):
        turned = torch.einsum("...ij,...j->...i", self.rotation, points)
        return turned if self.translation is None else turned + self.translation


def package():
    found = importlib.util.find_spec("esm")
    if found is None or importlib.util.find_spec("einops") is None:
        return None
    file = pathlib.Path(found.origin).parent / "layers" / "geom_attention.py"
    spec = importlib.util.spec_from_file_location("geom_attention", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.GeometricReasoningOriginalImpl


PEER = package()


def checked(x, frames, params, options):
    found = geometric(x, frames, params, options)
    if PEER is not None:
        peer = PEER(
            x.shape[2], options["heads"], bias=True
        )  # in float32: its masks do not fit float64
        for of, value in (
            (peer.s_norm.weight, params["norm"]["gamma"]),
            (peer.s_norm.bias, params["norm"]["beta"]),
            (peer.proj.weight, params["wIn"].T),
            (peer.out_proj.weight, params["wOut"].T),
            (peer.rotation_scale_per_head, params["rotationScale"]),
            (peer.distance_scale_per_head, params["distanceScale"]),
        ):
            of.data.copy_(value)
        peer.proj.bias.data.zero_(), peer.out_proj.bias.data.zero_()
        mask = options.get("mask")
        mask = torch.ones(x.shape[:2]).bool() if mask is None else mask != 0
        theirs = peer(
            x.float(),
            Affine(frames["rotation"].float(), frames["translation"].float()),
            mask,
            None,
            torch.zeros(x.shape[:2]).long(),
        )
        assert torch.allclose(theirs.double(), found, atol=1e-5), (theirs - found).abs().max()
    return found


o = Oracle(
    "geometricAttention", packages=("numpy", "scipy", "torch", "transformers", "safetensors")
)


def layer(B, N, C, H, spread=3.0, **more):
    frames = draw_frames(o, B, N)
    frames["translation"] = frames["translation"] * (spread / 3)
    params = {
        "norm": {"gamma": o.uniform(C, low=0.5, high=1.5), "beta": o.normal(C, scale=0.3)},
        "wIn": o.normal(C, 15 * H, scale=C**-0.5),
        "wOut": o.normal(3 * H, C, scale=(3 * H) ** -0.5),
        "rotationScale": o.normal(H),
        "distanceScale": o.normal(H),
    }
    return [o.normal(B, N, C), frames, params, {"heads": H, **more}]


PARAMS = [
    f"2.{name}"
    for name in ("norm.gamma", "norm.beta", "wIn", "wOut", "rotationScale", "distanceScale")
]
o.case("values", "six residues, two heads", layer(1, 6, 8, 2), checked)
o.case("values", "two proteins, three heads", layer(2, 5, 6, 3), checked)
o.case(
    "values", "a protein as wide as a real one", layer(1, 8, 8, 2, spread=20.0), checked, widen=10
)  # float32 keeps coordinates of 50 Å to 4e-6
o.case(
    "values",
    "a mask of float32",
    layer(1, 5, 6, 2, mask=torch.tensor([[1.0, 0, 1, 1, 0]])),
    checked,
)
o.case(
    "values",
    "a bool mask for each protein",
    layer(2, 4, 6, 1, mask=torch.tensor([[True, True, False, False], [False, True, True, True]])),
    checked,
)
o.case("shapes", "one residue", layer(1, 1, 4, 1), checked)
o.case("shapes", "one feature, four heads", layer(1, 3, 1, 4), checked)
o.case(
    "property", "no residue has a frame", layer(1, 3, 4, 2, mask=torch.zeros(1, 3).int()), geometric
)
o.case(
    "gradient",
    "features, frames and weights",
    layer(1, 4, 5, 2),
    geometric,
    wrt=["0", "1.rotation", "1.translation", *PARAMS],
    terms=5,
)
o.case(
    "gradient",
    "through a mask",
    layer(2, 3, 4, 1, mask=torch.tensor([[1, 1, 0], [1, 1, 1]]).int()),
    geometric,
    wrt=["0", "1.rotation", "1.translation", *PARAMS],
    terms=5,
)
args = layer(1, 3, 4, 2)
o.error("wIn is made for another number of heads", [*args[:3], {"heads": 3}], "wIn")
o.error("x has rank two", [o.normal(3, 4), *args[1:]], "x")
o.error("frames of another protein", [args[0], draw_frames(o, 1, 4), *args[2:]], "frames")
o.error(
    "wOut gives another width", [*args[:2], {**args[2], "wOut": o.normal(6, 5)}, args[3]], "wOut"
)
o.error(
    "one scale for two heads",
    [*args[:2], {**args[2], "rotationScale": o.normal(1)}, args[3]],
    "rotationScale",
)
o.error("the mask has no batch", [*args[:3], {"heads": 2, "mask": torch.ones(3)}], "mask")
o.error("half a head", [*args[:3], {"heads": 0.5}], "heads")
x, frames, params, options = layer(1, 3, 4, 2)
params["wIn"][:, 18:] = (
    # no columns for the points: each residue's query and key meet in its own place, at a distance
    # of 0
    0
)
o.case(
    "gradient",
    "points that meet",
    [x, frames, params, options],
    geometric,
    wrt=["0", "1.rotation", "1.translation", *PARAMS],
    terms=5,
)
o.save()
