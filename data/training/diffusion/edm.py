"""What both denoisers' training shares: EDM's frame and loss (Karras et al. 2022, arXiv:2206.00364,
section 5), the numbers that stand for a noise level, and the optimizer.
"""

import math

import torch


def waves(c_noise):
    """[B] → [B, 32]: sines and cosines of 16 frequencies from 1/4 to 8"""
    angles = c_noise[:, None] * 0.25 * 2 ** torch.linspace(0, 5, 16)
    return torch.cat([angles.sin(), angles.cos()], -1)


def per_row(v, x):
    """[B] → [B, 1, …], which broadcasts over the rows of x"""
    return v.reshape(-1, *[1] * (x.dim() - 1))


def denoise(network, z, sigma, sigma_data):
    """The denoised rows z, from a network of scaled rows and sigma's number"""
    s2, d2 = sigma**2, sigma_data**2
    skip, out, scale = d2 / (s2 + d2), sigma * sigma_data / (s2 + d2).sqrt(), 1 / (s2 + d2).sqrt()
    f = network(z * per_row(scale, z), sigma.log() / 4)
    return z * per_row(skip, z) + f * per_row(out, z)


def loss_of(network, x, sigma, sigma_data, generator=None):
    weight = (sigma**2 + sigma_data**2) / (sigma * sigma_data) ** 2
    z = x + per_row(sigma, x) * torch.randn(x.shape, generator=generator)
    return (per_row(weight, x) * (denoise(network, z, sigma, sigma_data) - x) ** 2).mean()


def optimizer_of(w, rate, steps):
    """AdamW for weights by name, with a warm-up and a cosine"""
    optimizer = torch.optim.AdamW(w.values(), lr=rate, betas=(0.9, 0.99), weight_decay=0.01)
    wave = lambda s: min(1, (s + 1) / 200) * (0.51 + 0.49 * math.cos(math.pi * s / steps))
    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, wave)


def descend(loss, optimizer, schedule):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    schedule.step()


@torch.no_grad()
def follow(average, w, step, most):
    """Moves the average of weights toward them, by less and less, at least by 1 − most"""
    for name, v in w.items():
        average[name].lerp_(v, 1 - min(most, (step + 1) / (step + 10)))
