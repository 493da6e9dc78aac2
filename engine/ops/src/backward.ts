/**
 * Backpropagation that frees tensors as it goes. tfjs's own (4.22) keeps each gradient, and all that
 * the forward pass saved, until the whole backward pass has ended. Here a node of the tape is done
 * when the next one is asked for its gradients: then the engine disposes of the gradients of its
 * outputs and of what it saved. Inside another gradient, whose tape needs them, all stay.
 */
import * as tf from "@tensorflow/tfjs-core";

type Gradients = Record<string, () => tf.Tensor>;

interface TapeNode {
  outputs: tf.Tensor[];
  saved: tf.Tensor[];
  /** Gets the gradients of the outputs, null where one has none. */
  gradient?: (dys: (tf.Tensor | null)[]) => Gradients;
}

/** The parts of tfjs's engine that this file replaces or reads. */
export interface BackwardMethods {
  addTapeNode(...node: unknown[]): void;
  gradients(f: () => tf.Tensor, xs: tf.Tensor[], ...more: unknown[]): unknown;
}
interface Engine extends BackwardMethods {
  nextTensorId(): number;
  state: { activeTape: TapeNode[]; gradientDepth: number };
}

/** One pass from a result back to the tensors whose gradients are asked for. */
class BackwardPass {
  /** Tensors of this pass have this id or a greater one. */
  private firstId = Infinity;
  private readonly xs: Set<number>;
  /** Gradients that a tensor has got already. */
  private readonly given = new Set<tf.Tensor>();
  /** The gradients that the current node gets. */
  private dys: readonly (tf.Tensor | null)[] = [];
  /** What the next node's turn frees. */
  private done: tf.Tensor[] = [];

  constructor(xs: readonly tf.Tensor[]) {
    this.xs = new Set(xs.map(({ id }) => id));
  }

  /** Frees what the previous node used, and records what this one uses. */
  begin({ outputs, saved }: TapeNode, dys: readonly (tf.Tensor | null)[], nextId: number): void {
    this.firstId = Math.min(this.firstId, nextId);
    for (const tensor of this.done) tensor.dispose();
    this.done = [...saved];
    this.dys = dys;
    dys.forEach((dy, i) => {
      const isOurs = dy && dy.id >= this.firstId && !dy.kept;
      if (isOurs && !this.xs.has(outputs[i]!.id)) this.done.push(dy);
    });
  }

  /** A gradient that no other tensor has, so that freeing it disturbs nobody. */
  own(dx: tf.Tensor): tf.Tensor {
    if (!(dx instanceof tf.Tensor)) return dx; // tfjs has an error for it
    const isShared = dx.id < this.firstId || this.given.has(dx) || this.dys.includes(dx);
    const mine = isShared ? dx.clone() : dx;
    this.given.add(mine);
    return mine;
  }
}

/** The two methods; `stock` are tfjs's own. */
export function freeingMethods(stock: BackwardMethods): BackwardMethods & ThisType<Engine> {
  let pass: BackwardPass | undefined;

  return {
    gradients(f, xs, ...more) {
      const outer = pass;
      pass = new BackwardPass(xs);
      try {
        return stock.gradients.call(this, f, xs, ...more);
      } finally {
        pass = outer;
      }
    },

    addTapeNode(...args) {
      const { state } = this;
      const { length } = state.activeTape;
      stock.addTapeNode.apply(this, args);
      const node = state.activeTape[length];
      if (!node?.gradient) return; // a comparison isn't recorded
      const { gradient } = node;
      node.gradient = (dys) => {
        const current = pass;
        if (!current || state.gradientDepth > 0) return gradient(dys);
        current.begin(node, dys, this.nextTensorId());
        const gradients = gradient(dys);
        const owned: Gradients = {};
        for (const name in gradients) owned[name] = () => current.own(gradients[name]!());
        return owned;
      };
    },
  };
}
