"""Frames as transformers' copy of OpenFold computes them; what the oracle scripts of this folder
share. Makes no file by itself.
"""

from unittest.mock import patch

import torch
from scipy.spatial.transform import Rotation
from transformers.models.esm.openfold_utils import rigid_utils


def draw_frames(o, *leading):
    """Random rotations from SciPy, origins a few units around 0."""
    count = int(torch.tensor(leading).prod()) if leading else 1
    turns = Rotation.random(count, random_state=int(o.rng.integers(2**31))).as_matrix()
    return {
        "rotation": torch.from_numpy(turns).float().reshape(*leading, 3, 3),
        "translation": o.normal(*leading, 3, scale=3.0),
    }


_from_reference = rigid_utils.Rigid.make_transform_from_reference


def from_backbone(n, ca, c):
    """OpenFold turns the atoms step by step until C lies on x and N in the xy-plane; its classes,
    which round to float32, are left out.
    """
    plain = lambda rotation, translation: {"rotation": rotation, "translation": translation}
    with (
        patch.object(rigid_utils, "Rotation", lambda rot_mats, quats: rot_mats),
        patch.object(rigid_utils, "Rigid", plain),
    ):
        return _from_reference(n, ca, c)


def apply(frames, points):
    return rigid_utils.rot_vec_mul(frames["rotation"], points) + frames["translation"]


def invert(frames):
    rotation = rigid_utils.invert_rot_mat(frames["rotation"])
    return {
        "rotation": rotation,
        "translation": -rigid_utils.rot_vec_mul(rotation, frames["translation"]),
    }


def compose(a, b):
    return {
        "rotation": rigid_utils.rot_matmul(a["rotation"], b["rotation"]),
        "translation": apply(a, b["translation"]),
    }
