"""Peers of the image tokens: patches by PyTorch's unfold and fold."""

import torch.nn.functional as F


def patchify(images, patch):
    B, _, _, C = images.shape
    columns = F.unfold(
        images.permute(0, 3, 1, 2), patch, stride=patch
    )  # [B, C·P·P, patches], channels first inside a patch
    return columns.reshape(B, C, patch * patch, -1).permute(0, 3, 2, 1).flatten(2)


def unpatchify(patches, patch, height, width):
    B, N, length = patches.shape
    columns = patches.reshape(B, N, patch * patch, -1).permute(0, 3, 2, 1).reshape(B, length, N)
    return F.fold(columns, (height, width), patch, stride=patch).permute(0, 2, 3, 1)
