"""Turns by Hamilton's product of quaternions, for randomMove and sampleAtoms. Makes no file."""

import torch


def product(p, q):
    """Of quaternions (real part first): (a, u)(b, v) = (ab − u·v, a·v + b·u + u × v)"""
    a, b, u, v = p[..., :1], q[..., :1], p[..., 1:], q[..., 1:]
    real = a * b - (u * v).sum(-1, keepdim=True)
    return torch.cat([real, a * v + b * u + torch.linalg.cross(u, v)], -1)


def move(x, noise):
    """Centers each chain [B, T, 3], turns it by q·v·q⁻¹ and shifts it."""
    chains = []
    for atoms, q, shift in zip(x, noise["quaternions"], noise["shifts"]):
        v = torch.nn.functional.pad(atoms - atoms.mean(0), (1, 0))
        q = q.expand(len(v), 4)
        inverse = (
            q * torch.tensor([1.0, -1.0, -1.0, -1.0], dtype=q.dtype) / (q * q).sum(-1)[:, None]
        )
        chains.append(product(product(q, v), inverse)[:, 1:] + shift)
    return torch.stack(chains)
