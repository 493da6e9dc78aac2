"""A sparse autoencoder of a real stream: data/checkpoints/plays-sae.safetensors.

256 latents, of which 8 may be active, for the stream of copy-gpt.safetensors that leaves layer 0
(width 64), on the plays without their last tenth, which the lesson reads. TopK and the auxiliary
loss are those of Gao et al. 2024 (arXiv:2406.04093); a latent counts as dead if it hasn't been
among the 8 largest for 200 steps. "components" [64, 64] are the principal directions of the same
activations, the largest first. A minute on one free core.
"""

import pathlib
import sys

import torch
from safetensors.torch import load_file, save_file

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from copy_gpt import CONTEXT, C, ROOT, excerpts, long_tensor, model_of, plays

LATENTS, ACTIVE, STEPS, BATCH, TEXTS, RATE = 256, 8, 4000, 1024, 4096, 1e-3
AUXILIARY, UNUSED, ALPHA = 32, 200, 1 / 32


def trained_gpt():
    """copy-gpt's weights in transformers' GPT-2, by the order in which long_tensor wrote them."""
    saved = load_file(ROOT / "data" / "checkpoints" / "copy-gpt.safetensors")["weights"]
    model = model_of().eval()
    places = {}
    with torch.no_grad():
        count = 0
        for parameter in model.parameters():  # numbers that say where each weight went
            parameter.copy_(torch.arange(count, count + parameter.numel()).view_as(parameter))
            places[count] = parameter
            count += parameter.numel()
        order = long_tensor(model).long()
        flat = torch.empty(count)
        flat[order] = saved
        for start, parameter in places.items():
            parameter.copy_(flat[start : start + parameter.numel()].view_as(parameter))
    return model


def keep_largest(scores, k):
    largest = scores.topk(k, dim=-1)
    return torch.zeros_like(scores).scatter(-1, largest.indices, largest.values)


def main():
    torch.manual_seed(1)
    gpt, ids = trained_gpt(), plays()
    ids = ids[: int(0.9 * len(ids))]

    with torch.no_grad():
        texts = excerpts(ids, TEXTS)[:, :CONTEXT].split(256)
        streams = [gpt(some, output_hidden_states=True).hidden_states[1] for some in texts]
    activations = torch.cat(streams).reshape(-1, C)

    decoder = torch.nn.functional.normalize(torch.randn(LATENTS, C), dim=-1)
    weights = {
        "encoder": decoder.T.contiguous(),
        "bias": torch.zeros(LATENTS),
        "decoder": decoder,
        "center": activations.mean(0),
    }
    for w in weights.values():
        w.requires_grad_()
    optimizer = torch.optim.Adam(weights.values(), lr=RATE)
    decay = lambda step: min(1.0, 2 * (1 - step / STEPS))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, decay)
    unused = torch.zeros(LATENTS)
    for step in range(STEPS):
        x = activations[torch.randint(len(activations), (BATCH,))]
        scores = (x - weights["center"]) @ weights["encoder"] + weights["bias"]
        latents = keep_largest(scores, ACTIVE)
        error = x - latents @ weights["decoder"] - weights["center"]
        loss = error.square().mean()
        dead = (unused >= UNUSED).nonzero().flatten()
        if len(dead):
            others = keep_largest(scores[:, dead], min(AUXILIARY, len(dead)))
            missed = others @ weights["decoder"][dead] - error.detach()
            loss = loss + ALPHA * missed.square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        with torch.no_grad():  # directions of length 1, so that latents are in the stream's units
            weights["decoder"].div_(weights["decoder"].norm(dim=-1, keepdim=True))
        unused = torch.where((latents != 0).any(0), 0, unused + 1)
        if step % 500 == 0 or step == STEPS - 1:
            share = (error.square().sum() / (x - x.mean(0)).square().sum()).item()
            print(step, round(share, 4), "dead:", len(dead), flush=True)
    tensors = {name: w.detach().contiguous() for name, w in weights.items()}
    centered = activations - activations.mean(0)
    tensors["components"] = torch.linalg.eigh(centered.T @ centered)[1].T.flip(0).contiguous()
    save_file(tensors, ROOT / "data" / "checkpoints" / "plays-sae.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
