/** The plugins of the extension. */
import { check } from "./check";
import { doubts } from "./doubts";
import { errors } from "./errors";
import { executor } from "./executor";
import { fillLessons } from "./fill";
import { fold } from "./fold";
import { fonts } from "./fonts";
import { home } from "./home";
import { hover } from "./hover";
import { tasks } from "./keyboard";
import { keptFigures } from "./keptFigures";
import { layout } from "./layout";
import { letters } from "./letters";
import { questions } from "./questions";
import { saves } from "./saves";
import { setup } from "./setup";
import { stale } from "./stale";
import { theme } from "./theme";
import { unwritten } from "./unwritten";
import { figures, views } from "./views";

export default [
  check,
  doubts,
  errors,
  executor,
  figures,
  fillLessons,
  fold,
  fonts,
  home,
  hover,
  keptFigures,
  layout,
  letters,
  questions,
  saves,
  setup,
  stale,
  tasks,
  theme,
  unwritten,
  views,
];
