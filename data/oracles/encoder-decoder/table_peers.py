"""Language models small enough to search whole: a table of log-probabilities, and the same as text
for JavaScript. Makes no file by itself.
"""

import json

import numpy as np


class TableModel:
    """A row for each state; the state is Σ (place + 1) · id over the whole prefix, modulo the
    number of rows.
    """

    def __init__(self, o, states, V, scale=1.0):
        scores = scale * o.rng.standard_normal((states, V))
        exact = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
        self.table = (
            np.round(exact * 1024) / 1024
        ).tolist()  # sums of these are exact in float32 and in float64

    def row(self, prefix):
        return self.table[sum((i + 1) * id for i, id in enumerate(prefix)) % len(self.table)]

    def text(self):
        return {
            "$function": f"(prefixes) => tf.tensor(prefixes.map((p) => "
            f"{json.dumps(self.table)}[p.reduce((sum, id, i) => sum + (i + 1) * id, 0) % "
            f"{len(self.table)}]))"
        }
