/** patchActivation: its cases and its typical mistakes. */
import type { Exercise, Value } from "grader";
import { drawGptParams } from "../decoders/drawModels";

const V = 7;

const exercise: Exercise = {
  cases: (random) => {
    const two = drawGptParams(random, { V, C: 8, F: 12, M: 6, layers: 2 });
    const texts = (B: number, T: number) => [random.ids([B, T], V), random.ids([B, T], V)];
    const at = (...places: [layer: number, position: number][]): Value => ({
      heads: 2,
      places: places.map(([layer, position]) => ({ layer, position })),
    });
    const all = (layer: number, T: number) =>
      at(...Array.from({ length: T }, (_, t): [number, number] => [layer, t]));
    return [
      {
        group: "values",
        title: "the stream between two blocks is patched at one position",
        args: [...texts(2, 4), two, at([1, random.int(0, 2)])],
      },
      {
        group: "values",
        title: "the embedding of one token is patched",
        args: [...texts(1, 5), two, at([0, random.int(0, 3)])],
      },
      {
        group: "values",
        title: "the stream after the last block is patched",
        args: [...texts(1, 4), two, at([2, 1])],
      },
      {
        group: "values",
        title: "places in several layers are patched",
        args: [...texts(2, 5), two, at([2, 0], [0, 3], [1, 1], [1, 4])],
      },
      {
        group: "values",
        title: "texts of seventy tokens are patched near the end",
        args: [
          ...texts(1, 70),
          drawGptParams(random, { V, C: 4, F: 6, M: 70, layers: 1 }),
          at([1, random.int(65, 68)]),
        ],
      },
      {
        group: "property",
        title: "nothing is patched: the corrupted run",
        args: [...texts(1, 4), two, at()],
      },
      {
        group: "property",
        title: "all positions of a layer are patched: the clean run",
        args: [...texts(2, 4), two, all(1, 4)],
      },
      { group: "shapes", title: "the text is one token", args: [...texts(3, 1), two, at([1, 0])] },
      {
        group: "gradient",
        title: "weights are differentiated, through both runs",
        args: [
          ...texts(1, 3),
          drawGptParams(random, { V, C: 4, F: 6, M: 4, layers: 2 }),
          at([1, 1]),
        ],
        wrt: ["2.tokens", "2.positions", "2.blocks.0.attention.wv", "2.blocks.0.mlp.w1"],
      },
      {
        group: "errors",
        title: "the texts have two lengths",
        args: [random.ids([1, 3], V), random.ids([1, 4], V), two, at()],
        throws: "corrupted",
      },
      {
        group: "errors",
        title: "a layer is past the end",
        args: [...texts(1, 3), two, at([3, 0])],
        throws: "layer",
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["gptWithHooks(clean, params", "gptWithHooks(corrupted, params"],
        ["return gptWithHooks(corrupted, params", "return gptWithHooks(clean, params"],
      ],
      message:
        "Clean and corrupted are swapped: you patch the corrupted stream into the clean run.",
    },
    {
      edits: [
        ["tf.where(isPatched, streams[layer]!, x)", "tf.where(isPatched, x, streams[layer]!)"],
      ],
      message: "You patch all positions except the ones that were asked for.",
    },
    {
      edits: [["return tf.where(isPatched, streams[layer]!, x);", "return streams[layer]!;"]],
      message: "You patch whole layers. Only the positions of places come from the clean run.",
    },
    {
      edits: [["places.filter((place) => place.layer === layer)", "places"]],
      message: "You patch these positions in every layer. Compare place.layer with the hook's.",
    },
    {
      edits: [
        [
          "return tf.where(isPatched, streams[layer]!, x);",
          "return tf.where(isPatched, x.mul(0), x);",
        ],
      ],
      message:
        "You write zeros, which is an ablation. Patching writes what the clean run had there.",
    },
    {
      edits: [["here.some((p) => p.position === t)", "here[0]!.position === t"]],
      message: "Only the first place of each layer is patched. Several positions may be asked for.",
    },
    {
      edits: [["here.some((p) => p.position === t)", "here.some((p) => p.position <= t)"]],
      message: "You patch everything from the position on. Only the positions named are patched.",
    },
    {
      edits: [
        [
          '(part === "stream" ? (streams[layer] = x) : x)',
          '(part === "mlp" ? (streams[layer + 1] = x) : ' +
            'part === "stream" && layer === 0 ? (streams[layer] = x) : x)',
        ],
      ],
      message:
        'You keep what a block adds. Keep the stream itself: part "stream", before each block ' +
        "and after the last one.",
    },
    {
      edits: [["here.some((p) => p.position === t)", "here.at(-1)!.position === t"]],
      message: "Only the last place of each layer is patched. Several positions may be asked for.",
    },
    {
      edits: [["here.some((p) => p.position === t)", "places.some((p) => p.position === t)"]],
      message:
        "Each layer that is named gets all positions that are named, whichever layer they " +
        "belong to.",
    },
    {
      edits: [
        [
          "places.filter((place) => place.layer === layer)",
          "places.filter((place) => place.layer <= layer)",
        ],
      ],
      message:
        "A place is patched again in each later layer. Patch it in its own: what follows goes " +
        "its own way.",
    },
    {
      edits: [
        [
          '(part === "stream" ? (streams[layer] = x) : x)',
          '(part === "stream" ? (streams[layer] = x) : part === "mlp" ? (added[layer] = x) : x)',
        ],
        [
          "const streams: tf.Tensor[] = [];",
          `const streams: tf.Tensor[] = [];
    const added: tf.Tensor[] = [];`,
        ],
        [
          'const here = part === "stream" ? places',
          'const here = part === "stream" || part === "mlp" ? places',
        ],
        [
          "tf.where(isPatched, streams[layer]!, x)",
          'tf.where(isPatched, (part === "mlp" ? added : streams)[layer]!, x)',
        ],
      ],
      message: "What the feed-forward network adds is patched, too. Only the residual stream is.",
    },
    {
      edits: [["place.layer === layer)", "place.layer === layer && layer < params.blocks.length)"]],
      message: "Layer L is never patched. After the last block the hook sees the stream once more.",
    },
  ],
};
export default exercise;
