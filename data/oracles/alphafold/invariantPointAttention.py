"""invariantPointAttention: transformers' EsmFoldInvariantPointAttention in float64. Its frames are
rounded to float32, which changes nothing for frames that are float32 already; gradients, for which
it would matter, come from algorithm 22 written out, which is held to it on every case."""

import math
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402
from shared.protein_peers import apply, draw_frames, invert  # noqa: E402
from transformers import EsmConfig  # noqa: E402
from transformers.models.esm.modeling_esmfold import EsmFoldInvariantPointAttention  # noqa: E402
from transformers.models.esm.openfold_utils.rigid_utils import Rigid, Rotation  # noqa: E402

o = Oracle("invariantPointAttention")
BIASES = {
    "bq": "wq",
    "bk": "wk",
    "bv": "wv",
    "bqPoints": "wqPoints",
    "bkPoints": "wkPoints",
    "bvPoints": "wvPoints",
    "bo": "wo",
}


def weights(C, Cz, H, D, Pq, Pv, biases=False):
    w = lambda rows, columns: o.normal(rows, columns, scale=rows**-0.5)
    p = {
        "wq": w(C, H * D),
        "wk": w(C, H * D),
        "wv": w(C, H * D),
        "wqPoints": w(C, H * Pq * 3),
        "wkPoints": w(C, H * Pq * 3),
        "wvPoints": w(C, H * Pv * 3),
        "wBias": w(Cz, H),
        "headScale": o.normal(H, mean=-1),
        "wo": w(H * (D + 4 * Pv + Cz), C),
    }
    return p | (
        {b: o.normal(p[name].shape[1], scale=0.5) for b, name in BIASES.items()} if biases else {}
    )


def written_out(s, z, frames, p, options):
    H, Pq, mask = options["heads"], options["queryPoints"], options.get("mask")
    B, N, _ = s.shape
    D, zero = p["wq"].shape[1] // H, torch.zeros(1).double()
    column = lambda i, name: s[:, i] @ p[f"w{name}"] + p.get(f"b{name}", zero)
    frame = lambda i: {
        "rotation": frames["rotation"][:, i, None, None],
        "translation": frames["translation"][:, i, None, None],
    }
    scalars = {x: [column(i, x).reshape(B, H, D) for i in range(N)] for x in "qkv"}
    points = {
        x: [apply(frame(i), column(i, f"{x}Points").reshape(B, H, -1, 3)) for i in range(N)]
        for x in "qkv"
    }
    gamma = torch.nn.functional.softplus(p["headScale"])
    rows = []
    for i in range(N):
        score = []
        for j in range(N):
            far = (points["q"][i] - points["k"][j]).square().sum((-1, -2))
            a = (
                (scalars["q"][i] * scalars["k"][j]).sum(-1) / math.sqrt(D)
                + z[:, i, j] @ p["wBias"]
                - gamma * math.sqrt(2 / (9 * Pq)) / 2 * far
            )
            a = math.sqrt(1 / 3) * a
            score.append(a if mask is None else a.masked_fill(mask[:, j, None] == 0, -math.inf))
        a = torch.stack(score, -1).softmax(-1)  # [B, H, N]
        mix = lambda values: sum(
            a[..., j].reshape(B, H, *[1] * (values[j].dim() - 2)) * values[j] for j in range(N)
        )
        local = apply(invert(frame(i)), mix(points["v"]))
        parts = [
            mix(scalars["v"]),
            local,
            (local.square().sum(-1) + 1e-8).sqrt(),
            mix([z[:, i, j, None].expand(B, H, -1) for j in range(N)]),
        ]
        rows.append(
            torch.cat([part.reshape(B, -1) for part in parts], -1) @ p["wo"] + p.get("bo", zero)
        )
    return torch.stack(rows, 1)


def peer(s, z, frames, p, options):
    H, mask = options["heads"], options.get("mask")
    Pq, Pv = options["queryPoints"], options["valuePoints"]
    C, Cz, D = s.shape[-1], z.shape[-1], p["wq"].shape[1] // H
    config = EsmConfig(
        is_folding_model=True,
        vocab_list=["A"],
        esmfold_config={
            "trunk": {
                "structure_module": {
                    "sequence_dim": C,
                    "pairwise_dim": Cz,
                    "ipa_dim": D,
                    "num_heads_ipa": H,
                    "num_qk_points": Pq,
                    "num_v_points": Pv,
                }
            }
        },
    ).esmfold_config.trunk.structure_module
    zero = lambda name: p.get("b" + name[1:], torch.zeros(p[name].shape[1]).double())
    # OpenFold's columns are (head, key then value) for features, (xyz, head, point) for points, and
    # its output's rows have xyz in front
    by_head = lambda x, n: x.reshape(*x.shape[:-1], H, n)
    kv = lambda k, v: torch.cat([by_head(k, D), by_head(v, D)], -1).flatten(-2)
    xyz = lambda x, count: x.reshape(*x.shape[:-1], H, count, 3).movedim(-1, -3).flatten(-3)
    both = lambda k, v: (
        torch.cat([x.reshape(*x.shape[:-1], H, -1, 3) for x in (k, v)], -2)
        .movedim(-1, -3)
        .flatten(-3)
    )
    wo = p["wo"]
    cut = [H * D, H * D + H * Pv * 3]
    wo = torch.cat(
        [
            wo[: cut[0]],
            wo[cut[0] : cut[1]].reshape(H * Pv, 3, C).transpose(0, 1).reshape(-1, C),
            wo[cut[1] :],
        ]
    )
    state = {
        "head_weights": p["headScale"],
        "linear_q.weight": p["wq"].T,
        "linear_q.bias": zero("wq"),
        "linear_kv.weight": kv(p["wk"], p["wv"]).T,
        "linear_kv.bias": kv(zero("wk"), zero("wv")),
        "linear_q_points.weight": xyz(p["wqPoints"], Pq).T,
        "linear_q_points.bias": xyz(zero("wqPoints"), Pq),
        "linear_kv_points.weight": both(p["wkPoints"], p["wvPoints"]).T,
        "linear_kv_points.bias": both(zero("wkPoints"), zero("wvPoints")),
        "linear_b.weight": p["wBias"].T,
        "linear_b.bias": torch.zeros(H).double(),
        "linear_out.weight": wo.T,
        "linear_out.bias": zero("wo"),
    }
    layer = EsmFoldInvariantPointAttention(config).double()
    r = Rigid(Rotation(rot_mats=frames["rotation"].float()), frames["translation"].float())
    found = torch.func.functional_call(
        layer, state, (s, z, r, torch.ones(s.shape[:2]).double() if mask is None else mask.double())
    )
    ours = written_out(s, z, frames, p, options)
    meant = (
        torch.ones(s.shape[:2], dtype=torch.bool) if mask is None else mask != 0
    )  # rows of masked residues mean nothing; OpenFold's read all keys alike
    assert torch.allclose(found[meant], ours[meant], atol=1e-5), (found - ours)[meant].abs().max()
    return ours


def inputs(B, N, C, Cz, H, D, Pq, Pv, biases=False, **options):
    return [
        o.normal(B, N, C),
        o.normal(B, N, N, Cz),
        draw_frames(o, B, N),
        weights(C, Cz, H, D, Pq, Pv, biases),
        {"heads": H, "queryPoints": Pq, "valuePoints": Pv, **options},
    ]


some = torch.tensor([[1.0, 1, 0, 1]])
every = ["0", "1", "2.rotation", "2.translation"] + [
    f"3.{name}"
    for name in ("wq", "wk", "wv", "wqPoints", "wkPoints", "wvPoints", "wBias", "headScale", "wo")
]
o.case("values", "two heads", inputs(1, 4, 6, 5, 2, 3, 2, 3), peer)
o.case(
    "values",
    "two chains, three heads, with biases",
    inputs(2, 3, 6, 4, 3, 2, 3, 2, biases=True),
    peer,
)
o.case("values", "one residue masked", inputs(1, 4, 6, 5, 2, 3, 2, 3, mask=some), peer)
o.case(
    "values",
    "one residue masked, int32",
    inputs(1, 4, 6, 5, 2, 3, 2, 3, biases=True, mask=some.int()),
    peer,
)
far = inputs(1, 4, 6, 5, 2, 3, 2, 3)
far[2]["translation"] = far[2]["translation"] + 20
o.case(
    "property", "the whole protein twenty units away", far, peer, widen=50
)  # float32 rounds coordinates of twenty before they are subtracted and squared
o.case("shapes", "one residue", inputs(1, 1, 6, 5, 2, 3, 2, 3), peer)
o.case("shapes", "one head of one feature and one point", inputs(2, 3, 4, 1, 1, 1, 1, 1), peer)
o.case(
    "gradient",
    "features, pairs, frames and all weights",
    inputs(1, 3, 4, 3, 2, 2, 2, 1),
    written_out,
    wrt=every,
    terms=60,
)
o.case(
    "gradient",
    "one residue masked, with biases",
    inputs(1, 4, 4, 3, 2, 2, 2, 2, biases=True, mask=some),
    written_out,
    wrt=every + ["3.bq", "3.bkPoints", "3.bvPoints", "3.bo"],
    terms=100,
)
bad = inputs(1, 3, 4, 3, 2, 2, 2, 1)
o.error("z belongs to another length", [bad[0], o.normal(1, 4, 4, 3), *bad[2:]], "z")
o.error("frames of another length", [*bad[:2], draw_frames(o, 1, 4), *bad[3:]], "frames")
o.error(
    "wo lacks the norms", [*bad[:3], {**bad[3], "wo": o.normal(2 * (2 + 3 + 3), 4)}, bad[4]], "wo"
)
o.error(
    "wqPoints for one point", [*bad[:3], {**bad[3], "wqPoints": o.normal(4, 6)}, bad[4]], "wqPoints"
)
o.error("mask of another length", [*bad[:4], {**bad[4], "mask": torch.ones(1, 4)}], "mask")
start = inputs(1, 3, 4, 3, 2, 2, 2, 1)
start[0], start[2] = (
    torch.zeros(1, 3, 4),
    {"rotation": torch.eye(3).repeat(1, 3, 1, 1), "translation": torch.zeros(1, 3, 3)},
)
o.case(
    "gradient",
    "no features, all frames at the origin: every point is zero",
    start,
    written_out,
    wrt=["0", "1", "2.translation", "3.wo"],
    terms=60,
)
o.save()
