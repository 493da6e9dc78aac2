/** Renderers of the course's figures: plain JSON in, an accessible element out. */
export { atFrame, metaOf, readChart, type Chart, type Frame, type Meta } from "./chart";
export { panelsAcross } from "./across";
export { browserMemory } from "./memory";
export { namesWithColor } from "./letters";
export { fillCaption, svgElement, wrapLongWords } from "./parts";
export { joinUnits } from "./typography";
export {
  draw,
  type RenderedChart as Drawing,
  type ChartOptions as Options,
  type Plotly,
} from "./render";
export { sizeOf } from "./size";
export { type SlideSize as Stage } from "./size";
export { STYLE } from "./style";
export { themed } from "./theme";
export { drawView } from "./draw";
export { ANSWERED_EVENT, drawQuestion } from "./kinds/guess";
export {
  readView,
  type Channel,
  type RenderedView as Drawn,
  type KernelConnection as Kernel,
  type ChannelListener as Listener,
  type View,
} from "./view";
