"""perturbGene: cell by cell and gene by gene in float64. The model is predict = tanh(x·w) + mask·u,
where x are the values that aren't hidden; its numbers are in the text of the function, too.
"""

import json
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from oracle import Oracle  # noqa: E402

o = Oracle("perturbGene")


class Model:
    def __init__(self, G):
        self.w = (16 * o.normal(G, G, scale=0.6)).round() / 16  # exact in float32
        self.u = (16 * o.normal(G, G)).round() / 16

    def predict(self, values, mask):
        seen = values * (1 - mask)
        return torch.tanh(seen @ self.w.double() + mask @ self.u.double())

    def text(self):
        w, u = json.dumps(self.w.tolist()), json.dumps(self.u.tolist())
        return {
            "$function": "(values, mask) => values.mul(tf.scalar(1).sub(mask))"
            f".matMul(tf.tensor2d({w})).add(mask.matMul(tf.tensor2d({u}))).tanh()"
        }


def add(group, title, model, values, gene, targets, *to):
    def effects(*_):
        new = to[0] if to else 0
        rows = []
        for cell in values.double():
            if float(cell[gene]) == new:
                continue
            mask = torch.zeros_like(cell)
            mask[targets] = 1
            changed = cell.clone()
            changed[gene] = new
            both = [model.predict(x[None], mask[None])[0] for x in (changed, cell)]
            rows.append(torch.stack([both[0][t] - both[1][t] for t in targets]))
        return torch.stack(rows).mean(0) if rows else torch.zeros(len(targets)).double()

    o.case(group, title, [model.text(), values, gene, targets, *to], effects, terms=1)


def cells(B, G):
    v = o.uniform(B, G, low=0.5, high=4)
    return torch.where(o.uniform(B, G) < 0.4, torch.zeros(()), v)


model, large = Model(6), Model(12)
values = cells(5, 6)
values[0, 2], values[1, 2] = 1.5, 0
add("values", "a knockout", model, values, 2, [0, 4])
add("values", "all others are targets", model, values, 2, [0, 1, 3, 4, 5])
add("values", "targets in any order", model, values, 2, [5, 0, 3])
add("values", "the gene is set to 3", model, values, 2, [0, 4], 3)
add("values", "the gene is set to 0.5", model, values, 0, [1, 2], 0.5)
add("values", "the last gene", model, values, 5, [0, 1])
add("values", "the first gene", model, values, 0, [5, 1, 2])
add("values", "to is 0", model, values, 2, [1, 3], 0)
add("values", "many cells", large, cells(20, 12), 7, [0, 3, 6, 9])
none = cells(4, 6)
none[:, 3] = 0
add("property", "no cell has the gene", model, none, 3, [0, 1])
one = cells(4, 6)
one[:, 3] = torch.tensor([0, 0, 2, 0]).float()
add("property", "one cell has the gene", model, one, 3, [0, 1])
same = cells(3, 6)
same[:, 1] = torch.tensor([2, 2, 1]).float()
add("property", "two cells have that value already", model, same, 1, [0, 2], 2)
add("shapes", "one cell, one target", model, values[:1], 2, [4])
text = model.text()
o.error("no such gene", [text, values, 6, [0]], "gene")
o.error("half a gene", [text, values, 0.5, [1]], "gene")
o.error("the gene is a target", [text, values, 2, [1, 2]], "targets")
o.error("no such target", [text, values, 2, [9]], "targets")
o.error("no target", [text, values, 2, []], "targets")
o.error("one cell of rank one", [text, values[0], 2, [0]], "values")
o.error(
    "predict returns another shape",
    [{"$function": "(v, m) => v.sum(1)"}, values, 2, [0]],
    "predict",
)
o.save()
