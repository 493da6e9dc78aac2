"use strict";(self.rspackChunkfoundation_models_lab=self.rspackChunkfoundation_models_lab||[]).push([[130],{553(e,t,o){let r;o.r(t),o.d(t,{default:()=>rY});var n=o(542),s=o(837),a=o(660),i=o(967),c=o(614);let l=e=>`import { ${e} } from "solutions"; // the course's version from here on`;function d(e){if("object"!=typeof e||null===e)return[];let{first:t,last:o,lines:r}=e;return"string"==typeof t&&"string"==typeof o&&Number.isInteger(r)?[{first:t,last:o,lines:r}]:[]}let u=/[.:!?)\]]$/,p='"(?:[^"\\\\\\n]|\\\\.)*"',h=RegExp(`^(?:await )?(?:show|control|live)\\(\\s*(${p}(?:\\s*\\+\\s*${p})*|\`[^\`]*)`,"m"),f=RegExp("^[^$]{16,}?(?=[:;.?](?:\\s|$))"),m=RegExp(`\\bguess\\(\\s*(${p}(?:\\s*\\+\\s*${p})*)\\s*,`),g=/\bguess\(\s*`([^`]*)`\s*,/,w=String.raw`\[\s*${p}(?:\s*,\s*${p})*(?:\s*,)?\s*\]`,b=String.raw`([a-z]+):\s*(${p}|-?[\d.]+|${w})`,x=String.raw`${b}(?:\s*,\s*${b})*(?:\s*,)?`,v=RegExp(`${m.source}\\s*\\{\\s*(${x})\\s*\\}\\s*,`),y=e=>e.replace(/"\s*\+\s*"/g,"").slice(1,-1).replace(/\\(.)/g,"$1"),k=String.raw`\((?:[^()]|\([^()]*\))*\)`,j=RegExp(`^(?:export )?(?:(?:async )?function\\*? +([\\w$]+)|const +([\\w$]+)(?:: [^=]+)? = (?:async )?(?:<\\w+>)?(?:${k}|[\\w$]+)(?:: [^=]+)? =>)`,"gm"),C={lines:["line chart","line charts"],bars:["bar chart","bar charts"],points:["scatter plot","scatter plots"],heatmap:["heatmap","heatmaps"],images:["pictures","pictures"],tokens:["pieces of text","pieces of text"],tree:["tree","trees"],table:["table","tables"],progress:["overview of your progress","overviews of your progress"]},$=/(?<![.\w$])(\w+)\(/g;function M(e){let t=[...e.matchAll($)].map(([,e])=>e);if(t.includes("control"))return"figure and its inputs";let o=t.filter(e=>Object.hasOwn(C,e)),r=1===new Set(o).size?C[o[0]]:void 0;return void 0===r?"figure":r[+!!(o.length>1||t.includes("panels")||t.includes("slider"))]}let S=/[\w$]/,A=(e,t)=>""!==t&&e.includes(`not written yet: ${t}"`),R=e=>/not written yet: ([\w$]+)/.exec(e)?.[1],T=e=>/^(?:Cannot find name '([\w$]+)'|([\w$]+) is not defined)/.exec(e)?.slice(1).find(e=>void 0!==e);function O(e){let t=e.findIndex(({role:e})=>"exercise"===e),o=t<0?e.length:t,r=e[o-1]?.type==="markdown"&&t>=0;return e.slice(0,r?o-1:o)}function E(e,t){return O(t).findIndex(({type:t,source:o})=>"code"===t&&o.split(/[^\w$]+/).includes(e))+1}let I="application/vnd.jupyter.error",P=e=>"string"==typeof e?e:"";function N(e){let t=e.model.getMetadata("course")??{},o=Array.isArray(t.checks)?t.checks.flatMap(d):[];return{role:P(t.role),name:P(t.name),fold:P(t.fold),checks:o,hasPreview:""!==P(t.preview)}}let q=e=>e.editor?.editor,z=e=>"code"===e.model.type,L=e=>B(e).some(({type:e})=>"error"===e),W=e=>B(e).flatMap(({data:e})=>e[I]?.evalue??[]),D=e=>W(e).some(e=>void 0!==R(e)),B=({model:{outputs:e}})=>Array.from({length:e.length},(t,o)=>e.get(o)),H=e=>["exercise","check"].includes(N(e).role),F="data-course-answer",U="course-lesson";function _(e,t){let o=async e=>{if(await e.context.ready,e.isDisposed||!e.content.model?.getMetadata("course"))return;e.addClass(U);let o=new WeakSet,r=()=>{for(let r of e.content.widgets)o.has(r)||(o.add(r),t(r,e))};e.content.model.cells.changed.connect(r),r()};e.widgetAdded.connect((e,t)=>void o(t)),e.forEach(e=>void o(e))}function V({sessionContext:e},t){e.kernelChanged.connect(t),e.statusChanged.connect((e,o)=>{("restarting"===o||"autorestarting"===o)&&t()})}async function G(e,t,o,r=()=>0){let n=new AbortController;for(let t of["wheel","pointerdown","keydown"]){let{signal:o}=n;e.node.addEventListener(t,()=>n.abort(),{signal:o,capture:!0})}await o;let s=Date.now()+1500;for(;!n.signal.aborted&&!e.isDisposed&&Date.now()<s;){let o=t(),n=e.outerNode.getBoundingClientRect(),s=o?.isConnected?function(e,t,o){let r=e.top-12-o-t.top,n=e.bottom+12-t.bottom;return n>0?Math.min(r,n):Math.min(r,0)}(o.getBoundingClientRect(),n,r(o)):0;0!==s&&e.outerNode.scrollBy(0,s),await new Promise(e=>setTimeout(e,100))}n.abort()}let K="notebook:run-cell-and-select-next",Y=[K,"notebook:move-cursor-down","notebook:move-cursor-up"];function J({content:e},t,o){e.deselectAll(),e.activeCellIndex=e.widgets.indexOf(t),e.mode=o,e.activate()}function X({widgets:e},t){let o=e[t+1];return e[t]?.model.type==="markdown"&&void 0!==o&&Q(o)}let Q=e=>"exercise"===N(e).role,Z={id:"foundation-models-lab:tasks",description:"Shows texts from their heading on, and what a cell has drawn",autoStart:!0,requires:[n.INotebookTracker],activate:({commands:e},t)=>{n.NotebookActions.executionScheduled.connect((e,{notebook:t,cell:o})=>{if(!z(o))return;let r=new Promise(e=>{let t=(r,s)=>{s.cell===o&&(n.NotebookActions.executed.disconnect(t),e())};n.NotebookActions.executed.connect(t)});!async function(e,t){let o=e.node.querySelector(".jp-Cell-outputWrapper");o&&0!==e.model.outputs.length&&(o.style.minHeight=`${o.getBoundingClientRect().height}px`,await t,await new Promise(e=>setTimeout(e,300)),o.style.minHeight="")}(o,r),H(o)||G(t,()=>(function(e,t){let o=e.widgets.indexOf(t);if(e.activeCellIndex!==o+1||X(e,o+1))return null;let r=t.node.querySelector(".jp-Cell-outputWrapper");if(!r?.querySelector(".jp-OutputArea-output:not(.jp-RenderedText)"))return null;let n=e.outerNode.clientHeight-60;return r.getBoundingClientRect().height<=n?r:null})(t,o),r)}),e.commandExecuted.connect((e,{id:o})=>{let r,n=t.currentWidget?.content;if(!Y.includes(o)||!n||(r=n.activeCell,r?.model.type!=="markdown"||G(n,()=>(function({outerNode:e},t){let o=t.node.querySelector(".jp-RenderedMarkdown > :is(h1, h2, h3):first-child");return null!==o&&o.getBoundingClientRect().top<e.getBoundingClientRect().top+12?o:void 0})(n,r),void 0,e=>e.getBoundingClientRect().top-r.node.getBoundingClientRect().top),o!==K))return;let s=n.activeCellIndex,a=n.widgets[s];X(n,s)&&G(n,()=>a?.node)})}};function ee(e){if(!(({key:e,ctrlKey:t,metaKey:o,altKey:r})=>(t||o)&&!r&&["z","y"].includes(e.toLowerCase()))(e))return;let{target:t}=e;if(!(t instanceof HTMLInputElement&&"text"===t.type))return e.preventDefault();let o=e=>{e.target!==t?e.preventDefault():e.stopPropagation()};document.addEventListener("beforeinput",o,{capture:!0}),setTimeout(()=>document.removeEventListener("beforeinput",o,{capture:!0}))}function et(e){if("Escape"!==e.key||e.defaultPrevented)return;let t=e.target.closest(".jp-Notebook"),o=t?.querySelector(".jp-Cell.jp-mod-active");o&&(e.preventDefault(),e.stopPropagation(),o.focus())}function eo(e,{commands:t}){e.addEventListener("focusin",({target:e})=>{e.dataset.lmSuppressShortcuts="true"}),e.addEventListener("keydown",e=>{let o="Enter"===e.key?function({shiftKey:e,ctrlKey:t,metaKey:o,altKey:r}){return e?K:t||o?"notebook:run-cell":r?"notebook:run-cell-and-insert-below":void 0}(e):void 0;void 0!==o&&(e.preventDefault(),e.stopPropagation(),e.repeat||t.execute(o))},{capture:!0}),e.addEventListener("keydown",ee),e.addEventListener("keydown",et)}let er=`
.course-actions { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: center;
  padding: 0.2em 1em 0.4em; border-left: 4px solid var(--jp-error-color1, #d32f2f);
  font-family: var(--jp-ui-font-family); }
.course-actions button { font: inherit; font-variant-numeric: tabular-nums; padding: 0.35em 0.9em; border-radius: 4px;
  cursor: pointer; border: 1px solid var(--course-control, var(--jp-border-color1)); background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1); }
.course-actions button:hover { background: var(--jp-layout-color2); }
.course-actions button[aria-disabled] { opacity: 0.6; cursor: default; }
.course-actions button[data-course-done] { border-color: transparent; background: transparent;
  color: var(--jp-ui-font-color2); cursor: default; }
.course-actions .course-primary { font-weight: 600; border-color: var(--jp-brand-color1); }
/* while hints are left, the next one is what to try first, and the solution is the last resort */
.course-actions .course-next-hint:not([data-course-done]) { font-weight: 600; border-color: var(--jp-brand-color1); }
.course-actions .course-next-hint:not([data-course-done]) ~ .course-put { border-color: transparent; background: transparent;
  color: var(--jp-ui-font-color2); text-decoration: underline; text-decoration-color: var(--jp-border-color1);
  text-underline-offset: 3px; }
.course-actions .course-next-hint:not([data-course-done]) ~ .course-put:hover { color: var(--jp-ui-font-color1); text-decoration-color: currentcolor; }
.course-actions button:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 2px; }
.course-actions-note { flex-basis: 100%; margin: 0; font-size: 12px; line-height: 1.5; color: var(--course-quiet, inherit); }
.course-actions [role="status"] { flex-basis: 100%; color: var(--jp-ui-font-color1); }
.course-actions [role="status"]:empty { display: none; }
`;function en(e){let t=new a.Widget,o=document.createElement("div");return o.role="status",t.addClass("course-actions"),t.node.append(o),eo(t.node,e),Object.assign(t,{showStatus:e=>void(o.textContent=e)})}function es(e){let t=document.createElement("p");return t.className="course-actions-note",t.textContent=e,t}function ea(e,t,o=""){let r=document.createElement("button");return r.type="button",r.textContent=e,""!==o&&(r.title=o),r.addEventListener("click",()=>{"true"!==r.ariaDisabled&&(r.ariaDisabled="true",t().finally(()=>r.removeAttribute("aria-disabled")))}),r}var ei=o(2),ec=o(421),el=o(424),ed=o(377);let eu=`
.course-folded-lines { border: 1px dashed var(--jp-border-color1); border-radius: 3px;
  padding: 0 6px; margin: 0 2px; cursor: pointer; font-family: var(--jp-ui-font-family);
  font-size: 0.92em; color: var(--jp-ui-font-color1); }
[data-jp-theme-light="false"] .course-lesson .course-folded-lines { border-color: var(--course-control); }
.course-folded-lines:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
`,ep=e=>["exercise","given"].includes(N(e).role);function eh(e,t){let{name:o,checks:r}=N(e),n=function(e,t){var o;let r,n,s=e.split("\n"),a=RegExp(`^(?:export )?(?:async )?(?:function\\*?|const) +${t}\\b`),i=s.findIndex(e=>a.test(e))-1,c=s.lastIndexOf("/**",i);if(c<0||" */"!==s[i]||i-c+1<5)return;let l=s.slice(c+1,i);if(!l.every(e=>/^ \*( |$)/.test(e)))return;let d=l.map(e=>e.slice(2).trim()),p=[...d.keys()].find(e=>u.test(d[e])||["","@"].includes(d[e+1]?.[0]??"")||2===e)+1,h=d.slice(p);if(h.length<2)return;let f=e=>s.slice(0,e).reduce((e,t)=>e+t.length+1,0),m=f(c+1+p)+3,g=`${h.length} lines: ${(o=h.filter(e=>""!==e),n=(r=e=>o.filter(t=>t.startsWith(e)).length)("@param"),[o[0].startsWith("@")?"":"details",n>0?`argument${n>1?"s":""}`:"",r("@return")>0?"result":"",r("@throws")>0?"errors":""].filter(e=>""!==e).join(", "))}`;return{from:m,to:f(i),label:g}}(t,o),s=r.flatMap(e=>{let o=function(e,{first:t,last:o,lines:r}){let n=e.split("\n"),s=n.findIndex((e,s)=>e===t&&n[s+r-1]===o);if(s<0||r<2)return;let a=n.slice(0,s).join("\n").length+ +(s>0),i=n.slice(s,s+r).join("\n").length;return{from:a+Math.max(0,t.search(/\S/)),to:a+i}}(t,e);return o?[{...o,label:`${e.lines} lines check the arguments`}]:[]});return n?[n,...s]:s}let ef=e=>t=>{let{main:o}=t.state.selection,r=[];return(0,ec.foldedRanges)(t.state).between(o.head,o.head,(t,n)=>{o.empty&&({from:t,to:n})[e]===o.head&&r.push(ec.unfoldEffect.of({from:t,to:n}))}),r.length>0&&t.dispatch({effects:r}),r.length>0};function em(e){let t=q(e);if(!t)return;let o=eh(e,t.state.doc.toString()),r=void 0!==t.state.field(ec.foldState,!1),n=o.map(({from:e,to:t})=>ec.foldEffect.of({from:e,to:t}));r||n.unshift(el.StateEffect.appendConfig.of([(0,ec.codeFolding)({preparePlaceholder:(t,{from:o})=>eh(e,t.doc.toString()).find(e=>e.from===o)?.label??"…",placeholderDOM:(t,o,r)=>{let n,s;return(n=document.createElement("span")).className="course-folded-lines",n.textContent=r,n.role="button",n.tabIndex=0,n.ariaLabel=`${r}, folded`,n.ariaExpanded="false",n.title="Show them",s=t=>{t.preventDefault(),t.stopPropagation(),o(t),e.editor?.focus()},n.addEventListener("click",s),n.addEventListener("focusin",e=>e.stopPropagation()),n.addEventListener("keydown",e=>{e.shiftKey||"Enter"!==e.key&&" "!==e.key||s(e)}),n}}),el.Prec.highest(ed.keymap.of([{key:"ArrowRight",run:ef("from")},{key:"ArrowLeft",run:ef("to")}]))])),t.dispatch({effects:n})}var eg=o(721);function ew(e,t){if(document.getElementById(e))return;let o=document.createElement("style");o.id=e,o.textContent=t,document.head.append(o)}let eb=()=>"false"===document.body.dataset.jpThemeLight,ex="foundation-models-lab:cells";function ev(e,t,o){let r=e=>o(!1!==e.get(t).composite);e?.load(ex).then(e=>{r(e),e.changed.connect(r)},e=>console.warn("The course's settings could not be read.",e))}let ey="course-new-line",ek=`
.${ey} { background: color-mix(in srgb, var(--jp-brand-color1) 22%, transparent) !important; }
@media (prefers-reduced-motion: no-preference) {
  .${ey} { animation: course-new-line 4000ms ease-in both; }
}
@keyframes course-new-line { 70% { background: color-mix(in srgb, var(--jp-brand-color1) 22%, transparent); }
  to { background: transparent; } }
`,ej=el.StateEffect.define(),eC=el.StateField.define({create:()=>ed.Decoration.none,update(e,{changes:t,effects:o,state:r}){let n=e.map(t);for(let e of o)e.is(ej)&&(n=function(e,t){if(!t)return ed.Decoration.none;let o=e.lineAt(Math.min(t.from,e.length)).number,r=Array.from({length:e.lineAt(Math.min(t.to,e.length)).number-o+1},(t,r)=>e.line(o+r));return ed.Decoration.set(r.map(({from:e})=>ed.Decoration.line({class:ey}).range(e)))}(r.doc,e.value));return n},provide:e=>ed.EditorView.decorations.from(e)});function e$({tracker:e,reportElement:t,name:o,showStatus:r}){let n=e.find(e=>e.node.contains(t)),s=n?.content.widgets??[],a=s.findIndex(e=>e.node.contains(t)),i=s.find(e=>{let{role:t,name:r}=N(e);return"exercise"===t&&r===o});if(n&&i&&z(i))return{panel:n,cell:i,at:a};r(`This notebook has no cell for the exercise ${o}.`)}var eM=o(401);let eS=/^Hint (\d+) of \d+$/,eA=new Map,eR=new eM.Signal({});function eT(e,t,o){eO(e,t)!==o&&(eA.set(e,(eA.get(e)??new Map).set(t,o)),eR.emit(e))}let eO=(e,t)=>eA.get(e)?.get(t)??!1;function eE(e,t,o){let r=(o,r)=>{r===e&&t()};eR.connect(r),o.addEventListener("abort",()=>eR.disconnect(r))}function eI(e){let[,t]=eS.exec(e.querySelector("summary")?.textContent.trim()??"")??[];return void 0===t?void 0:Number(t)}class eP extends a.Panel{registry;name;hints;#e=new Map;#t=new AbortController;constructor(e,t,o){super(),this.registry=e,this.name=t,this.hints=o,this.follow(()=>this.#o())}follow(e){eE(this.name,e,this.#t.signal),e()}next(){let e=this.hints.findIndex((e,t)=>{let o,r;return o=this.name,r=t+1,!eA.get(o)?.has(r)});return e<0?void 0:e+1}async open(e){eT(this.name,e,!0),await this.#r}dispose(){this.#t.abort(),super.dispose()}#r=Promise.resolve();#o(){let e=[...this.hints.keys()].map(e=>e+1).filter(e=>eO(this.name,e));for(let[t,o]of this.#e)e.includes(t)||(o.dispose(),this.#e.delete(t));this.#r=Promise.all(e.map((e,t)=>this.#e.has(e)?void 0:this.#n(e,t)))}async #n(e,t){let o=this.registry.createRenderer("text/markdown");o.addClass("course-check-hint"),o.node.setAttribute("role","status"),this.#e.set(e,o),this.insertWidget(t,o);let r=`**Hint ${e} of ${this.hints.length}.** ${this.hints[e-1]}`;await o.renderModel(new s.MimeModel({data:{"text/markdown":r},trusted:!1}))}}var eN=o(901);function eq(e,t){return e?"done":t?"begun":"new"}let ez=e=>e.reduce((e,t)=>e+t,0);function eL(e,t,o){let{exercises:r}=e,n=r.filter(({name:e})=>t[e]?.passed).length,s=r.some(({name:e})=>void 0!==t[e]);return{state:eq(r.length>0&&n===r.length,s||Object.hasOwn(o.cells,e.id)),passed:n,exercises:r.length,earned:ez(r.map(({name:e,points:o})=>o*(t[e]?.share??0))),points:ez(r.map(({points:e})=>e))}}let eW=({lessons:e},t,o)=>new Map(e.map(e=>[e.id,eL(e,t,o)]));function eD(e){let t=t=>ez(e.map(e=>e[t])),o=e.filter(({exercises:e})=>e>0);return{state:eq(o.length>0&&o.every(({state:e})=>"done"===e),e.some(({state:e})=>"new"!==e)),passed:t("passed"),exercises:t("exercises"),earned:t("earned"),points:t("points")}}let eB=e=>String(Math.round(10*e)/10),eH=(e,t)=>`${eB(e)} ${t}${1===e?"":"s"}`;function eF(e,t={},...o){let[r,...n]=e.split("."),s=document.createElement(r);for(let[e,o]of(n.length>0&&s.classList.add(...n),Object.entries(t)))void 0!==o&&s.setAttribute(e,o);return s.append(...o.filter(e=>void 0!==e)),s}let eU=e=>eF("span.course-spoken",{},e);function e_(e,t){return e.addEventListener("click",e=>{e.ctrlKey||e.metaKey||e.shiftKey||0!==e.button||(e.preventDefault(),t())}),e}let eV={new:"not begun",begun:"begun",done:"done"},eG=({id:e})=>/^\d+/.exec(e)?.[0]??"",eK=({passed:e,exercises:t})=>`--done: ${0===t?0:Math.round(100*e/t)}%`;function eY(e){let{state:t}=e,o=eF("span.course-tick",{"data-state":t,style:eK(e),"aria-hidden":"true"});return eF("span",{title:`${e.passed} of ${eH(e.exercises,"exercise")} passed`},o,eU(eV[t]))}function eJ(e,t,o=!1){let r=eG(e),n=[...r?[eF("span.course-number",{},r)," "]:[],eF("span.course-title",{},e.title)];if(!t.isThere(e)){let e=eF("span.course-note",{},"not in your folder; npm start puts it back");return eF("span.course-missing",{},...n," ",e)}return e_(eF("a.course-link",{href:t.addressOf(`${e.id}.ipynb`),"data-key":e.id,"aria-current":o?"page":void 0},...n),()=>t.openLesson(e))}let eX=(e,t,o)=>eF("progress.course-bar",{value:String(e),max:String(t),"aria-label":o}),eQ="course:home";class eZ{app;store;tracker;changed=new eM.Signal(this);actions={openLesson:(e,t)=>void this.open(e,t),openPage:e=>void this.#s(e),openHome:()=>void this.app.commands.execute(eQ),addressOf:e=>{var t;return(t=this.store.pathOf(e)).endsWith(".html")?eN.URLExt.join(eN.PageConfig.getBaseUrl(),"files",eN.URLExt.encodeParts(t)):eN.PageConfig.getUrl({treePath:t})},isThere:e=>this.store.isThere(e)};constructor(e,t,o){this.app=e,this.store=t,this.tracker=o,t.changed.connect(()=>this.changed.emit()),o.currentChanged.connect(()=>this.changed.emit())}state(){let{folder:e}=this.store,t=this.tracker.currentWidget?.isVisible===!0?this.lastLesson()?.id:void 0;return e&&{folder:e,actions:this.actions,current:t}}lastLesson(){let{currentWidget:e}=this.tracker;return e?this.lessonOf(e):void 0}lessonOf({content:e}){let t=e.model?.getMetadata("course"),o=t?.lesson;return this.store.folder?.course.lessons.find(e=>e.id===o)}async open(e,t){let o=this.store.pathOf(`${e.id}.ipynb`);await this.app.commands.execute("docmanager:open",{path:o,factory:"Notebook"});let r=this.tracker.find(({context:e})=>e.path===o);r&&void 0!==t&&await e0(r,t)}async #s(e){let[t,o]=e.split("#"),r=this.store.pathOf(t),{content:n}=await this.app.commands.execute("docmanager:open",{path:r,factory:"Markdown Preview"})??{};void 0!==o&&n?.setFragment?.(`#${o}`)}}async function e0(e,t){await e.context.ready,await e.revealed;let{content:o}=e,r=o.widgets.findIndex(({model:e})=>e.id===t);r<0||(o.deselectAll(),o.activeCellIndex=r,async function(e,t){await function({node:e,disposed:t}){return new Promise(o=>{let r=new IntersectionObserver(e=>{e.some(({isIntersecting:e})=>e)&&n()}),n=()=>{r.disconnect(),t.disconnect(n),o()};t.connect(n),r.observe(e)})}(e);let{content:o}=e,r=Date.now()+6e4,n=!1,s=!1,a=()=>s=!0;for(let t of["wheel","pointerdown","keydown"])e.node.addEventListener(t,a,{capture:!0,once:!0,passive:!0});for(;!s&&!e.isDisposed&&o.activeCellIndex===t&&Date.now()<r;){let e=o.activeCell?.node.getBoundingClientRect(),s=o.outerNode.getBoundingClientRect(),a=e&&e.height>0&&e.top>=s.top-1&&e.top<s.bottom/2;a&&!n&&(n=!0,r=Date.now()+5e3),a||o.scrollToItem(t,"start").catch(()=>void 0),await new Promise(e=>setTimeout(e,200))}}(e,r))}class e1 extends a.Widget{#a;#i;#c;constructor(e,t,o){super(),this.addClass(t),this.#a=e,this.#i=o,e.changed.connect(this.update,this),this.update()}onUpdateRequest(){let e=this.#a.state();!function(e,...t){let o=document.activeElement,r=o instanceof HTMLElement&&e.contains(o)?o.dataset.key:void 0;e.replaceChildren(...t),void 0!==r&&e.querySelector(`[data-key="${CSS.escape(r)}"]`)?.focus()}(this.node,...e?this.#i(e):[]),e?.current!==this.#c&&(this.#c=e?.current,this.node.querySelector(".course-current")?.scrollIntoView({block:"nearest"}))}onAfterAttach(){this.update()}onActivateRequest(){this.node.contains(document.activeElement)||this.node.focus()}dispose(){this.#a.changed.disconnect(this.update,this),super.dispose()}}let e2=new WeakMap,e6=({model:e})=>`${e.id}
${e.sharedModel.getSource()}`,e4=(e,t)=>e2.get(e)?.has(e6(t))??!1;function e3({content:e},t,o){return e8(e,t,t=>e4(e,t),o)}let e5=(e,t)=>W(t).some(o=>{let r=T(o);return void 0!==r&&e3({content:e},t,r).length>0});function e8({widgets:e},t,o,r){let n=e.filter(z),s=n.map(e=>({source:e.model.sharedModel.getSource(),hasRun:o(e)}));return(0,c.PO)(s,n.indexOf(t),r).map(e=>n[e])}let e7=`
/* a button leads on, the tick's line has the headline, and the progress stands above the notebook */
.course-check :is(.course-next, .course-bars) { display: none; }
.course-check:has(.course-praise-line) .course-headline { display: none; }
.course-passed { padding: 0.6em 0.8em; border-radius: 4px;
  background: color-mix(in srgb, var(--jp-success-color1, #2e7d32) 12%, transparent); }
.course-drawn-tick { flex: none; width: 2.6em; height: 2.6em; fill: none; stroke: var(--jp-success-color1, #2e7d32);
  stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round; stroke-dasharray: 1; }
.course-praise-line { flex: 1 1 16em; margin: 0; color: var(--jp-ui-font-color1);
  font-size: 1.15em; font-weight: 600; }
.course-own-again { flex: 1 1 100%; margin: 0.3em 0 0; }
.course-ways { display: flex; flex-wrap: wrap; gap: 0.5em; } /* they go to the next row together */
.course-ways:empty { display: none; }
.course-passed button.course-go:first-of-type { font-weight: 600; border: 2px solid var(--jp-success-color1, #2e7d32); }
@media (prefers-reduced-motion: no-preference) {
  .course-celebrates .course-drawn-tick circle { animation: course-draw 450ms ease-out both; }
  .course-celebrates .course-drawn-tick path { animation: course-draw 350ms 350ms ease-out both; }
  .course-celebrates .course-praise-line { animation: course-appear 500ms 250ms ease-out both; }
}
@keyframes course-draw { from { stroke-dashoffset: 1; } to { stroke-dashoffset: 0; } }
@keyframes course-appear { from { opacity: 0; } to { opacity: 1; } }
`;function e9({content:e},t){let o=e.widgets.findIndex(e=>{let o=N(e);return"exercise"===o.role&&o.name===t}),r=e.widgets[o-1];return r?.model.type==="markdown"?r:e.widgets[o]}let te=e=>({type:e.model.type,role:N(e).role,source:e.model.sharedModel.getSource()}),tt=(e,t)=>e.model.sharedModel.getSource()===l(t);function to(e,t,{name:o,next:r}){let s=e.find(({node:e})=>e.contains(t.node));if(!s||t.node.querySelector(".course-below"))return;let a=()=>{let e=s.content.widgets;return e.slice(e.findIndex(({node:e})=>e.contains(t.node))+1).filter(e=>!tt(e,o))},i=function(e,t){if(0!==O(t).length)return E(e,t)>0?"See it at work":"Read on"}(o,a().map(te));if(void 0===i)return;let c=ea(i,()=>(async function(e,t,o){let r,s,{content:a}=e,[i]=t;if(!i)return;let c=t.slice(0,E(o,t.map(te))).filter(z),l=(r=new Set([...c,...c.flatMap(t=>e3(e,t))]),s=e.content.widgets.filter(e=>z(e)&&r.has(e)&&!tt(e,o)),n.NotebookActions.runCells(e.content,s,e.sessionContext));J(e,i,"command"),await a.scrollToItem(a.activeCellIndex,"start"),G(a,()=>c.at(-1)?.node.querySelector(".jp-OutputArea"),l)})(s,a(),o));c.classList.add("course-go","course-below"),t.node.querySelector(".course-ways")?.prepend(c),function(e,t,o){let r=t.node.querySelector(".course-further");if(!r||!o||!("exercise"in o))return;let n=e.content.widgets,s=e9(e,o.exercise);r.textContent=s&&n.indexOf(s)<n.findIndex(e=>e.node.contains(t.node))?`Back to the exercise ${o.exercise}`:`Skip to the next exercise: ${o.exercise}`}(s,t,r)}let tr=`
.course-lesson .jp-OutputArea-output.course-check:not(.jp-RenderedText) { max-width: calc(100% - var(--course-start)); }
.course-check > .jp-RenderedHTMLCommon, .course-check .course-check-hint { box-sizing: border-box; max-width: calc(var(--course-measure) - var(--course-start)); }
.course-check { border-left: 4px solid var(--jp-error-color1, #d32f2f); }
.course-check.course-check-passed { border-left-color: var(--jp-success-color1, #2e7d32); }
.course-check:has(.course-not-written) { border-left-color: var(--jp-info-color1, #0072b2); }
.course-check > .jp-RenderedHTMLCommon > div { border-left: 0 !important; }
.course-check > .course-actions { border-left: 0; padding-left: 14px; }
.course-check .course-check-hint { padding: 0 14px; font-family: var(--jp-ui-font-family); color: var(--jp-ui-font-color1); }
.course-check > .jp-RenderedHTMLCommon ul { padding-left: 0 !important; }
.course-check table[aria-label] { background: color-mix(in srgb, currentcolor 6%, transparent); }
[data-jp-theme-light="false"] .course-check { --course-above-zero: 195, 92, 15; --course-below-zero: 25, 128, 200; }
.course-check .course-check-hint p { margin: 0.4em 0; }
.course-check > .jp-RenderedHTMLCommon { margin: 0; padding-top: 0; padding-bottom: 0; }
.course-check > .jp-RenderedHTMLCommon > :last-child { margin-bottom: 0 !important; }
.course-check :is(.course-way-on, .course-hints) { display: none; } /* the buttons show them */
`;class tn extends a.Panel{#l;#d;#u;#p;constructor(e,t,o){super(),this.#l=e,this.#d=t,this.#u=o}async renderModel(e){for(let e of[...this.widgets])e.dispose();this.#p=void 0;let t=void 0===e.data["text/html"]?"text/plain":"text/html",o=this.#d.createRenderer(t);this.addWidget(o),await o.renderModel(e);let r=(0,i.jc)(e.data[i.O]);if(!r)return;if(this.addClass("course-check"),this.toggleClass("course-check-passed",r.passed),r.passed){let e=function(e,t,{praise:o,seen:r,next:n}){if(void 0===o&&void 0===n)return;let s=en(e);s.addClass("course-passed");let a=[],i=document.createElement("div");if(i.className="course-ways",void 0!==o){let e,t=document.createElement("p");t.className="course-praise-line",t.textContent=o,a.push(...r?[]:[((e=(0,eg.Xe)("svg",{class:"course-drawn-tick",viewBox:"0 0 32 32","aria-hidden":"true"})).append((0,eg.Xe)("circle",{cx:16,cy:16,r:13.5,pathLength:1,transform:"rotate(-90 16 16)"}),(0,eg.Xe)("path",{d:"M9.5 16.5 L14.5 21.5 L23 11.5",pathLength:1})),e)],t)}if(n){let o=ea("exercise"in n?`Next exercise: ${n.exercise}`:`Next lesson: ${n.title}`,async()=>{let o=t.find(({node:e})=>e.contains(s.node));o&&await async function({commands:e},t,o,r){if("lesson"in o){let{path:r}=t.context,n=r.slice(0,r.lastIndexOf("/")+1),s={path:`${n}${o.lesson}.ipynb`,factory:"Notebook"};await e.execute("docmanager:open",s);return}let n=e9(t,o.exercise);n?(await e0(t,n.model.id),J(t,n,"command")):r.showStatus(`This notebook has no cell for the exercise ${o.exercise}.`)}(e,o,n,s)});o.classList.add("course-go","course-further"),i.append(o)}return s.node.prepend(...a,i),s}(this.#l,this.#u,r);if(!e)return;this.insertWidget(+!r.praise,e),this.#p={bar:e,data:r},this.isAttached&&to(this.#u,e,r);return}let n=new eP(this.#d,r.name,r.hints);this.addWidget(n),this.addWidget(this.#h(r.name,n))}onAfterAttach(){this.#p&&to(this.#u,this.#p.bar,this.#p.data)}#h(e,t){let o=en(this.#l),r=()=>({tracker:this.#u,reportElement:this.node,name:e,showStatus:o.showStatus}),s=ea("Put the solution into the cell…",()=>(async function(e){let t=e$(e);if(!t)return;let{panel:o,cell:r}=t,{button:n}=await (0,ei.showDialog)({title:`Put the course's ${e.name} into its cell?`,body:"It takes the place of what you wrote in that cell, and the exercise counts as seen. Edit → Undo in the cell brings yours back.",buttons:[ei.Dialog.cancelButton(),ei.Dialog.okButton({label:"Put it there"})],defaultButton:0});if(n.accept){e.showStatus("Waiting for the kernel …");try{let t,n=function(e,t){let{sharedModel:o}=e.model,{from:r,to:n,text:s}=function(e,t){let o=Math.min(e.length,t.length),r=0;for(;r<o&&e[r]===t[r];)r++;let n=0;for(;n<o-r&&e.at(-1-n)===t.at(-1-n);)n++;return{from:r,to:e.length-n,text:t.slice(r,t.length-n)}}(o.getSource(),t),{undoManager:a}=o;return a?.stopCapturing(),o.updateSource(r,n,s),{from:r,to:r+s.length}}(r,await async function(e,t){let o,r,n=e.sessionContext.session?.kernel;if(!n)throw Error("No kernel is running: start one in the menu Kernel.");let s=n.requestExecute({code:t,silent:!1,store_history:!1});if(s.onIOPub=({header:e,content:t})=>{if("error"===e.msg_type&&(r=String(t.evalue)),"display_data"!==e.msg_type)return;let{data:n}=t,s=n["text/plain"];"string"==typeof s&&("text/markdown"in n?o=s:r=s)},await s.done,void 0===o)throw Error(r??"The kernel gave no solution.");return o}(o,(t=e.name,`(await import("course")).showSolution("${t}");`)));em(r),J(o,r,"edit"),await o.content.scrollToItem(o.content.activeCellIndex,"smart"),e.showStatus("The solution is in the cell. Run the cell, then the check."),function(e,t,o){ew("course-new-lines-style",ek);let r=q(t);if(!r)return;r.state.field(eC,!1)||r.dispatch({effects:el.StateEffect.appendConfig.of(eC)});let n=r.state.doc.lineAt(Math.min(o.from,r.state.doc.length)),s=n.from+Math.max(0,n.text.search(/\S/));r.dispatch({effects:ej.of(o),selection:{anchor:s}}),G(e,()=>(function(e){let[t,o]=[e[0],e[e.length-1]];if(t&&o)return{isConnected:t.isConnected&&o.isConnected,getBoundingClientRect:()=>{let{left:e,top:r,width:n}=t.getBoundingClientRect();return new DOMRect(e,r,n,o.getBoundingClientRect().bottom-r)}}})(t.node.getElementsByClassName(ey))),setTimeout(()=>r.dispatch({effects:ej.of(void 0)}),4e3)}(o.content,r,n)}catch(t){e.showStatus(`The solution could not be put there. ${t.message}`)}}})(r()),"Replaces your code in the exercise's cell with the course's solution, so that you can read it. The exercise counts as seen.");return s.classList.add("course-put"),o.node.prepend(...function(e,t){let{hints:o}=t;if(0===o.length)return[];let r=ea("",async()=>{let o=t.next();if(void 0===o)return;let{top:n}=r.getBoundingClientRect();r.style.minWidth=`${r.offsetWidth}px`,await t.open(o);let s=e.find(({node:e})=>e.contains(r))?.content.outerNode;s?.scrollBy(0,r.getBoundingClientRect().top-n)});return r.classList.add("course-next-hint"),t.follow(()=>{let e=t.next();r.textContent=e?`Show hint ${e} of ${o.length}`:"No more hints",r.toggleAttribute("data-course-done",!e)}),[r]}(this.#u,t),ea("Go on with the course's version",()=>(async function(e){let t=e$(e);if(!t)return;let{panel:o,at:r}=t,{content:s,sessionContext:a}=o,i=l(e.name),c=s.widgets[r+1];c?.model.sharedModel.getSource()!==i&&s.model?.sharedModel.insertCell(r+1,{cell_type:"code",source:i,metadata:{}}),s.deselectAll(),s.activeCellIndex=r+1;let d=await n.NotebookActions.run(s,a),u=s.widgets[d?r+2:r+1];u&&J(o,u,"command"),e.showStatus(d?`From here on, the lesson uses the course's ${e.name}. Delete the new cell to undo it, then run your own cell.`:"The new cell below could not run yet. Start the kernel and run it.")})(r()),"Keeps your code, and adds a cell below that imports the course's function for the rest of the lesson. You don't see the solution."),s,es(`“Go on” uses the course's ${e} in the rest of the lesson. Your code stays in its cell.`)),o}}let ts={id:"foundation-models-lab:check",description:"Adds buttons to the course's checks",autoStart:!0,requires:[s.IRenderMimeRegistry,n.INotebookTracker],activate:(e,t,o)=>{ew("course-check-style",tr),ew("course-buttons-style",er),ew("course-passed-style",e7),n.NotebookActions.executed.connect((e,{notebook:t,cell:o})=>{"check"===N(o).role&&async function(e,t){let o=await async function(e){let t=Date.now()+1500;for(;!e.isDisposed&&Date.now()<t;){let t=e.node.querySelector(".course-passed");if(t)return t;await new Promise(e=>setTimeout(e,50))}}(t);if(!o||(o.querySelector(".course-drawn-tick")&&o.classList.add("course-celebrates"),!function({model:e,widgets:t},o){let{name:r}=N(o),n=t.indexOf(o),s=t.findIndex((e,t)=>t>n&&tt(e,String(r)));return!(s<0)&&!!e&&(e.sharedModel.deleteCell(s),!0)}(e,t)))return;let r=document.createElement("p");r.className="course-own-again",r.textContent=`The lesson uses your ${N(t).name} again: the cell below that took the course's is removed.`,o.append(r)}(t,o);let r=t.activeCellIndex-t.widgets.indexOf(o);(0===r||1===r)&&"check"===N(o).role&&G(t,()=>o.node.querySelector(".jp-OutputArea-output"),void 0,e=>(function({widgets:e,outerNode:t},o,r){let{name:n}=N(o),s=e.find(e=>{let t=N(e);return"exercise"===t.role&&t.name===n}),a=s?.node.querySelector(".jp-Cell-inputWrapper")?.getBoundingClientRect();if(!a)return 0;let{top:i,height:c}=r.getBoundingClientRect(),l=i-a.bottom+Math.min(a.height,120);return l<=0||l>.4*t.clientHeight?0:Math.max(0,Math.min(l,t.clientHeight-c-24))})(t,o,e))}),_(o,(e,t)=>{"exercise"===N(e).role&&function({content:e},t){let o=e.widgets[e.widgets.indexOf(t)-1],{name:r}=N(t);if(o?.model.type!=="markdown"||""===r)return;let n=()=>{for(let e of o.node.querySelectorAll("details")){let t=eI(e);void 0!==t&&(e.open=eO(r,t))}};o.node.addEventListener("toggle",({target:e})=>{let t=e instanceof HTMLDetailsElement?eI(e):void 0;void 0!==t&&eT(r,t,e.open)},!0);let s=new MutationObserver(n);s.observe(o.node,{childList:!0,subtree:!0});let a=new AbortController;eE(r,n,a.signal),o.disposed.connect(()=>{s.disconnect(),a.abort()})}(t,e)}),t.addFactory({safe:!0,mimeTypes:[i.O],createRenderer:()=>new tn(e,t,o)},0)}},ta=`
.course-lesson .jp-OutputArea[data-course-doubt]::before { content: attr(data-course-doubt); display: block;
  margin: 0 0 4px calc(var(--course-prompt) + var(--course-start)); font-size: 14px; line-height: 1.5;
  color: var(--jp-warn-color-normal, var(--jp-ui-font-color1)); }
`,ti=e=>({source:e.model.sharedModel.getSource(),role:N(e).role,name:N(e).name,run:e.model.executionCount??void 0,hasFailed:L(e),passes:B(e).flatMap(({data:e})=>(0,i.jc)(e[i.O])??[])[0]?.passed}),tc={id:"foundation-models-lab:doubts",description:"Says where a function that fails its check has made what a cell shows",autoStart:!0,requires:[n.INotebookTracker],activate:()=>{ew("course-doubts-style",ta),n.NotebookActions.executed.connect((e,{notebook:t,cell:o})=>{(function(e,t){let{role:o,name:r}=N(e);if("check"!==o)return[e];let n=t.widgets.filter(z),s=n.find(e=>"exercise"===N(e).role&&N(e).name===r)?.model.executionCount??1/0;return n.filter(({model:e})=>(e.executionCount??0)>s)})(o,t).forEach(e=>(function(e,t){if(!z(t)||!e.node.closest(`.${U}`))return;let o=e.widgets.filter(z),r=H(t)||L(t)||!(t.model.outputs.length>0)?void 0:function(e,t){for(let{role:o,name:r,source:n,run:s=0,hasFailed:a}of(0,c.vs)(e.map(e=>({...e,hasRun:!1})))(t).map(t=>e[t])){if("exercise"!==o||A(n,r))continue;if(a)return`This comes from an earlier ${r}: its cell has failed since.`;let t=e=>!1===e.passes&&(e.run??0)>s;if(e.some(e=>"check"===e.role&&e.name===r&&t(e)))return`This comes from your ${r}, which fails its check.`}}(o.map(ti),o.indexOf(t)),{node:n}=t.outputArea;void 0===r?delete n.dataset.courseDoubt:n.dataset.courseDoubt=r})(t,e))})}},tl="course-versions",td=e=>!0===e.getMetadata(tl);function tu(e,t){t?e.setMetadata(tl,!0):e.deleteMetadata(tl)}function tp(e){let{role:t,name:o}=N(e);return"exercise"===t&&A(e.model.sharedModel.getSource(),o)?o:void 0}let th=({widgets:e},t=e.length)=>e.slice(0,t).filter(z).filter(e=>void 0!==tp(e));async function tf({content:e,sessionContext:t},o){e.model&&tu(e.model,!0);let r=o.map(e=>tm(e,tp(e),t));return(await Promise.all(r)).every(Boolean)}async function tm(e,t,o,r=Promise.resolve()){let n=o.session?.kernel;if(!n)return!1;let s=l(t),a=n.requestExecute({code:s,store_history:!1,stop_on_error:!1}),{content:i}=await a.done;return await r,"ok"===i.status&&!e.isDisposed&&(!function({model:{outputs:e}},t){let o=`**Not written yet, so the lesson uses the course's \`${t}\`.** It doesn't count as yours: write your own in this cell and run it.`;for(let t=0;t<e.length;t++)if(e.get(t).data["text/plain"]===o)return;e.add({output_type:"display_data",metadata:{},data:{"text/markdown":o,"text/plain":o}})}(e,t),!0)}let tg=`
.course-lesson .course-missing > .course-missing-line { padding: 4px 8px 0 12px; font-size: 14px; line-height: 1.5;
  box-sizing: border-box; max-width: calc(var(--course-measure) - var(--course-start));
  font-family: var(--jp-ui-font-family); color: var(--jp-ui-font-color1); }
.course-lesson .course-missing { border-left: 4px solid var(--jp-info-color1, #0072b2); }
.course-lesson .course-missing > .course-actions { padding-left: 12px; }
.course-lesson .jp-OutputArea-child:has(+ .jp-OutputArea-child) > .course-missing > .course-missing-line::after {
  content: " The figure below was drawn beforehand."; }
.course-missing > details { padding: 0 8px 4px 12px; font-family: var(--jp-ui-font-family); font-size: 13px;
  color: var(--jp-ui-font-color1); }
.course-missing > details > summary { width: fit-content; cursor: pointer; }
.course-missing > details > summary:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
`;function tw(e,t,o){let{model:r}=e.content,n=null!==r&&td(r);return{cells:e3(e,t,o),unwritten:n?[]:(({content:e},t)=>e8(e,t,()=>!1))(e,t).filter(e=>void 0!==tp(e))}}function tb({content:e},t,o){let r,s=()=>{clearTimeout(r),r=setTimeout(o,300)};e.modelContentChanged.connect(s),n.NotebookActions.executed.connect(s),t.disposed.connect(()=>{clearTimeout(r),e.modelContentChanged.disconnect(s),n.NotebookActions.executed.disconnect(s)}),o()}let tx="The kernel could not import the course's version. Is it running?";function tv({cells:e,unwritten:t},o){if(0===e.length)return`Go on with ${ty}, then ${o}`;let r=t.length>0?`, with ${ty}`:"";return`Run ${tk(e)} that it needs${r}, then ${o}`}let ty="the course's version of what isn't written",tk=e=>1===e.length?"the cell":`the ${e.length} cells`;function tj(e,t){let o=t.map(t=>tw(e,t)),r=new Set(o.flatMap(e=>e.cells));return{cells:e.content.widgets.filter(e=>z(e)&&r.has(e)&&!t.includes(e)&&"setup"!==N(e).role),unwritten:[...new Set(o.flatMap(({unwritten:e})=>e))]}}let tC=async(e,{unwritten:t})=>0===t.length||tf(e,t);function t$(e,t,o){let r=async()=>{if(t.isDisposed)return;let o=e.widgets.indexOf(t);e.deselectAll(),e.activeCellIndex=o,e.mode="command",await e.scrollToItem(o,"smart"),await G(e,()=>(function(e){if(e)return{isConnected:e.isConnected,getBoundingClientRect:()=>{let{left:t,top:o,width:r,height:n}=e.getBoundingClientRect();return new DOMRect(t,o,r,n+120)}}})(t.node.querySelector(".jp-OutputArea")))};return o&&r(),ei.Notification.warning(function(e){let[t=""]=W(e),o=R(t);return void 0!==o?`Stopped at ${o}: not written yet.`:`Stopped: ${t.split(/\. |\n/)[0]||"a cell failed"}.`}(t),{actions:[{label:"Go to the cell",callback:()=>void r()}],autoClose:8e3})}let tM="application/vnd.jupyter.stderr",tS=`
.course-error > .jp-RenderedText { padding-right: 8px; padding-bottom: 8px; }
.course-error > .course-actions { padding: 0.6em 0 0.4em; border-left: 0; }
.course-lesson .course-unwritten > .jp-RenderedText { padding: 4px 8px 4px 12px; background: transparent;
  border-left: 4px solid var(--jp-info-color1, #0072b2); }
.course-lesson .course-unwritten > .jp-RenderedText pre { font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.5; }
`,tA=/^notebook:(run-all-cells|run-all-below|restart-run-all)$/;function tR(e){e.stop&&ei.Notification.dismiss(e.stop.notice),delete e.stop}async function tT({panel:e,cell:t,log:o},r){let{content:s,sessionContext:a}=e,i=await n.NotebookActions.runCells(s,r,a),c=i?void 0:r.find(e=>e!==t&&L(e));if(c){o.stop??={cell:c,notice:t$(s,c,!0)};return}let l=s.widgets[s.widgets.indexOf(t)+1];J(e,i&&l?l:t,"command")}let tO="Go on with the course's version of all that isn't written";class tE extends a.Panel{registry;addActions;#f="";constructor(e,t){super(),this.registry=e,this.addActions=t,this.addClass("course-error")}async renderModel(e){for(let e of[...this.widgets])e.dispose();let{evalue:t}=e.data[I]??{};this.#f="string"==typeof t?t:"";let o=void 0!==R(this.#f);this.toggleClass("course-unwritten",o);let r=this.#f.replace(/^not written yet: ([\w$]+)/,"$1 isn't written yet"),n=new s.MimeModel({data:{[tM]:r},trusted:e.trusted}),a=this.registry.createRenderer(tM);this.addWidget(a),await a.renderModel(o?n:e),this.isAttached&&this.addActions(this,this.#f)}onAfterAttach(){this.addActions(this,this.#f)}}let tI={id:"foundation-models-lab:errors",description:"Adds buttons below errors that other cells solve",autoStart:!0,requires:[s.IRenderMimeRegistry,n.INotebookTracker],optional:[ei.ICommandPalette],activate:(e,t,o,r)=>{ew("course-buttons-style",er),ew("course-error-style",tS+tg),n.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:r})=>{if(!z(o))return;let n=e2.get(t)??new Set;e2.set(t,n),r?n.add(e6(o)):n.delete(e6(o))}),o.widgetAdded.connect((e,t)=>{V(t,()=>void e2.delete(t.content))});let s=function({commands:e},t){let o=new WeakMap,r=e=>{let t=o.get(e)??{isRunningAll:!1};return o.set(e,t),t};return n.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:n})=>{let s=r(t);if(n&&o===s.stop?.cell&&tR(s),n||!z(o)||!L(o)||!s.isRunningAll||s.stop)return;let a=t.activeCellIndex===t.widgets.length-1||t.activeCell===s.startedAt;s.stop={cell:o,notice:t$(t,o,a)}}),t.widgetAdded.connect((e,{content:t})=>{var o;let n;o=r(t),n=t.activeCell,t.activeCellChanged.connect((e,r)=>{o.place??={...{cell:t.activeCell,scrollTop:t.outerNode.scrollTop},cell:n},n=r,queueMicrotask(()=>delete o.place)})}),e.commandExecuted.connect((e,{id:o})=>{let n=t.currentWidget;if(!n||!o.startsWith("notebook:r"))return;let{content:s}=n,a=r(s),{place:i}=a,c=tA.test(o);c&&i&&n.hasClass(U)&&async function(e,{cell:t,scrollTop:o}){let r=e.widgets.findIndex(e=>e===t);r<0||r===e.activeCellIndex||(e.activeCellIndex=r,await e.scrollToItem(r,"auto").catch(()=>void 0),e.outerNode.scrollTop=o)}(s,i),tR(a),Object.assign(a,{isRunningAll:c,startedAt:s.activeCell})}),r}(e,o),i=(t,r)=>{let n=o.find(({node:e})=>e.contains(t.node)),i=n?.content.widgets.find(({node:e})=>e.contains(t.node));n?.hasClass(U)&&i&&z(i)&&1===t.widgets.length&&function(e,t,o,r){let n=()=>(function(e,t,o){let{panel:r,cell:n}=e,s=R(t);if(void 0!==s&&th(r.content).some(e=>tp(e)===s))return{label:tO,apply:()=>(async function(e,t){let{panel:o,cell:r,log:n}=e,{content:s}=o,a=s.widgets.indexOf(r),i=th(s,a);if(!await tf(o,i))return t.showStatus(tx);if(!n.isRunningAll)return tT(e,[r]);let c=new Set(i.map(e=>N(e).name));await tT(e,s.widgets.filter((e,t)=>{let{role:o,name:r}=N(e);return t>=a||"check"===o&&c.has(r)}).filter(z))})(e,o)};let a=T(t);if(void 0===s&&void 0===a)return;let i=tw(r,n,a);if(0!==i.cells.length)return{label:tv(i,"this one"),apply:()=>(async function(e,t,o){if(!await tC(e.panel,t))return o.showStatus(tx);await tT(e,[...t.cells,e.cell])})(e,i,o)}})(t,o,r);if(!n())return;let s=ea("",async()=>n()?.apply());s.className="course-primary";let i=es("The lesson then uses the course's functions where yours aren't written. Your code stays in its cells.");r.node.prepend(s,i);let c=T(o),l=void 0===c?void 0:function(e,t,o,r){let n=new a.Widget;n.addClass("course-missing-line");let s=!function(e){let t=B(e).flatMap(({metadata:e},t)=>e?.course?.note==="types"?[t]:[]);for(let o of t)e.outputArea.widgets[o]?.hide();return t.length>0}(t),i=new a.Widget({node:document.createElement("details")}),c=new a.PanelLayout;i.layout=c,c.addWidget(e.widgets[0]);let l=document.createElement("summary");for(let t of(l.textContent="Show the error",i.node.prepend(l),[n,r,i]))e.addWidget(t);return e.addClass("course-missing"),e=>{let t=e?"The cells that this one needs have run: run it again.":s?`This cell uses ${o}, which isn't defined yet.`:`This cell uses ${o} and other names that aren't defined yet.`;n.node.textContent!==t&&(n.node.textContent=t)}}(e,t.cell,c,r);l||e.addWidget(r),tb(t.panel,e,()=>{let{label:e}=n()??{};s.hidden=void 0===e,s.textContent=e??"",i.hidden=e!==tO,l?.(void 0===e)})}(t,{panel:n,cell:i,log:s(n.content)},r,en(e))};t.addFactory({safe:!0,mimeTypes:[I],createRenderer:()=>new tE(t,i)},0),r?.addItem({command:function({commands:e},t){let o="course:use-course-versions",r=()=>t.currentWidget?.content.model??void 0;return e.addCommand(o,{label:"Go On with the Course's Version of Unwritten Functions",isEnabled:()=>r()?.getMetadata("course")!==void 0,isToggled:()=>{let e=r();return void 0!==e&&td(e)},execute:()=>{let e=r();e&&tu(e,!td(e))}}),o}(e,o),category:"Course"})}},tP=new WeakMap,tN=new WeakMap,tq={id:"foundation-models-lab:setup",description:"Knows the imports of each lesson",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{_(t,(e,{sessionContext:t})=>{"setup"===N(e).role&&tP.set(t,e)}),t.widgetAdded.connect((e,t)=>{V(t,()=>void tN.delete(t.sessionContext))})}},tz={id:"foundation-models-lab:executor",description:"Runs cells, also those that are run before there is a kernel",autoStart:!0,provides:n.INotebookCellExecutor,activate:()=>({async runCell(e){let{cell:t,notebook:o,sessionContext:r}=e;await r?.ready;let s="setup"===N(t).role;r&&z(t)&&!s&&await async function(e,t,o){let r=tP.get(e);r&&!r.isDisposed&&""!==N(t).role&&(tN.has(e)||tN.set(e,o(r)),await tN.get(e)?.catch(()=>!1))}(r,t,t=>(0,n.runCell)({...e,cell:t}));let a=(0,n.runCell)(e);r&&s&&tN.set(r,a);let i=r&&z(t)&&td(o),c=i?tp(t):void 0;return i&&void 0!==c&&await tm(t,c,r,a.catch(()=>!1)),a}})},tL="course-filling",tW=`
.${tL} .jp-WindowedPanel-viewport::after { content: "The rest of this lesson is being drawn …"; display: block;
  padding: 24px 0; text-align: center; font-family: var(--jp-ui-font-family); font-style: italic;
  color: var(--jp-ui-font-color2); }
`,tD={id:"foundation-models-lab:fill",description:"Draws all cells of the course's notebooks as soon as they open",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{ew("course-fill-style",tW);let o=new WeakSet;_(t,(e,t)=>{o.has(t)||(o.add(t),t.revealed.then(()=>setTimeout(()=>(function(e){let{content:t}=e,o=()=>{if(e.isDisposed)return;let r=!("full"===t.notebookConfig.windowingMode||t.widgets.every(e=>!e.isPlaceholder()));e.toggleClass(tL,r),r&&(e.isVisible&&t.update(),setTimeout(o,e.isVisible?20:1e3))};o()})(t),700)))})}};var tB=o(338),tH=o(70);let tF=`
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown {
  font-size: 12px; line-height: 16px; color: var(--course-quiet); }
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown em { font-style: normal; }
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown > p { margin: 0 0 6px; }
.course-lesson [data-course-preview]:has(.jp-InputPlaceholder) .jp-OutputArea-child:first-child { display: none; }
.course-lesson [data-course-previewed]:not([data-course-preview], [data-course-fold]) .jp-OutputArea-child:first-child {
  margin-top: 22px; }
`,tU=e=>e?.course?.preview===!0;function t_({model:{outputs:e}}){let t=e.length>0?e.get(0):void 0;return tU(t?.metadata)?String(t.data["text/plain"]):void 0}let tV={async react(e,...t){try{await (await async function(){r??=o.e(928).then(o.t.bind(o,995,23)).then(e=>e.default);try{return await r}catch(e){throw r=void 0,e}}()).react(e,...t)}catch(t){throw e.textContent="The chart can't be drawn: its program could not be loaded. Is there a network?",t}},purge(e){r?.then(({purge:t})=>{t(e)})}};class tG extends a.Widget{drawInto;#e;#m=(function(e){let t=new MutationObserver(e);return t.observe(document.body,{attributeFilter:["data-jp-theme-light"]}),()=>{t.disconnect()}})(()=>this.#e?.redraw());constructor(e,t){super(),this.drawInto=e,this.addClass("course-figure"),eo(this.node,t)}renderModel(e){return this.toggleClass("course-wide",(0,eg.JN)(e.data)>=3),this.#e=this.drawInto(this.node,e,this.#e),Promise.resolve()}dispose(){this.#m(),this.#e?.remove(),super.dispose()}}let tK=(e,t,o)=>({safe:!0,mimeTypes:[t],createRenderer:()=>(ew("course-views-style",eg.Y),new tG(o,e))}),tY="application/vnd.plotly.v1+json",tJ={id:"foundation-models-lab:figures",description:"Draws the course's charts",autoStart:!0,requires:[s.IRenderMimeRegistry],activate:(e,t)=>{e.started.then(()=>t.addFactory(tK(e,tY,(e,{data:t},o)=>{let r=(0,eg.VR)(t[tY]);if(r)if(!o)return(0,eg.$2)(tV,e,r,{dark:eb});else o.update(r);else e.textContent=String(t["text/plain"]??"");return o}),0))}},tX=new Set(["restarting","autorestarting","terminating","dead"]),tQ={send:()=>void 0,close:()=>void 0},tZ="application/vnd.course.view.v1+json",t0=(e,t)=>tK(e,tZ,(e,{data:o},r)=>{let n=o[tZ],s=(0,eg.Ml)(n);return r&&s&&r.update(s)?r:(r?.remove(),(0,eg.qt)(e,n,{plotly:tV,dark:eb,kernel:t,memory:eg.eg}))}),t1={id:"foundation-models-lab:views",description:"Draws the course's views, and links them to the notebook's kernel",autoStart:!0,requires:[s.IRenderMimeRegistry],activate:(e,t)=>{t.addFactory(t0(e),-1),e.docRegistry.addWidgetExtension("Notebook",{createNew({content:t,sessionContext:o}){t.rendermime.addFactory(t0(e,{open:(e,t)=>(function(e,t,o){let r=e.session?.kernel;if(!r?.handleComms||tX.has(r.status))return o.closed(),tQ;let n=r.createComm("course.control");return n.onMsg=({content:e})=>{let t;(t=e.data,t?.ready===!0)?o.ready():o.received(e.data)},n.onClose=()=>{o.closed()},n.open(t),{send(e){n.send(e)},close(){n.onClose=()=>void 0,n.isDisposed||r.isDisposed||n.close()}}})(o,e,t),onChange:e=>{let t,r;return t=!1,r=(o,r)=>{let n=tX.has(r);n!==t&&(t=n,e())},o.kernelChanged.connect(e),o.statusChanged.connect(r),()=>{o.kernelChanged.disconnect(e),o.statusChanged.disconnect(r)}}}),-1)}})}},t2=`
.course-lesson .course-asked { padding-top: 5px; padding-left: calc(var(--jp-cell-collapser-width) + var(--course-prompt)); }
.course-asked-note { margin: 8px 0 2px; font-size: 13px; line-height: 1.5; color: var(--course-quiet); }
.course-asked-note:empty { display: none; }
`,t6="Guess",t4=e=>{let t=e.model.sharedModel.getSource();return(0,tH.zy)(t)?function(e){let[,t,o=""]=v.exec(e)??[];if(void 0===t)return;let r=Object.fromEntries([...o.matchAll(RegExp(b,"g"))].map(([,e,t])=>[e,t.startsWith("[")?[...t.matchAll(RegExp(p,"g"))].map(([e])=>y(e)):t.startsWith('"')?y(t):Number(t)]));return{question:y(t),input:r}}(t):void 0},t3=e=>B(e).some(({data:e})=>(0,eg.Ml)(e[tZ])?.view==="guess");function t5(e,t){let o=e.widgets.map(e=>({isCode:z(e),source:e.model.sharedModel.getSource()})),r=(0,tH.TK)(o),n=e.widgets.indexOf(t);return e.widgets.filter((e,t)=>r[t]===n).filter(z).filter(t=>!H(t)&&!(e4(e,t)||t.model.outputs.length>0&&!L(t)))}async function t8(e,t,o){let{content:r,sessionContext:s}=e,a=await n.NotebookActions.runCells(r,[...t,o],s),i=a?void 0:t.find(L);return i&&t$(r,i,!0),a}async function t7(e,t){for(let o of t5(e.content,t))if(!await t8(e,tj(e,[o]).cells,o))return}let t9=new WeakMap;function oe(e,t){let o=t9.get(t)?.note;if(!o)return;let r=function({cells:e,unwritten:t}){if(0===e.length&&0===t.length)return"";if(0===e.length)return`Your guess goes on with ${ty}.`;let o=t.length>0?`, with ${ty}`:"";return`Your guess runs ${tk(e)} that the answer needs${o}.`}(tj(e,[t,...t5(e.content,t)]));o.textContent!==r&&(o.textContent=r)}let ot={id:"foundation-models-lab:questions",description:"Shows questions ahead of their cells' runs, and draws their answers after a guess",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{ew("course-questions-style",t2),t.widgetAdded.connect((e,t)=>(function(e){let{content:t}=e;t.node.addEventListener(eg.D5,({target:o})=>{let r=t.widgets.find(({node:e})=>e.contains(o));r&&z(r)&&e.hasClass(U)&&t7(e,r)})})(t)),_(t,(t,o)=>{if(!z(t))return;let r=()=>{let r,n;r=t9.get(t),n="running"===t.model.executionState,r&&r.source===t.model.sharedModel.getSource()&&!t3(t)||(r?.host.remove(),t9.delete(t),t3(t)||n||(!function(e,t,o){let r=t4(o),n=o.node.querySelector(":scope > .jp-Cell-inputWrapper");if(!r||!n)return;let s=document.createElement("div"),a=document.createElement("div");s.className="course-asked jp-OutputArea",a.className="jp-OutputArea-output course-figure",s.append(a);let i=(0,eg.JR)(a,function({question:e,input:t}){let{from:o,to:r,step:n=(Number(r)-Number(o))/100,unit:s}=t,a=Number(o)+Math.round((Number(r)-Number(o))/2/Number(n))*Number(n);return{view:"guess",version:1,caption:e,input:"slider"===t.input?{step:n,start:a,...t}:t,unit:s}}(r),eg.eg,e=>(async function(e,t,o){let r=tj(e,[t,...t5(e.content,t)]);if(!await tC(e,r))return tx;if(J(e,t,"command"),!await t8(e,tj(e,[t]).cells,t))return"";let n=t.outputArea.node.querySelector("[data-open] .course-skip");return o?await t7(e,t):n?.click(),""})(t,o,e));if(!i)return;ew("course-views-style",eg.Y),eo(a,e);let c=document.createElement("p");c.className="course-asked-note",i.append(c),n.after(s),t9.set(o,{host:s,note:c,source:o.model.sharedModel.getSource()})}(e,o,t),oe(o,t)))};for(let e of(t.ready.then(r),[t.model.contentChanged,t.model.outputs.changed]))e.connect(r);t.model.stateChanged.connect(r),void 0!==t4(t)&&tb(o,t,()=>oe(o,t))})}},oo=new Set(["setup","draws","prepares"]),or=e=>oo.has(N(e).fold),on=e=>(0,tH.zy)(e.model.sharedModel.getSource())?"asks":N(e).fold,os=new WeakMap,oa=`
.course-lesson .jp-CodeCell[data-course-fold] .jp-InputPlaceholder .jp-Placeholder-content {
  flex: 0 1 auto; border: none; border-radius: 3px; min-height: 0; margin-left: 9px; padding: 3px 8px 3px 5px;
  background: transparent; box-shadow: none; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-InputPlaceholder .jp-Placeholder-content:hover {
  background: var(--jp-layout-color2); }
.course-lesson .jp-CodeCell[data-course-fold] .jp-Placeholder-content:focus-visible {
  outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-PlaceholderText {
  font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.5;
  color: var(--course-quiet); overflow: visible; text-overflow: clip; white-space: normal; width: auto; max-width: none; }
.course-lesson .jp-Placeholder-content:is(:hover, :focus-visible) .jp-PlaceholderText { color: var(--jp-ui-font-color1); }
.course-lesson .jp-CodeCell[data-course-fold] .jp-InputPlaceholder {
  max-width: calc(var(--jp-cell-collapser-width) + var(--jp-cell-prompt-width) + var(--course-measure)); }
.course-fold-note { flex: none; align-self: center; padding-left: 6px; font-size: 12px; line-height: 16px;
  font-family: var(--jp-content-font-family); color: var(--course-quiet); }
@media (max-width: 700px) { /* below the label */
  .course-lesson .jp-CodeCell[data-course-fold] .jp-InputPlaceholder:has(.course-fold-note) { flex-wrap: wrap; }
  .course-fold-note { flex: 0 0 100%; box-sizing: border-box; padding-left: 36px; }
}
.course-lesson .jp-CodeCell[data-course-fold] .jp-PlaceholderText::before { content: "▸ "; font-size: 17px; line-height: 1; }
.course-lesson .jp-CodeCell[data-course-fold] [data-course-running] .jp-PlaceholderText::after {
  content: " \xb7 running …"; color: var(--jp-ui-font-color2); animation: course-running 1ms 400ms both; }
@keyframes course-running { from { visibility: hidden; } to { visibility: visible; } }
.course-lesson .jp-CodeCell[data-course-fold] .jp-Placeholder-prompt { position: relative; left: var(--jp-cell-collapser-width);
  margin-bottom: -4px; } /* a run leaves the line as high as it was */
.course-ran { align-self: center; margin-left: 0.6em; font-family: var(--jp-ui-font-family); font-size: 13px; line-height: 1;
  color: var(--jp-success-color1, #2e7d32); }
.course-lesson .jp-CodeCell[data-course-fold] .jp-Cell-inputWrapper:has(> .jp-InputPlaceholder) > .jp-InputCollapser {
  position: absolute; inset: 0 auto 0 0; width: var(--jp-cell-collapser-width); }
.course-lesson .jp-CodeCell[data-course-fold] .jp-MoreHorizIcon { display: none; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-Cell-inputWrapper { flex-wrap: wrap; position: relative; }
.course-lesson .jp-CodeCell[data-course-fold] .jp-InputArea { flex: 1 1 0; min-width: 0; }
.course-hide-line { order: -1; flex: 0 0 100%; box-sizing: border-box;
  padding-left: calc(var(--jp-cell-prompt-width) + var(--jp-cell-collapser-width)); }
.course-hide-code { padding: 3px 8px 3px 6px; border: none; border-radius: 3px; background: transparent; cursor: pointer;
  font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.5;
  color: var(--course-quiet); }
.course-hide-code::before { content: "▾ "; font-size: 17px; line-height: 1; }
.course-hide-code:hover { background: var(--jp-layout-color2); }
.course-hide-code:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.jp-Cell-inputWrapper:has(> .jp-InputPlaceholder) > .course-hide-line { display: none; }
`;function oi(e,t,o){let r=o.node.querySelector(".jp-InputPlaceholder .jp-Placeholder-content"),n=r?.querySelector(".jp-PlaceholderText");if(!or(o)||!r||!n)return;let s=on(o),a=((e,{content:t},o)=>(function(e){let t=os.get(e);if(t)return t;let o=new Map;for(let t of e.widgets){if(!z(t)||!or(t)||N(t).hasPreview)continue;let e=on(t);o.has(e)||o.set(e,t)}return os.set(e,o),o})(t).get(e)===o)(s,t,o),{executionCount:i,outputs:c}=o.model,l=null!==i||c.length>0||void 0!==t4(o),d={kind:s,source:o.model.sharedModel.getSource(),hasOutput:l,isFirst:a,isAnswer:o.node.hasAttribute(F)},u=("asks"!==d.kind||d.hasOutput?void 0:function(e){let t=m.exec(e)?.[1];if(void 0!==t)return y(t);let o=(g.exec(e)?.[1]?.split(/(?<=[.?!])\s+/)??[]).filter(e=>!e.includes("${"));return o.length>0?o.join(" "):void 0}(d.source))??`Show the code: ${function({kind:e,source:t,hasOutput:o,isAnswer:r}){let n,s,a,i;if("setup"===e)return"imports";if("prepares"===e)return function(e){let t=[...e.matchAll(j)].map(([,e,t])=>e??t),o=t.length>0?t:[...e.matchAll(/^const +([\w$]+)(?:: [^=]+)? =/gm)].map(([,e])=>e);if(o.length<2)return o[0]??"prepares what follows";let r=o.length>3,n=r?o.slice(0,2):o.slice(0,-1),s=r?`${o.length-n.length} more`:o.at(-1);return`${n.join(", ")} and ${s}`}(t);if("asks"===e)return"asks the question";if(r)return`the answer's ${M(t)}`;let c=o?void 0:(s=(n=h.exec(t)?.[1]??"").startsWith("`")?n.slice(1):y(n),""!==(a=f.exec(s)?.[0]??"")&&a.length<=90?a:void 0);return void 0===c?(i=M(t),`${i.startsWith("table")?"makes":"draws"} the ${i}`):`“${c}”`}(d)}`;n.textContent!==u&&(n.textContent=u),function(e,t){let o=e.parentElement.querySelector(".course-fold-note");if(""===t)return o?.remove();o||((o=document.createElement("span")).className="course-fold-note",e.after(o)),o.textContent=t}(r,t_(o)??(({kind:e,hasOutput:t,isFirst:o})=>o&&!t&&"asks"!==e?"Shift+Enter runs this cell":"")(d)),"asks"===s&&void 0===t4(o)&&function(e,t,o,r){if(r.parentElement.querySelector(".course-ask"))return;let n=ea(t6,()=>(async function(e,t,o){let{content:r}=e,n=tj(e,[t]);(J(e,t,"command"),o.textContent="Running what it needs …",await tC(e,n))?await t8(e,n.cells,t)&&(J(e,t,"command"),await G(r,()=>t.node.querySelector(".jp-OutputArea"))):o.textContent=tx})(t,o,n).finally(s)),s=()=>{if("true"===n.ariaDisabled)return;let e=tj(t,[o]);n.textContent=0===e.cells.length&&0===e.unwritten.length?t6:tv(e,"ask")};n.className="course-ask",n.addEventListener("click",e=>e.stopPropagation()),eo(n,e),r.parentElement.append(n),tb(t,o,s)}(e,t,o,r),function(e,t){let{model:o}=t,r=e.parentElement?.querySelector(".jp-Placeholder-prompt"),n="running"===o.executionState?void 0:o.executionCount,s=null!=n;r&&(r.textContent=s?`[${n}]:`:""),r&&(r.ariaHidden="true");let a=e.querySelector(".course-ran");if(!s||L(t))return a?.remove();a||((a=document.createElement("span")).className="course-ran",a.role="img",a.ariaLabel=", has run",a.textContent="✓",e.querySelector(".jp-PlaceholderText")?.after(a))}(r,o),r.toggleAttribute("data-course-running","running"===o.model.executionState),"button"!==r.role&&(r.role="button",r.tabIndex=0,r.title="",eo(r,e),r.addEventListener("keydown",e=>{e.shiftKey||"Enter"!==e.key&&" "!==e.key||(e.preventDefault(),e.stopPropagation(),o.inputHidden=!1,o.editor?.focus())}),r.addEventListener("click",()=>setTimeout(()=>J(t,o,"command"))))}function oc(e,t,o){o.inputHidden=!0,oi(e,t,o)}let ol={id:ex,description:"Folds code that draws in the course's notebooks",autoStart:!0,requires:[n.INotebookTracker],optional:[tB.ISettingRegistry],activate:(e,t,o)=>{let r,s,a;ew("course-fold-style",oa+eu),r=({content:e})=>e.modelContentChanged.connect(()=>void os.delete(e)),t.widgetAdded.connect((e,t)=>void r(t)),t.forEach(r),ev(o,"foldCode",(s=!0,a=new WeakMap,_(t,(t,o)=>{if(z(t)){let r;or(t)&&(t.node.dataset.courseFold=N(t).fold,r=()=>queueMicrotask(()=>oi(e,o,t)),t.ready.then(()=>{!function(e,t,o){let r=o.node.querySelector(".jp-Cell-inputWrapper");if(!r||r.querySelector(".course-hide-code"))return;let n=document.createElement("button");n.type="button",n.className="course-hide-code",n.textContent="Hide the code",eo(n,e),n.addEventListener("click",()=>{oc(e,t,o),n.blur(),J(t,o,"command")});let s=document.createElement("div");s.className="course-hide-line",s.append(n),r.append(s)}(e,o,t),r()}),t.model.metadataChanged.connect(r),t.model.contentChanged.connect(r),t.model.stateChanged.connect(r),t.model.outputs.changed.connect(r)),or(t)&&!s&&(t.inputHidden=!1),ep(t)&&t.ready.then(()=>s&&em(t))}}),n.NotebookActions.executed.connect((o,{notebook:r,cell:n,success:i})=>{if(!z(n))return;let c=n.model.sharedModel.getSource(),l=t.find(({content:e})=>e===r);l&&i&&s&&a.get(n)===c&&oc(e,l,n),a.delete(n),i||!n.inputHidden||!L(n)||D(n)||e5(r,n)||(n.inputHidden=!1,a.set(n,c))}),o=>{o!==s&&(s=o,t.forEach(t=>t.content.widgets.forEach(o=>{!z(o)||(or(o)&&(s?oc(e,t,o):o.inputHidden=!1),ep(o)&&(s?em(o):function(e){let t=q(e);if(!t)return;let o=[];(0,ec.foldedRanges)(t.state).between(0,t.state.doc.length,(e,t)=>{o.push(ec.unfoldEffect.of({from:e,to:t}))}),t.dispatch({effects:o})}(o)))})))}))}};var od=o(925),ou=o(132),op=o(701),oh=o(299),of=o(808),om=o(782);let og="Inter",ow="JetBrains Mono",ob="font-weight: 100 900",ox=(e,t,...o)=>`@font-face { font-family: "${e}"; src: url("${t}") format("woff2"); font-display: swap; ${o.join("; ")} }`,ov=[`400 16px "${og}"`,`600 16px "${og}"`,`14px "${ow}"`];var oy=o(369),ok=o(854),oj=o(256),oC=o(500),o$=o(491),oM=o(235);let oS=Object.freeze(Object.create(null)),oA=e=>"object"==typeof e&&null!==e&&!Array.isArray(e),oR=e=>Array.isArray(e)?e.filter(oA):[],oT=e=>"string"==typeof e?e:"",oO=e=>"number"==typeof e&&e>0&&e<1e6?e:0,oE=e=>Array.isArray(e)?e.map(oT).filter(Boolean):[],oI=({lessons:e,parts:t})=>(0,oM.S)(e,t);function oP(e){let t=oT(e.id),o=oR(e.exercises).map(({name:e,points:t,gradeId:o})=>({name:oT(e),points:oO(t),gradeId:oT(o)}));return{id:t,title:oT(e.title)||t,question:oT(e.question),minutes:oO(e.minutes),components:oE(e.components),exercises:o,manualPoints:oR(e.written).reduce((e,{points:t})=>e+oO(t),0)}}function oN(e){try{return JSON.parse(e)}catch{return}}function oq({folder:e,actions:t,current:o}){let{course:r,progress:n,bookmarks:s,problem:a}=e,i=eW(r,n,s),c=eD([...i.values()]),l=eF("a.course-home-link",{href:"#","data-key":"home"},"Home"),d=e=>{let r=i.get(e.id);return eF("li",{class:e.id===o?"course-current":void 0},eY(r),eJ(e,t,e.id===o),function({passed:e,exercises:t},o){return 0===t?eF("span.course-points"):0===e?eF("span.course-points",{},eH(t,"exercise")):eF("span.course-points",{},eX(e,t,`Exercises passed in ${o.title}`),`${e} of ${eH(t,"exercise")}`)}(r,e))},u=oI(r).flatMap(({title:e,lessons:t})=>[...void 0===e?[]:[eF("h2",{},e)],eF("ol",{},...t.map(d))]),p=`${c.passed} of ${eH(c.exercises,"exercise")} passed`;return[eF("div.course-lessons-head",{},e_(l,()=>t.openHome()),eF("p.course-so-far",{},eX(c.passed,c.exercises,"Exercises passed"),p)),...a?[eF("p.course-trouble",{},a)]:[],eF("nav",{"aria-label":"Lessons"},...u)]}function oz(e,t,o){let r=`${eG(e)} ${e.title}`.trim();if(!o.isThere(e))return eF("span");let n={href:o.addressOf(`${e.id}.ipynb`),"data-key":t,title:`${t}: ${r}`},s=eF("span.course-title",{},r);return e_(eF(`a.course-${"Next"===t?"next":"previous"}`,n,eU(`${t}: `),s),()=>o.openLesson(e))}let oL=new WeakSet;function oW(e,t,o){let r=t.content.widgets.find(({model:e})=>"lesson-end"===e.id);!r||oL.has(r)||(oL.add(r),r.ready.then(()=>{if(r.isDisposed)return;let t=new e1(e,"course-ending",e=>(function(e,{folder:t,actions:o}){let r=eL(e,t.progress,t.bookmarks);if(0===r.exercises)return[];if("done"!==r.state){var n,s,a;return[eF("p",{},"Still open: ",...(n=e.exercises.filter(({name:e})=>!t.progress[e]?.passed),s=e,a=o,n.flatMap(({name:e,gradeId:t},o)=>{let r=eF("a.course-link",{href:a.addressOf(`${s.id}.ipynb`),"data-key":t},e),i=o<n.length-1?", ":".";return[e_(r,()=>a.openLesson(s,t)),i]})))]}let i=1===r.exercises?"the exercise":`all ${r.exercises} exercises`;return[eF("p.course-praise",{},`You passed ${i} of ${e.title}: ${eB(r.earned)} of ${eH(r.points,"point")}. Well done!`)]})(o,e));t.node.dataset.lmSuppressShortcuts="true",r.node.setAttribute("data-course-end",""),r.layout.insertWidget(0,t)}))}let oD=({tracker:e},t)=>e.currentWidget===t&&t.isVisible,oB="";function oH(e){let{course:t,progress:o,bookmarks:r,problem:n}=e.folder,s=eW(t,o,r),a=eD([...s.values()]);return[eF("div.course-page",{},eF("div.course-opening",{},eF("div",{},eF("h1",{},t.title),function({folder:{course:e}},t){let o=Math.round(e.lessons.map(({minutes:e})=>e).reduce((e,t)=>e+t,0)/60),r=eF("p.course-facts",{},[eH(e.lessons.length,"lesson"),eH(t.exercises,"exercise"),`about ${eH(o,"hour")}`].join(" \xb7 "));if("new"===t.state)return eF("div",{},""===e.about?void 0:eF("p.course-about",{},e.about),r);let n=`${t.passed} of ${eH(t.exercises,"exercise")} passed, ${eB(t.earned)} of ${eH(t.points,"point")} by checks`;return eF("div",{},r,eF("p.course-so-far",{},eX(t.passed,t.exercises,"Exercises passed"),n))}(e,a),...n?[eF("p.course-trouble",{role:"alert"},n)]:[],function({folder:e,actions:t},o){let{course:r,progress:n,bookmarks:s}=e,a=function({lessons:e},t,o,r){let n=(e,r)=>eL(e,t,o).state===r,s=e=>r(e)&&!n(e,"done");if(e.every(e=>n(e,"new"))){let t=e.find(r);return t&&{verb:"Start",lesson:t}}let a=function(e,t,o){let r=e.find(({id:e})=>e===o.last);if(r)return r;let n=({exercises:e})=>e.map(({name:e})=>t[e]?.at??"").reduce((e,t)=>e>t?e:t,""),[s]=[...e].sort((e,t)=>n(e)<n(t)?1:-1);return s&&""!==n(s)?s:void 0}(e,t,o);if(a&&s(a))return{verb:"Go on with the last lesson you opened",lesson:a};let i=[...e.slice(e.indexOf(a)+1),...e].find(s);return i&&{verb:"Go on with the next lesson",lesson:i}}(r,n,s,e=>t.isThere(e)),i="done"===o.state?eF("p.course-praise",{},"You have passed every exercise of the course. Well done!"):void 0;if(!a)return eF("div.course-way",{},i);let{verb:c,lesson:l}=a,d=`${eG(l)} ${l.title}`.trim(),u=eF("a.course-go",{href:t.addressOf(`${l.id}.ipynb`),"data-key":"go"},eF("span.course-verb",{},c),eF("span.course-goal",{},d));return eF("div.course-way",{},i,e_(u,()=>t.openLesson(l)),eF("p.course-question",{},l.question))}(e,a)),function(e,t){let{course:o}=e.folder,{componentMap:r,components:n}=o;if(!r)return;let s=n.map((n,s)=>{let a,i,c=o.lessons.filter(e=>e.components.includes(n)),l=c.map(o=>{let r=eJ(o,e.actions);return r.dataset.key&&(r.dataset.key=`${n} ${o.id}`),eF("li",{},eY(t.get(o.id))," ",r)}),d=eF("span.course-count",{},(a=c.filter(({id:e})=>"done"===t.get(e).state).length,i=eH(c.length,"lesson"),0===a?i:`${a} of ${i} done`)),u=eF("details",{...{name:"component","data-part":n,"data-color":String(s)},open:n===oB?"":void 0},eF("summary",{"data-key":`component ${n}`},n," ",d),eF("p",{},r.about[n]??""),eF("ul",{},...l));return u.addEventListener("toggle",()=>{u.open?oB=n:oB===n&&(oB="")}),u}),a=eF("section.course-components",{"aria-labelledby":"course-components"},eF("h2",{id:"course-components"},r.title),eF("p.course-map-hint",{},o$.tF),(0,o$.Uo)((0,o$._H)(r,n)),eF("div",{},...s));return(0,o$.Qw)(a),a}(e,s)),function(e,t){let{components:o,lessons:r}=e.folder.course,n=r.some(({id:t})=>e.folder.slides.includes(`${t}.html`)),s=(e,t)=>eF("th",{scope:"col",class:t},e),a=[eF("th",{scope:"col"},eU("State")),s("Lesson"),...o.map((e,t)=>{let o=eF("i.course-dot",{"data-color":String(t),"aria-hidden":"true"});return eF("th.course-component",{scope:"col",title:e},eF("span",{},e),o)}),s("Time","course-narrow"),s("Points","course-narrow"),...n?[s("Slides","course-narrow")]:[]],i=oI(e.folder.course).map(o=>eF("tbody",{},void 0===o.title?void 0:oF(o.title,a.length),...o.lessons.map(o=>(function(e,t,o,r){var n;let s,a,{folder:i,actions:c,current:l}=t,d=eF("th",{scope:"row"},eJ(e,c,e.id===l),eF("span.course-question",{},e.question));return eF("tr",{"data-state":o.state},eF("td.course-state",{},eY(o)),d,...i.course.components.map((t,r)=>(function(e,t,o,r){let{state:n}=r;if(!e.components.includes(t))return eF("td.course-component");let s={"data-state":n,"data-color":String(o),style:eK(r),"aria-hidden":"true"},a=`${t}: ${eV[n]}`;return eF("td.course-component",{title:a},eF("span.course-dot",s),eU(a))})(e,t,r,o)),eF("td.course-narrow",{},(s=Math.floor((n=e.minutes)/60),a=Math.round(n%60),0===s?`${a} min`:0===a?`${s} h`:`${s} h ${a} min`)),eF("td.course-narrow",{},function(e,t){if(0===e.points){let e=eH(t.manualPoints,"point");return eF("span.course-points",{},t.manualPoints>0?`${e} by your instructor`:"")}let{earned:o,points:r}=e,n=`${eB(o)} of ${eH(r,"point")}`;return eF("span.course-points",{},eX(o,r,`Points in ${t.title}`),n)}(o,e),oU(e,o)),...r?[eF("td.course-narrow",{},function({id:e,title:t},{folder:o,actions:r}){let n=`${e}.html`;if(o.slides.includes(n))return eF("a",{href:r.addressOf(`slides/${n}`),target:"_blank"},"slides",eU(` of ${t}`))}(e,t))]:[])})(o,e,t.get(o.id),n))));return eF("table.course-map",{},eF("caption",{},"The course, and which part of a model each lesson builds"),eF("thead",{},eF("tr",{},...a)),...i)}(e,s),function({folder:e,actions:t}){let o={path:"helpers.md",title:"Helpers: everything that course offers, on one page",staff:!1},r=[...e.files.includes(o.path)?[o]:[],...e.course.pages],n=({path:e,title:o})=>{let r=eF("a.course-link",{href:t.addressOf(e),"data-key":e},o);return eF("li",{},e_(r,()=>t.openPage(e)))},s=(e,t)=>{let o=r.filter(e=>e.staff===t).map(n);return 0===o.length?[]:[eF("h2",{},e),eF("ul",{},...o)]};return eF("nav.course-pages",{"aria-label":"To read"},...s("To read",!1),...s("For instructors and authors",!0))}(e))]}let oF=(e,t)=>eF("tr.course-part",{},eF("th",{scope:"rowgroup",colspan:String(t)},e)),oU=(e,{points:t})=>t>0&&e.manualPoints>0?eF("span.course-by-hand",{},`and ${eB(e.manualPoints)} by your instructor`):void 0,o_="course:places",oV="course.json",oG="progress.json",oK=(e,t)=>""===e?t:`${e}/${t}`;class oY{contents;state;changed=new eM.Signal(this);folder;#e="";#g={cells:{}};constructor(e,t){this.contents=e,this.state=t}async find(e){if(this.folder)return!0;let t=await this.#w(e);if(!t?.includes(oV))return!1;let o=function(e){let t=oN(e);if(!oA(t))return;let o=oR(t.lessons).map(oP).filter(({id:e})=>/^[\w-]+$/.test(e));if(0===o.length)return;let r=oR(t.pages).map(({path:e,title:t,staff:o})=>({path:oT(e),title:oT(t),staff:!0===o})),n=oE(t.components),s=oR(t.parts).map(({title:e,from:t})=>({title:oT(e),from:oT(t)})).filter(({title:e,from:t})=>e&&t);return{title:oT(t.course)||"The course",about:oT(t.about),components:n,parts:s,lessons:o,pages:r,componentMap:(0,o$.s)(t.componentMap)}}(await this.#b(oK(e,oV))??"");return!!o&&(this.#g=function(e){let{last:t,cells:o}=e??{};return{last:"string"==typeof t?t:void 0,cells:Object.fromEntries(("object"==typeof o&&null!==o?Object.entries(o):[]).filter(e=>"string"==typeof e[1]))}}(await this.state?.fetch(o_)),this.folder={path:e,course:o,bookmarks:this.#g,...{progress:oS,problem:void 0,files:t,slides:[]}},await this.refresh(),!0)}async refresh(){if(!this.folder)return;let{path:e,course:t}=this.folder,o=await this.#w(e);if(!o)return;let r=o.includes("slides")?await this.#w(oK(e,"slides")):[],n=o.includes(oG)?await this.#b(oK(e,oG)):void 0,s=o.includes(oG)?function(e){let t=oN(e);if(!oA(t)||!oA(t.exercises))return;let o=Object.create(null);for(let[e,r]of Object.entries(t.exercises)){if(!oA(r))continue;let t=oO(r.of),n=t>0?Math.min(1,oO(r.earned)/t):0;o[e]={share:n,passed:!0===r.passed,at:oT(r.at)}}return o}(n??""):oS;this.folder={path:e,course:t,bookmarks:this.#g,progress:s??oS,problem:s?void 0:"progress.json can't be read, so nothing counts as done here. The next check keeps it under another name and starts counting again.",files:o,slides:r??[]},this.#x()}async saveBookmark(e,t){if(!this.folder)return;let{last:o,cells:r}=this.#g,n=t??r[e];if(o===e&&r[e]===n)return;let s=void 0===n?r:{...r,[e]:n};this.#g={last:e,cells:s},this.folder={...this.folder,bookmarks:this.#g},this.#x(),await this.state?.save(o_,this.#g)}pathOf(e){return oK(this.folder?.path??"",e)}isThere({id:e}){return this.folder?.files.includes(`${e}.ipynb`)??!1}#x(){let e=JSON.stringify(this.folder);e!==this.#e&&(this.#e=e,this.changed.emit())}async #w(e){try{let{content:t}=await this.contents.get(e,{content:!0});return Array.isArray(t)?t.map(({name:e})=>e):void 0}catch{return}}async #b(e){try{let{content:t}=await this.contents.get(e,{type:"file",format:"text",content:!0});return"string"==typeof t?t:void 0}catch{return}}}let oJ=`
body { --course-green: #1e8e5a; --course-on-green: #fff; --course-empty: color-mix(in srgb, var(--jp-ui-font-color1) 30%, transparent); }
body[data-jp-theme-light="false"] { --course-green: #3fb27f; --course-on-green: #10261b; --course-ring: #8a9299; }
.course-spoken {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
.course-home, .course-lessons {
  background: var(--jp-layout-color0); color: var(--jp-ui-font-color1);
  font-family: var(--jp-ui-font-family); overflow: auto;
}
.course-home:focus, .course-lessons:focus { outline: none; }
.course-home { container-type: inline-size; font-size: 15px; line-height: 1.45; }
.course-page { max-width: 1080px; margin: 0 auto; padding: 32px 32px 64px; }
.course-home h1 { font-size: 2em; line-height: 1.2; margin: 0 0 8px; font-weight: 600; }
.course-home h2 { font-size: 1.15em; margin: 32px 0 8px; font-weight: 600; }
.course-facts { margin: 0; }
.course-about { margin: 0 0 8px; max-width: 46em; }
.course-home a, .course-lessons a, .course-row a, .course-ending a {
  color: var(--jp-content-link-color, #1565c0); text-decoration: none;
}
body[data-jp-theme-light="true"] :is(.course-home, .course-lessons, .course-row, .course-ending) a {
  color: #0b5cad;
}
body[data-jp-theme-light="false"] :is(.course-home, .course-lessons, .course-row, .course-ending) a {
  color: #82b7ff;
}
.course-home a:hover .course-title, .course-lessons a:hover .course-title,
.course-row a:hover, .course-ending a:hover, .course-pages a:hover { text-decoration: underline; }
:is(.course-home, .course-lessons, .course-row, .course-ending) a:focus-visible {
  outline: 2px solid currentcolor; outline-offset: 2px; border-radius: 2px;
}
.course-number { font-variant-numeric: tabular-nums; }
.course-home .course-title { font-weight: 600; }
.course-note { font-weight: 400; font-style: italic; font-size: 0.9em; }
.course-missing .course-title { font-weight: 400; }
.course-so-far { margin: 8px 0 0; display: flex; gap: 10px; align-items: center; flex-wrap: wrap; }
.course-trouble {
  border-left: 4px solid #d9822b; padding: 4px 12px; margin: 16px 0;
  background: var(--jp-layout-color2);
}
.course-bar {
  appearance: none; border: 0; box-sizing: border-box; border-radius: 4px; height: 8px; width: 8em; overflow: hidden;
  background: var(--jp-layout-color3); flex: none;
}
.course-bar::-webkit-progress-bar { background: var(--jp-layout-color3); }
.course-bar::-webkit-progress-value { background: var(--course-green); }
.course-bar::-moz-progress-bar { background: var(--course-green); }
.course-bar[value="0"] { background: linear-gradient(var(--course-empty) 0 0) center / 100% 2px no-repeat; border-radius: 0; }
.course-bar[value="0"]::-webkit-progress-bar { background: none; }

.course-way { margin: 24px 0 32px; }
.course-praise { font-size: 1.1em; font-weight: 600; margin: 0 0 12px; }
.course-home .course-way a.course-go {
  display: inline-flex; flex-direction: column; padding: 10px 22px; border-radius: 6px;
  background: #0b5cad; color: #fff;
}
.course-home .course-way a.course-go:hover { background: #084a8c; }
.course-home .course-way a.course-go:focus-visible { outline-color: var(--jp-ui-font-color1); }
.course-verb { font-size: 0.9em; }
.course-goal { font-size: 1.2em; font-weight: 600; }
.course-way .course-question { margin: 8px 0 0; }

.course-components, .course-map { --course-map-paper: var(--jp-layout-color0); color-scheme: light; }
body[data-jp-theme-light="false"] :is(.course-components, .course-map) { color-scheme: dark; }
.course-home .course-components h2 { margin: 0 0 8px; }

/* the drawing stands beside what the course is and beside the list of its parts, whole on the first screen */
@container (min-width: 761px) {
  .course-opening:has(.course-components) {
    display: grid; grid-template-columns: minmax(0, 1fr) minmax(260px, 380px); gap: 0 40px;
    grid-template-rows: auto auto auto 1fr; margin-bottom: 2em; }
  .course-opening > .course-components { display: contents; }
  .course-opening .course-components > * { grid-column: 1; }
  .course-opening .course-components > .course-map-drawing {
    grid-column: 2; grid-row: 1 / -1; position: sticky; top: 24px; align-self: start;
    width: 100%; max-height: calc(100vh - 150px); }
}

.course-map { border-collapse: collapse; width: 100%; }
.course-map caption { text-align: left; font-weight: 600; font-size: 1.15em; padding: 0 0 8px; }
.course-map th, .course-map td {
  padding: 7px 8px; text-align: left; vertical-align: middle; font-weight: 400;
  border-bottom: 1px solid var(--jp-border-color2);
}
.course-map thead th { vertical-align: bottom; font-size: 0.87em; font-weight: 600; position: sticky; top: 0; z-index: 1;
  background: var(--jp-layout-color0); border-bottom: 0; box-shadow: inset 0 -1px var(--jp-border-color2); }
.course-map tbody tr:hover { background: var(--jp-layout-color2); }
.course-map .course-question { display: block; font-size: 0.87em; }
.course-map .course-component { text-align: center; padding-inline: 3px; width: 30px; }
.course-map { --course-turned: 8.2em; }
@media (max-height: 600px) { .course-map thead th { top: calc(-7px - var(--course-turned)); } } /* without the turned names */
.course-map thead .course-component span {
  writing-mode: vertical-rl; transform: rotate(180deg); display: block; margin: 0 auto 8px; height: var(--course-turned); text-align: start;
}
.course-map thead .course-component .course-dot { background: var(--part); width: 12px; height: 12px; border-radius: 3px; }
.course-home .course-components details li { display: grid; grid-template-columns: auto 1fr; gap: 0 0.4em; }
.course-count { font-weight: 400; font-size: 0.87em; color: var(--jp-ui-font-color2); }
.course-map .course-part th { padding: 22px 0 7px; font-weight: 600; font-size: 1.05em; }
.course-map tbody .course-part:hover { background: none; }
.course-narrow { white-space: nowrap; font-size: 0.87em; font-variant-numeric: tabular-nums; }
.course-map .course-points { display: inline-flex; flex-direction: column; gap: 3px; }
.course-map .course-bar { width: 6em; height: 6px; }
.course-by-hand { display: block; }
.course-state { width: 20px; }

.course-tick, .course-dot {
  display: inline-block; box-sizing: border-box; width: 16px; height: 16px; border-radius: 50%;
  border: 2px solid var(--course-ring, var(--jp-ui-font-color2)); vertical-align: -3px; flex: none;
}
.course-dot {
  border-radius: 4px; border-color: var(--part, #5b8fc7);
  background: color-mix(in srgb, var(--part, #5b8fc7) 22%, transparent);
}
.course-tick[data-state="begun"] {
  border-color: var(--course-green); background: conic-gradient(var(--course-green) var(--done, 0%), transparent 0);
}
.course-dot[data-state="begun"] {
  background: linear-gradient(0deg, var(--part, var(--course-green)) var(--done, 0%),
    color-mix(in srgb, var(--part, #5b8fc7) 22%, transparent) 0);
}
.course-dot[data-state="done"] { background: var(--part, var(--course-green)); }
.course-tick[data-state="done"] { border-color: var(--course-green); background: var(--course-green); }
.course-tick[data-state="done"]::after {
  content: ""; display: block; width: 4px; height: 7px; margin: 0 auto; border: solid var(--course-on-green);
  border-width: 0 2px 2px 0; transform: rotate(45deg);
}
.course-pages ul { margin: 0; padding: 0; list-style: none; }
.course-pages li { margin: 5px 0; }
@container (max-width: 760px) {
  .course-page { padding: 20px 16px 40px; }
  .course-map .course-question { display: none; }
  .course-map th, .course-map td { padding: 6px 4px; }
  .course-map .course-component { width: 22px; padding-inline: 1px; }
  .course-map .course-dot { width: 13px; height: 13px; }
}
@container (max-width: 560px) {
  .course-map .course-component { display: none; }
}

.course-lessons { font-size: 13px; line-height: 1.35; padding: 10px 12px; min-width: 200px; }
.course-home-link { font-weight: 600; }
/* the side panel has the same link */
body:has(#jp-left-stack:not(.lm-mod-hidden) .course-lessons:not(.lm-mod-hidden)) .course-row .course-home-link {
  display: none;
}
.course-lessons-head { position: sticky; top: -10px; z-index: 1; margin: -10px -12px 0; padding: 10px 12px 6px;
  background: var(--jp-layout-color1); }
.course-lessons { scroll-padding-top: 84px; } /* below that head */
.course-lessons .course-so-far { margin: 8px 0 4px; }
.course-lessons h2 { font-size: 13px; font-weight: 600; margin: 16px 0 4px; }
.course-lessons ol { list-style: none; margin: 0; padding: 0; }
.course-lessons li {
  display: grid; grid-template-columns: 16px 1fr; gap: 1px 8px; padding: 6px; margin: 0 -6px;
  border-radius: 4px;
}
.course-lessons li.course-current { background: var(--jp-layout-color2); font-weight: 600; }
.course-lessons li > .course-points {
  grid-column: 2; display: flex; gap: 8px; align-items: center; font-size: 12px; font-weight: 400;
  font-variant-numeric: tabular-nums;
}
.course-lessons li .course-bar { width: 5em; height: 5px; }

.course-row {
  display: flex; justify-content: space-between; align-items: center; gap: 16px;
  min-height: 30px; max-height: 30px; padding: 0 12px; box-sizing: border-box; overflow: hidden;
  background: var(--jp-layout-color1); color: var(--jp-ui-font-color1);
  border-bottom: 1px solid var(--jp-border-color2); font-family: var(--jp-ui-font-family);
  font-size: 13px; white-space: nowrap;
}
.course-row > * { flex: 1 1 0; min-width: 0; overflow: hidden; text-overflow: ellipsis; padding: 2px; }
.course-row > .course-middle {
  flex: 0 0 auto; display: flex; gap: 10px; align-items: center; overflow: visible;
}
.course-row .course-next { text-align: right; }
.course-row .course-next::after { content: " →"; }
.course-row .course-previous::before { content: "← "; }
.course-ending {
  margin: 4px 0 0 calc(var(--jp-cell-prompt-width) + var(--jp-cell-collapser-width) + 6px);
  box-sizing: border-box; max-width: calc(var(--course-measure, 674px) - 6px); padding: 12px 16px; border: 1px solid var(--jp-border-color2);
  border-radius: 6px; font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.45;
  color: var(--jp-ui-font-color1); background: var(--jp-layout-color1); flex: none;
}
.course-ending:empty { display: none; }
.course-ending p { margin: 0; }
.course-ending .course-praise { font-size: 16px; }
.course-lesson [data-course-end] .jp-RenderedMarkdown > p:first-child > strong > a {
  display: inline-block; padding: 8px 18px; margin-top: 8px; border-radius: 6px; background: #0b5cad; color: #fff;
  font-weight: 600; text-decoration: none; }
.course-lesson [data-course-end] .jp-RenderedMarkdown > p:first-child > strong > a::after { content: " →"; }
.course-lesson [data-course-end] .jp-RenderedMarkdown > p:first-child > strong > a:hover { background: #084a8c; }
.course-lesson [data-course-end] .jp-RenderedMarkdown > p:first-child > strong > a:focus-visible {
  outline: 2px solid var(--jp-ui-font-color1); outline-offset: 2px; }
.course-lesson [data-course-end] .jp-RenderedMarkdown > p:last-child { font-size: 14px; }
@media (max-width: 700px) {
  .course-row { gap: 8px; }
  .course-row .course-title, .course-row .course-bar { display: none; }
  .course-row .course-previous::after { content: "Previous"; }
  .course-row .course-next::before { content: "Next"; }
}
@media print { .course-row { display: none; } }
`,oX="(max-width: 700px)",oQ=(e,t)=>new oj.LabIcon({name:`course:${e}`,svgstr:`<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="${t}"/></svg>`}),oZ=oQ("home","M12 3 2 12h3v8h6v-6h2v6h6v-8h3z"),o0=oQ("lessons","M12 5C10 3.7 7 3.2 3 3.5V19c4-.3 7 .2 9 1.5 2-1.3 5-1.8 9-1.5V3.5c-4-.3-7 .2-9 1.5zm-1 12.3c-1.6-.6-3.6-.9-6-.9V5.4c2.6 0 4.6.4 6 1.2zm8-.9c-2.4 0-4.4.3-6 .9V6.6c1.4-.8 3.4-1.200 6-1.2z"),o1={id:"foundation-models-lab:home",description:"The course's home page, its side panel of lessons, and the way between them",autoStart:!0,requires:[n.INotebookTracker],optional:[oy.ILabShell,oy.ILayoutRestorer,ei.ICommandPalette,ok.IStateDB],activate:(e,t,o,r,s,a)=>{let i,c;ew("course-home-style",o$.zI+oJ);let l=new oY(e.serviceManager.contents,a),d=new eZ(e,l,t),u=l.find(""),p=eN.PageConfig.getOption("treePath")||new URLSearchParams(location.search).get("path")||void 0;if(!function({app:e,store:t}){let o=new oC.Debouncer(()=>t.refresh(),200),r=()=>void o.invoke();n.NotebookActions.executed.connect(r),e.serviceManager.contents.fileChanged.connect(r),document.addEventListener("visibilitychange",()=>{"visible"===document.visibilityState&&r()})}(d),i=new WeakSet,c=e=>void async function(e,t,o){await t.context.ready;let{path:r}=t.context;await e.store.find(r.includes("/")?r.slice(0,r.lastIndexOf("/")):"");let n=e.lessonOf(t);if(!n||t.isDisposed)return;t.contentHeader.addWidget(new e1(e,"course-row",e=>(function(e,{folder:t,actions:o}){let{previous:r,next:n}=function({lessons:e},{id:t}){let o=e.findIndex(e=>e.id===t);return{previous:e[o-1],next:e[o+1]}}(t.course,e),s=eL(e,t.progress,t.bookmarks),a=eF("a.course-home-link",{href:"#","data-key":"home"},"Home"),i=`${s.passed} of ${eH(s.exercises,"exercise")}`;return[r?oz(r,"Previous",o):eF("span"),eF("span.course-middle",{},e_(a,()=>o.openHome()),...s.exercises>0?[eX(s.passed,s.exercises,"Exercises passed"),i]:[]),n?oz(n,"Next",o):eF("span")]})(n,e))),e.changed.emit(),oW(e,t,n),t.content.model?.cells.changed.connect(()=>oW(e,t,n));let s=e.store.folder?.bookmarks.cells[n.id];void 0!==s&&await e0(t,s),o.add(t),oD(e,t)&&await e.store.saveBookmark(n.id)}(d,e,i),d.tracker.forEach(c),d.tracker.widgetAdded.connect((e,t)=>c(t)),function(e,t){let{store:o,tracker:r}=e,n=new oC.Debouncer(()=>{let n=r.currentWidget,s=n&&t.has(n)&&oD(e,n)?e.lessonOf(n):void 0;if(!n||!s)return;let{activeCellIndex:a,activeCell:i}=n.content;o.saveBookmark(s.id,a>0?i?.model.id:void 0)},500);r.activeCellChanged.connect(()=>void n.invoke()),r.currentChanged.connect(()=>void n.invoke())}(d,i),function(e,t,o,r){let{commands:n}=e.app,s=new ei.WidgetTracker({namespace:"course-home"});n.addCommand(eQ,{label:"Home",caption:"The map of the course, with your progress",execute:async({behind:o})=>{var r,n;let a;if(!t)return void window.open(eN.PageConfig.getUrl({treePath:e.store.pathOf("README.md")}));let i=s.currentWidget??(r=e,n=t,(a=new e1(r,"course-home",oH)).id="course-home",a.title.label="Home",a.title.icon=oZ,a.title.closable=!0,a.node.tabIndex=0,n.add(a,"main",{mode:"tab-before",activate:!1}),a);s.has(i)||await s.add(i),!0!==o&&t.activateById(i.id)}});let[a,i]=["course:next-lesson","course:previous-lesson"];for(let t of(n.addCommand(a,{label:"Next Lesson",execute:()=>o6(e,1)}),n.addCommand(i,{label:"Previous Lesson",execute:()=>o6(e,-1)}),[eQ,a,i]))o?.addItem({command:t,category:"Course"});t&&r?.restore(s,{command:eQ,args:()=>({behind:!0}),name:()=>"home"})}(d,o,s,r),!o)return;let h=new e1(d,"course-lessons",oq);h.id="course-lessons",h.title.icon=o0,h.title.caption="Lessons",h.node.tabIndex=-1,o.add(h,"left",{rank:50}),o.currentChanged.connect(()=>d.changed.emit()),r?.add(h,h.id),e.restored.then(async()=>{void 0!==p&&await async function({commands:e},t,o,r){if(!r.endsWith(".ipynb"))return;let n=[...t.widgets("main")].filter(e=>{let{context:t}=e;return t?.path===r&&!o.find(t=>t===e)});if(0!==n.length){for(let e of n)e.close();await e.execute("docmanager:open",{path:r,factory:"Notebook"})}}(e,o,t,p),await u?await async function(e,t,o,r){let{folder:n}=e.store;if(!n)return;let s=void 0===n.bookmarks.last;if(await e.app.commands.execute(eQ,{behind:!0}),s&&!matchMedia(oX).matches&&t.activateById(o.id),r)return;let a=n.course.lessons.find(({id:e})=>e===n.bookmarks.last);a&&e.store.isThere(a)?await e.open(a):t.activateById("course-home")}(d,o,h,void 0!==p):h.dispose(),function(e,t){let o=matchMedia(oX),r={left:!1,right:!1},n=()=>{o.matches&&(e.leftCollapsed||e.collapseLeft(),e.rightCollapsed||e.collapseRight())},s=()=>{var t,s;let a;o.matches?r={left:!e.leftCollapsed,right:!e.rightCollapsed}:(r.left&&e.expandLeft(),r.right&&e.expandRight()),n(),t=e,s=o.matches,(a=[...t.widgets("bottom")].find(({id:e})=>"jp-main-statusbar"===e))&&(s?!a.isHidden:o2)&&(o2=s,a.setHidden(s))};s(),o.addEventListener("change",s),t.currentChanged.connect(n);let a=!1;for(let e of["pointerdown","keydown"])document.addEventListener(e,()=>a=!0,{capture:!0,once:!0});e.layoutModified.connect(()=>{a||n()})}(o,t)})}},o2=!1;async function o6(e,t){let o=e.lastLesson(),r=e.state()?.folder.course.lessons??[],n=r[r.findIndex(({id:e})=>e===o?.id)+t];o&&n&&await e.open(n)}let o4=`
.course-hover { max-width: 44em; padding: 0.4em 0.7em; font-family: var(--jp-ui-font-family);
  font-size: var(--jp-ui-font-size1); color: var(--jp-ui-font-color1);
  background: var(--jp-layout-color1); }
.course-hover code { display: block; white-space: pre-wrap; font-family: var(--jp-code-font-family);
  font-size: var(--jp-code-font-size); }
.course-hover p { margin: 0.3em 0 0; }
`,o3={id:"foundation-models-lab:hover",description:"Shows the signature of a name under the mouse",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{ew("course-hover-style",o4),_(t,(e,t)=>{if(!z(e))return;let o=(e,o)=>(async function(e,t,o){let r=t.state.doc.lineAt(o),n=function(e,t){let o=t,r=t;for(;o>0&&S.test(e[o-1]);)o--;for(;r<e.length&&S.test(e[r]);)r++;return o<r&&!/^\d/.test(e[o])?[o,r]:void 0}(r.text,o-r.from);if(!n)return null;let[s,a]=[r.from+n[0],r.from+n[1]],i=await async function(e,t,o){let r=e.sessionContext.session?.kernel;if(r?.status!=="idle")return"";let n=[...t.slice(0,o)].length,{content:s}=await r.requestInspect({code:t,cursor_pos:n,detail_level:0}),a="ok"===s.status&&s.found?s.data["text/plain"]:"";return"string"==typeof a?a:""}(e,t.state.doc.toString(),s);return""===i?null:{pos:s,end:a,above:!0,create:()=>({dom:function(e){let{signature:t,sentence:o}=function(e){let[t="",...o]=e.split("\n\n"),r=o.join("\n\n").replace(/^@[^]*|\n@[^]*/,"").split(/\n\s*\n/)[0].replace(/\s+/g," ").trim(),n=/^.*?[.!?](?=\s+\p{Lu}|$)/u.exec(r)?.[0]??r;return{signature:t.slice(0,600),sentence:n.slice(0,600)}}(e),r=document.createElement("div");r.className="course-hover";let n=document.createElement("code");if(n.textContent=t,r.append(n),""===o)return r;let s=document.createElement("p");return s.textContent=o,r.append(s),r}(i)})}})(t,e,o).catch(()=>null);e.ready.then(()=>{let t=(0,ed.hoverTooltip)(o,{hoverTime:350,hideOnChange:!0});q(e)?.dispatch({effects:el.StateEffect.appendConfig.of(t)})})})}},o5=({model:e})=>e.outputs.toJSON().filter(({metadata:e,data:t})=>tU(e)&&!("text/markdown"in t)),o8=`
.course-lesson .jp-OutputArea-child:has(+ .jp-OutputArea-child) > .course-unwritten > .jp-RenderedText pre::after {
  content: " The figure below was drawn beforehand."; }
`;var o7=o(320);let o9="[data-course-task]",re="[data-course-check]",rt="[data-course-question]",ro="[data-course-written]",rr=`:is(${o9}, ${rt}, ${ro}) .jp-RenderedMarkdown`,rn="[data-course-guess][data-course-fold]:not(:has(.course-guess)) .jp-Placeholder-content",rs="[data-course-guess] .jp-OutputArea-output.course-figure:has(.course-guess)",ra=`${o9} + .jp-CodeCell:not(:has(.jp-OutputArea-child))`,ri=`box-sizing: border-box; border: 1px solid var(--course-card-edge); border-radius: 6px;
  background: color-mix(in srgb, var(--jp-brand-color1) var(--course-card-tint), transparent);`,rc="color-mix(in srgb, var(--course-card-edge) 45%, transparent)",rl=`
.course-lesson { --course-card-pad: 15px; --course-card-left: var(--course-start);
  /* a folded line begins where its bar does */
  --course-fold-start: calc(var(--course-start) + var(--jp-cell-collapser-width));
  --course-card-measure: calc(var(--course-measure) - var(--course-start) - var(--course-card-pad) - 1px); }
.course-lesson ${rr} { ${ri} margin-left: var(--course-card-left);
  padding: 10px var(--course-card-pad); max-width: none; }
.course-lesson ${rr} > * { box-sizing: border-box; max-width: var(--course-card-measure); }
.course-lesson ${rr} > :is(mjx-container, pre, table, details) { max-width: 100%; }
.course-lesson ${rr} > mjx-container[display="true"] { min-width: 0; }
.course-lesson ${o9} .jp-RenderedMarkdown > details { display: inline-block; vertical-align: top;
  margin-right: 6px; }
.course-lesson ${o9} .jp-RenderedMarkdown > details[open] { display: block; margin-right: 0; }
.course-lesson ${o9} details[open] > :is(p, ul, ol) { max-width: var(--course-card-measure); }
.course-lesson ${o9} .jp-RenderedMarkdown > details > summary {
  padding: 2px 8px 2px 6px; margin: 4px 0; }
.course-lesson ${rr} > :last-child { margin-bottom: 0; }
.course-lesson ${rr} > :is(h2, h3) { font-size: 1.08em; }
.course-lesson ${rr} > :is(h2, h3):first-child { margin-top: 4px; }
.course-lesson ${rr} > :is(h2, h3):first-child + p {
  font-size: 14px; margin-top: 0; color: var(--jp-content-font-color1); }

.course-lesson :is(${o9}, ${rt}) { padding-bottom: 0; }
.course-lesson :is(${o9}, ${rt}) .jp-RenderedMarkdown { border-bottom: 0; border-radius: 6px 6px 0 0; }
.course-lesson ${o9} + .jp-CodeCell, .course-lesson ${ro}.jp-MarkdownCell { padding-top: 0; }
.course-lesson ${o9} + .jp-CodeCell .jp-InputArea-editor { margin-left: var(--course-card-left);
  border-color: ${rc} var(--course-card-edge) var(--course-card-edge); border-radius: 0 0 6px 6px; }
.course-lesson ${ra}:has(+ ${re}) { padding-bottom: 0; }
.course-lesson ${ra}:has(+ ${re}) .jp-InputArea-editor { border-bottom: 0; border-radius: 0; }
.course-lesson ${ra} + ${re} { padding-top: 0; }
.course-lesson ${ra} + ${re} .jp-InputArea-editor { margin-left: var(--course-card-left);
  border-color: ${rc} var(--course-card-edge) var(--course-card-edge); border-radius: 0 0 6px 6px; }
.course-lesson ${ro} .jp-RenderedMarkdown { min-height: 96px; cursor: text;
  border-top-color: ${rc}; border-radius: 0 0 6px 6px; background: var(--jp-layout-color0); }
.course-lesson ${ro} .jp-RenderedMarkdown:hover { background: var(--jp-layout-color1); }
.course-lesson [data-course-unwritten] .jp-RenderedMarkdown { color: var(--course-quiet); }

.course-lesson .jp-CodeCell[data-course-guess][data-course-fold]:not(:has(.course-guess)) .jp-InputPlaceholder {
  max-width: none; }
.course-lesson ${rn} { ${ri} flex: 1 1 0; min-width: 0; margin-left: var(--course-fold-start);
  padding: 10px var(--course-card-pad) 52px; }
.course-lesson ${rn} .jp-PlaceholderText::before { content: none; }
.course-lesson ${rn} .jp-PlaceholderText { max-width: var(--course-card-measure); color: var(--jp-content-font-color1); font-weight: 600; }
.course-lesson ${rs} { ${ri} padding: 10px var(--course-card-pad); max-width: calc(100% - var(--course-start)) !important; }
.course-lesson ${rs} > * { max-width: var(--course-card-measure); margin-inline: 0; }
.course-ask { position: absolute; bottom: 12px; font: 14px var(--jp-ui-font-family); padding: 4px 14px;
  left: calc(var(--jp-cell-prompt-width) + var(--course-fold-start) + var(--course-card-pad) + 1px);
  border: 1px solid var(--course-control); border-radius: 4px; background: var(--jp-layout-color0);
  color: var(--jp-ui-font-color1); cursor: pointer; }
.course-ask:hover { background: var(--jp-layout-color2); }
.course-ask:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.jp-InputPlaceholder:has(> .course-ask) { position: relative; }
[data-course-guess]:has(.course-guess) .course-ask { display: none; }
@media (max-width: 700px) {
  .course-lesson { --course-card-pad: 10px; --course-card-left: -10px; }
}
`,rd=/^\*[^*\n]+\*$/,ru=`
@media (hover: hover) {
  .course-lesson .jp-Cell:not(:hover) .jp-cell-toolbar:not(:focus-within) { opacity: 0; }
}`,rp=`
[data-jp-theme-light="true"] .jp-LabShell { background: var(--jp-layout-color2); }
[data-jp-theme-light="true"] .course-lesson {
  --course-control: #767676; --course-card-edge: #5b8fc7; --course-card-tint: 6%; --course-chip: 9%;
  --jp-content-link-color: #0b5cad; --course-quiet: #616161;
  --jp-mirror-editor-comment-color: #357070; --jp-mirror-editor-bracket-color: #6b6b4d;
  --jp-mirror-editor-atom-color: #5252d4; --jp-mirror-editor-number-color: #007000;
  --jp-mirror-editor-operator-color: #5f6368; --jp-mirror-editor-def-color: #1a3fae; }`,rh=`
[data-jp-theme-light="false"] .jp-LabShell {
  --jp-brand-color1: #82b7ff; --jp-layout-color2: #2a2a2a; --course-side: #1a1a1a; --course-seam: #333333;
  background: var(--course-side); }
[data-jp-theme-light="false"] .jp-LabShell :is(.jp-SideBar, .lm-TabBar, #jp-main-statusbar,
  .jp-SideBar .lm-TabBar-tab:not(.lm-mod-current), .lm-TabBar-addButton) { background: var(--course-side); }
[data-jp-theme-light="false"] .jp-LabShell :is(#jp-top-panel, .lm-DockPanel-widget, .lm-DockPanel-tabBar,
  .lm-TabBar-tab, .jp-SideArea, .jp-Toolbar, .course-row) { border-color: var(--course-seam); }
[data-jp-theme-light="false"] .jp-LabShell :is(.jp-SideBar, .lm-DockPanel-tabBar) {
  --jp-border-color0: var(--course-seam); --jp-border-color1: var(--course-seam); }
[data-jp-theme-light="false"] .course-lesson {
  --course-control: #8a9299; --course-card-edge: #4f7cab; --course-card-tint: 11%; --course-chip: 18%;
  --jp-content-link-color: #82b7ff; --course-quiet: #a0a0a0;
  --jp-content-font-color1: #dfe4e8; --jp-cell-editor-border-color: #333c44;
  --jp-cell-editor-active-border-color: #4f7cab; --jp-cell-prompt-not-active-opacity: 1;
  --jp-mirror-editor-def-color: #82b7ff; --jp-mirror-editor-property-color: #a9c7ec;
  --jp-mirror-editor-variable-2-color: #a9c7ec; --jp-mirror-editor-operator-color: #a7b0b8;
  --jp-mirror-editor-string-color: #d9a08c; --jp-mirror-editor-comment-color: #8fb3b3; }
[data-jp-theme-light="false"] .course-lesson .cm-editor .cm-gutters { color: var(--course-quiet); }
[data-jp-theme-light="false"] .course-lesson .jp-collapseHeadingButton { filter: brightness(1.7); }`,rf=`
.course-lesson .jp-Cell { --course-bar: var(--jp-brand-color1); --course-bar-width: 3px; }
.course-lesson .jp-Cell.jp-mod-dirty { --course-bar: var(--jp-warn-color1); }
.course-lesson .jp-Cell.jp-mod-active:focus-visible { --course-bar-width: 6px; }
.course-lesson .jp-Cell.jp-Notebook-cell.jp-mod-active.jp-mod-active:focus-visible { box-shadow: none; }
.course-lesson .jp-Cell.jp-mod-active .jp-Collapser:not(:hover) {
  background: linear-gradient(var(--course-bar) 0 0) right / var(--course-bar-width) 100% no-repeat; }
.course-lesson .jp-Cell :is(.jp-InputPrompt, .jp-OutputPrompt, .jp-Placeholder-prompt) {
  color: var(--course-quiet); opacity: 1; }
.jp-Dialog:focus-visible { outline: none; } /* it is the whole window: the focus shows on its button */
.course-lesson .jp-Cell.jp-mod-dirty .jp-InputPrompt { color: var(--jp-warn-color1); }
.course-lesson [data-course-unrun] .jp-InputPrompt { visibility: hidden; }
/* a click beside an output marks its cell; JupyterLab would put the figure into a box that scrolls */
.course-lesson .jp-OutputArea-promptOverlay { pointer-events: none; }
${ru}
${rp}
${rh}
`,rm="data:image/svg+xml;base64,",rg=/[\u0370-\u03ff]/,rw=new Map;function rb(e){let t=rw.get(e)??async function(e){let t=await fetch(e);if(!t.ok)throw Error(`${e}: ${t.status} ${t.statusText}`);let o=await t.blob();return new Promise((t,r)=>{let n=new FileReader;n.onload=()=>t(n.result),n.onerror=()=>r(n.error??Error(e)),n.readAsDataURL(o)})}(e);return rw.set(e,t),t.catch(()=>rw.delete(e)),t}let rx=`[${F}]`,rv=e=>{let t=Array.from({length:8},(t,o)=>e+` + ${rx}`.repeat(o+1));return`:is(${t.join(", ")})`},ry="data-course-answer-more",rk=".jp-Cell:has(.jp-OutputArea-child .course-guess[data-open])",rj="[data-course-guess]:not(:has(.jp-OutputArea-child .course-guess))",rC=`:is(${rv(rk)}, ${rv(rj)}).jp-CodeCell`,r$=`${rv(rk)}.jp-MarkdownCell`,rM=`:not(.jp-mod-active, ${rx}.jp-mod-active ~ [${ry}])`,rS=`${rv(rj)}.jp-MarkdownCell${rM}`,rA=`
.course-lesson { --course-column: 880px; --course-measure: 674px; --course-start: 6px; --course-prompt: 64px;
  --course-math: 110%; --jp-code-font-size: 14px; --jp-code-line-height: 1.4;
  --jp-cell-prompt-width: var(--course-prompt);
  --course-page: min(100%, var(--course-column) + var(--course-prompt) + 4 * var(--jp-notebook-padding)); }
.course-lesson .jp-WindowedPanel-outer { --jp-notebook-scroll-padding: 25%; } /* no empty screen at the end */
.course-lesson .jp-WindowedPanel-viewport {
  box-sizing: border-box; left: 0; right: 0; margin-inline: auto; max-width: var(--course-page); }
.course-lesson .jp-Notebook-footer {
  --course-edge: calc(var(--jp-cell-padding) + var(--jp-notebook-padding));
  --course-indent: calc(var(--course-edge) + var(--course-prompt) + var(--jp-cell-collapser-width));
  box-sizing: border-box; width: calc(var(--course-page) - var(--course-indent) - var(--course-edge));
  margin-left: calc((100% - var(--course-page)) / 2 + var(--course-indent)); }
.course-lesson .jp-MarkdownCell .jp-RenderedHTMLCommon { font-size: 1.35em; line-height: 1.6; padding-right: 0; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > h1:first-child + p + p:last-child { /* its time and points */
  font-size: 14px; color: var(--course-quiet); }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown { max-width: var(--course-measure); overflow: visible; }
.course-lesson .jp-MarkdownCell .jp-InputArea { container-type: inline-size; }
.course-lesson .jp-mod-active .jp-MarkdownOutput { border-color: transparent; }
.course-lesson .jp-OutputArea-output pre { word-break: normal; overflow-wrap: anywhere; }
.course-lesson .jp-OutputArea-output progress { appearance: none; height: 8px; border: 0; border-radius: 4px;
  overflow: hidden; background: var(--jp-layout-color3); vertical-align: middle; --course-done: var(--jp-brand-color1); }
.course-lesson .jp-OutputArea-output td > progress { --course-done: var(--course-green); }
.course-lesson .jp-OutputArea-output progress::-webkit-progress-bar { background: var(--jp-layout-color3); }
.course-lesson .jp-OutputArea-output progress::-webkit-progress-value { background: var(--course-done); }
.course-lesson .jp-OutputArea-output progress::-moz-progress-bar { background: var(--course-done); }
.course-lesson .jp-OutputArea-output progress[value="0"] { border-radius: 0; /* an empty one is a line */
  background: linear-gradient(var(--course-empty) 0 0) center / 100% 2px no-repeat; }
.course-lesson .jp-OutputArea-output progress[value="0"]::-webkit-progress-bar { background: none; }
.course-lesson .jp-OutputArea-output:not(.jp-RenderedText, :has(> .jp-RenderedText, > details > :is(pre, .jp-RenderedText))) {
  max-width: calc(min(var(--course-measure), 100%) - var(--course-start)); margin-left: var(--course-start); }
.course-lesson .jp-OutputArea-output.course-wide:not(.jp-RenderedText) {
  max-width: calc(100% - var(--course-start)); }
.course-lesson .jp-OutputArea-output:has(> figure > table, .course-table):not(:has(.course-control), .jp-RenderedText) {
  max-width: calc(100% - var(--course-start)); } /* a table is as wide as its columns need */
.course-lesson .jp-OutputArea-output figcaption { box-sizing: border-box; /* the rest of the line stays empty */
  padding-right: max(0px, 100% - var(--course-measure) + var(--course-start)); }
.course-lesson .jp-CodeCell + .jp-MarkdownCell { padding-top: calc(var(--jp-cell-padding) + 8px); }
.course-lesson :is(.course-error, [data-mime-type="application/vnd.jupyter.stderr"]:not(.course-error > *)) { margin-left: var(--course-start); }
.course-lesson .jp-InputArea-editor { margin-left: var(--course-start); }
.course-lesson .jp-RenderedHTMLCommon :not(pre) > code { font-size: 0.9em; border-radius: 3px; box-decoration-break: clone;
  background: color-mix(in srgb, currentcolor var(--course-chip), transparent); }
.course-lesson .jp-OutputArea-output.course-figure { min-width: 0; overflow: visible; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown :is(p, li, h1, h2, h3, h4, h5, h6),
.course-lesson .jp-OutputArea-output p { text-wrap: pretty; }
.course-lesson .jp-RenderedMarkdown :is(h1, h2, h3) { line-height: 1.25; font-weight: 600; }
.course-lesson .jp-RenderedMarkdown h1 { font-size: 2.2em; }
.course-lesson .jp-RenderedMarkdown h2 { font-size: 1.5em; }
.course-lesson .jp-RenderedMarkdown h3 { font-size: 1.15em; }
.course-lesson :is(.jp-RenderedMarkdown, .jp-OutputArea-output) table { font-size: 14px; line-height: 1.45; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > table { max-width: 100%; overflow-x: auto; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > pre { margin-inline: 0; width: max-content; overflow-x: auto;
  max-width: calc(100cqw - var(--course-prompt) - 8px); }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > table { display: block; width: fit-content; margin-left: 0; }
.course-lesson .jp-RenderedMarkdown th:not([align], [style*="text-align"]) { text-align: left; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown > p:has(> img:only-child) { text-align: center;
  width: min(var(--course-measure) - var(--course-start), 100cqw - var(--course-prompt) - 8px); }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown img { max-width: 100%; }
[data-jp-theme-light="false"] .course-lesson .jp-RenderedMarkdown img[src^="data:image/svg+xml"] {
  color-scheme: dark; filter: invert(0.9333) hue-rotate(180deg); mix-blend-mode: lighten; } /* white turns into the page's #111 */
.course-lesson .jp-MarkdownCell mjx-container[display="true"] { overflow-x: auto; overflow-y: hidden;
  padding-block: 0.3em; margin-block: 0.7em; width: max-content;
  min-width: min(var(--course-measure) - var(--course-start), 100cqw - var(--course-prompt) - 8px);
  max-width: calc(100cqw - var(--course-prompt) - 8px); }
.course-lesson .jp-RenderedMarkdown pre, .course-lesson .jp-RenderedMarkdown pre code { font-size: var(--jp-code-font-size); line-height: var(--jp-code-line-height); }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown pre { box-sizing: border-box; padding: 6px 14px 6px 11px;
  border-left: 3px solid color-mix(in srgb, currentcolor 30%, transparent); border-radius: 0 4px 4px 0;
  background: color-mix(in srgb, currentcolor 5%, transparent); }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown pre code { background: transparent; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown details > pre { margin: 6px 0 10px; overflow-x: auto; }
.course-lesson .jp-MarkdownCell summary { box-sizing: border-box; width: fit-content; padding: 2px 12px 2px 10px; margin: 6px 0;
  list-style-position: inside; font-size: 14px; line-height: 1.5; cursor: pointer; }
.course-lesson .jp-MarkdownCell summary { border: 1px solid var(--course-control); border-radius: 4px; }
.course-lesson .jp-MarkdownCell summary:hover { background: color-mix(in srgb, currentcolor 8%, transparent); }
.course-lesson .jp-MarkdownCell summary:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.course-lesson mjx-container { font-size: var(--course-math) !important; }
.course-lesson mjx-assistive-mml { max-width: 100%; } /* what only a screen reader reads is wider */
.course-joined, .course-lesson .jp-RenderedHTMLCommon :not(pre) > code.course-joined { white-space: nowrap; }
@media (min-width: 701px) { .course-lesson .jp-MarkdownCell li > code { white-space: nowrap; } } /* a signature is whole */
.course-lesson :is(h1, h2, h3, h4):not(:hover) > .jp-InternalAnchorLink:not(:focus-visible) { opacity: 0; }
.course-lesson .jp-RenderedMarkdown > details + p { margin-top: 0.8em; }
.course-lesson .cm-editor .cm-lineNumbers .cm-gutterElement { min-width: calc(2ch + 8px); } /* one edge for code of any length */
.course-lesson .cm-editor :is(.cm-gutters, .cm-gutter) { background: transparent !important; border-color: transparent !important; }
[data-jp-theme-light="false"] .course-lesson mjx-container [style*="color"] { filter: brightness(1.7); }
[data-jp-theme-light="false"] .course-lesson .jp-OutputArea-output span[style*="rgba(213, 94, 0, 0.12)"] { background: #3d4147 !important; }
[data-jp-theme-light="false"] .course-lesson .jp-OutputArea-output span[style*="rgba(0, 114, 178, 0.12)"] { background: #1f5478 !important; }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon > figure { margin-inline: auto; }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon > figure > figcaption {
  text-align: left; text-wrap: pretty; line-height: 1.3; }
.course-lesson .jp-OutputArea-output figcaption { font-size: 15px; }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon > figure > table { margin-inline: 0; }
.course-lesson .jp-OutputArea-output.jp-RenderedHTMLCommon { padding-right: 0; }
${rC} .jp-OutputArea-output:not(.jp-RenderedText) > * {
  visibility: hidden; height: 0; min-height: 0; overflow: hidden; margin-block: 0; }
${rC} .jp-OutputArea-output:not(.jp-RenderedText)::after {
  content: "Shows after your guess above."; display: block; text-align: center; font-style: italic;
  color: var(--course-quiet); }
:is(${r$}, ${rS}) .jp-RenderedMarkdown > :not(h1, h2, h3) { display: none; }
:is(${r$}, ${rS}) .jp-RenderedMarkdown::before {
  content: "The answer follows your guess above."; display: block; font-style: italic; color: var(--course-quiet); }
${rS} .jp-RenderedMarkdown::before {
  content: "The answer to the question above. Guess first, or click here to read it."; }
:is(${r$}, ${rS})[${ry}] .jp-RenderedMarkdown::before { display: none; }
@media (max-width: 700px) {
  .course-lesson { --course-prompt: 12px; --jp-notebook-padding: 4px; }
  .course-lesson .jp-InputPrompt, .course-lesson .jp-OutputPrompt { display: none; }
  .course-lesson .jp-OutputArea-child { padding-left: 0; }
  .Toastify__toast-container { width: auto; left: auto; right: 0; max-width: 280px; font-size: 12px; }
}
`,rR="course-joined",rT=/^[\u00a0.,;:!?)\]’”][^ \n]*/,rO=/[^ \n]*[\u00a0([‘“]$/;function rE(e){let{previousSibling:t,nextSibling:o,parentElement:r}=e;if(e.hasAttribute("display")||r?.className===rR)return;let n=o instanceof Text&&rT.exec(o.data)?.[0],s=t instanceof Text&&rO.exec(t.data)?.[0];if(!n&&!s)return;let a=document.createElement("span");a.className=rR,e.replaceWith(a),a.append(s||"",e,n||""),s&&t.deleteData(t.length-s.length,s.length),n&&o.deleteData(0,n.length)}function rI(e){let t=document.createTreeWalker(e,NodeFilter.SHOW_TEXT);for(;t.nextNode();){let e=t.currentNode,o=(0,eg.ot)(e.data);o===e.data||e.parentElement?.closest("pre, code")||(e.data=o)}}let rP=".jp-RenderedHTML > figure",rN={id:"foundation-models-lab:layout",description:"Lays out the course's notebooks for reading",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{ew("course-layout-style",rf+rA+tF+rl);let o=e=>void e.context.ready.then(()=>{let t,o;return!e.isDisposed&&(t=!1,o=()=>{t||(t=!0,queueMicrotask(()=>{t=!1,e.isDisposed||function({content:e}){let t=e.widgets.map(e=>({isCode:z(e),source:e.model.sharedModel.getSource()})),o=(0,tH.TK)(t),r=(0,tH.rW)(t,o);e.widgets.forEach(({node:e},n)=>{let{isCode:s,source:a}=t[n];e.toggleAttribute("data-course-guess",s&&(0,tH.zy)(a)),e.toggleAttribute(F,void 0!==o[n]),e.toggleAttribute(ry,r.has(n))})}(e)}))},void(e.content.modelContentChanged.connect(o),o()))});t.widgetAdded.connect((e,t)=>o(t)),t.forEach(o);let r=new WeakSet;_(t,(e,t)=>{if(r.has(t)||(r.add(t),!function({content:e}){let t=new MutationObserver(e=>{for(let{addedNodes:o}of e)for(let e of o)if(e instanceof HTMLElement){if(e.matches(".jp-RenderedMarkdown, .jp-RenderedMarkdown *")){rI(e);for(let t of e.querySelectorAll("code"))(t.textContent?.length??0)<=28&&!t.closest("pre")&&t.classList.add(rR);for(let t of e.querySelectorAll(`img[src^="${rm}"]`)){let e=Uint8Array.from(atob(t.src.slice(rm.length)),e=>e.charCodeAt(0));(async function(e){let t=[ox(og,await rb(om),ob,"unicode-range: U+0-B1, U+B4-B8, U+BA-2FF, U+2000-206F, U+20AC, U+2122, U+2190-21FF, U+2212, U+25B2-25CF")];return rg.test(e)&&t.push(ox(og,await rb(oh),ob,"unicode-range: U+370-3FF")),e.replace(/<svg[^>]*>/,e=>`${e}<style>${t.join(" ")} :not([font-family*="mono"]) { font-family: "Inter", sans-serif; }</style>`)})(new TextDecoder().decode(e)).then(e=>t.src=`data:image/svg+xml,${encodeURIComponent(e)}`,e=>console.warn("A drawing keeps another font.",e))}}var t=e.closest(".jp-RenderedHTML")??e;for(let e of t.querySelectorAll(`${rP} > figcaption > strong:only-child`)){let t=e.parentElement;t.style.fontWeight="600",(0,eg.Sd)(t,e.textContent)}for(let e of t.querySelectorAll(`${rP} > table`))rI(e),(0,eg.IV)(e.querySelectorAll("td"));(e.matches("mjx-container")?[e]:e.querySelectorAll("mjx-container")).forEach(rE)}});t.observe(e.node,{childList:!0,subtree:!0}),e.disposed.connect(()=>t.disconnect())}(t)),z(e)){let t;t=()=>{let t=void 0!==t_(e);e.node.toggleAttribute("data-course-preview",t),t&&e.node.setAttribute("data-course-previewed","")},e.model.outputs.changed.connect(t),t(),function({model:e,node:t}){let o=()=>{let{executionCount:o,executionState:r}=e;t.toggleAttribute("data-course-unrun",null===o&&"idle"===r)};e.stateChanged.connect(o),o()}(e)}let{role:o}=N(e);"exercise"===o&&function({content:{widgets:e}},t){let o=e[e.indexOf(t)-1];o instanceof o7.MarkdownCell&&(o.node.setAttribute("data-course-task",""),o.showEditorForReadOnly=!1)}(t,e),"check"===o&&e.node.setAttribute("data-course-check",""),"written"===o&&function({content:{widgets:e}},t){t.node.setAttribute("data-course-written","");let o=e[e.indexOf(t)-1];o instanceof o7.MarkdownCell&&o.node.setAttribute("data-course-question",""),function({model:e,node:t}){let o=()=>t.toggleAttribute("data-course-unwritten",rd.test(e.sharedModel.getSource().trim()));e.contentChanged.connect(o),o()}(t)}(t,e)})}},rq=`
.course-colored-name, .course-colored-name * { color: var(--course-letter) !important; }
[data-jp-theme-light="false"] :is(.course-colored-name, .course-colored-name *) {
  color: rgb(from var(--course-letter) calc(1.7 * r) calc(1.7 * g) calc(1.7 * b)) !important; }
`,rz=/^(VariableName|VariableDefinition|PropertyName|PropertyDefinition)$/;function rL(e,t){let o=[];(0,ec.syntaxTree)(e).iterate({enter({type:t,from:r,to:n}){n-r==1&&rz.test(t.name)&&o.push({from:r,to:n,name:e.sliceDoc(r,n)})}});let r=(0,eg.cG)(new Set(o.map(({name:e})=>e)),t),n=new el.RangeSetBuilder;for(let{from:e,to:t,name:s}of o){let o=r.get(s);if(!o)continue;let a={style:`--course-letter: ${o}`};n.add(e,t,ed.Decoration.mark({class:"course-colored-name",attributes:a}))}return n.finish()}let rW={id:"foundation-models-lab:letters",description:"Colors letters that have one color all through the course",autoStart:!0,requires:[n.INotebookTracker],optional:[tB.ISettingRegistry],activate:(e,t,o)=>{let r,n,s,a;ew("course-letters-style",rq),ev(o,"colorLetters",(r=new el.Compartment,n=!0,s=e=>{var t;let o,r=(t=e.content.model?.getMetadata("course"),"object"!=typeof(o=t?.colors)||null===o?{}:Object.fromEntries(Object.entries(o).filter(([e,t])=>/^[a-z]$/.test(e)&&/^#[0-9a-f]{6}$/.test(String(t)))));return n&&Object.keys(r).length>0?ed.ViewPlugin.fromClass(class{decorations;constructor({state:e}){this.decorations=rL(e,r)}update({docChanged:e,startState:t,state:o}){(e||(0,ec.syntaxTree)(t)!==(0,ec.syntaxTree)(o))&&(this.decorations=rL(o,r))}},{decorations:({decorations:e})=>e}):[]},a=e=>{for(let t of e.content.widgets){let o=z(t)?q(t):void 0;o&&void 0!==r.get(o.state)&&o.dispatch({effects:r.reconfigure(s(e))})}},_(t,(e,t)=>{z(e)&&e.ready.then(()=>{let o=r.of(s(t));q(e)?.dispatch({effects:el.StateEffect.appendConfig.of(o)})})}),e=>{e!==n&&(n=e,t.forEach(a))}))}},rD={id:"foundation-models-lab:saves",description:"Saves a notebook once at a time",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{t.widgetAdded.connect((e,{context:t})=>{var o;let r;o=t.save.bind(t),r=Promise.resolve(),t.save=()=>{let e=r.then(o,o);return r=e,e}})}},rB=`
.course-lesson .jp-OutputArea[data-course-stale]::before { content: attr(data-course-stale); display: block;
  margin: 0 0 4px calc(var(--course-prompt) + var(--course-start)); font-size: 14px; line-height: 1.5;
  color: var(--jp-ui-font-color1); }
[data-course-stale] .course-check { border-left-color: var(--jp-border-color1) !important; }
[data-course-stale] .course-check > .course-passed { background: transparent; }
[data-course-stale] :is(.course-check > .jp-RenderedHTMLCommon, .course-drawn-tick, .course-praise-line) {
  opacity: 0.65; filter: grayscale(1); }
.course-lesson .jp-OutputArea[data-course-stale]:has(.course-unwritten)::before {
  border-left: 4px solid var(--jp-info-color1, #0072b2); padding: 4px 8px 4px 12px; }
.course-lesson [data-course-stale] .course-unwritten { display: none; } /* it is written now */
`,rH=e=>e.model.sharedModel.getSource().trim();function rF({exercise:e,check:t,checkedSource:o}){if(!e||!t)return;let r=B(t).some(({data:e})=>i.O in e)&&void 0!==o&&o!==rH(e),{dataset:n}=t.outputArea.node;r?n.courseStale="From before your last edit. Run your cell, then the check.":delete n.courseStale}let rU=(e,t)=>t?`You have written ${e}: run this cell again to draw your own figure. The one below was drawn beforehand.`:`You have written ${e}: run this cell again.`,r_={id:"foundation-models-lab:stale",description:"Says which results are from before an edit",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{ew("course-stale-style",rB);let o=new WeakMap;_(t,(e,t)=>{let{role:r,name:n}=N(e);if(!z(e)||!["exercise","check"].includes(r))return;let s=o.get(t)??new Map;o.set(t,s);let a=s.get(n)??{};s.set(n,a),"check"===r?(a.check=e,e.model.outputs.changed.connect(()=>rF(a))):(a.exercise=e,a.checkedSource??=rH(e),e.model.contentChanged.connect(()=>rF(a)))}),n.NotebookActions.executionScheduled.connect((e,{notebook:r,cell:n})=>{let s=t.find(({content:e})=>e===r),a=s&&o.get(s)?.get(N(n).name);a&&a.exercise&&(n===a.exercise&&(a.ranSource=rH(a.exercise)),n===a.check&&(a.checkedSource=a.ranSource??rH(a.exercise),rF(a)))}),n.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:r})=>{let{role:n,name:s}=N(o);r&&"exercise"===n&&z(o)&&void 0===tp(o)&&function({widgets:e},t){for(let o of e){if(!z(o)||!W(o).some(e=>R(e)===t))continue;let{outputs:e}=o.model,{dataset:r}=o.outputArea.node;if(void 0!==r.courseStale)continue;r.courseStale=rU(t,e.length>1);let n=()=>{delete r.courseStale,e.changed.disconnect(n)};e.changed.connect(n)}}(t,s)})}},rV={id:"foundation-models-lab:theme",description:"Applies a chosen theme at the first click",autoStart:!0,requires:[ei.IThemeManager],activate:({commands:e},t)=>{let o;e.commandExecuted.connect((e,{id:r,args:n,result:s})=>{let{theme:a}=n;"apputils:change-theme"!==r||"string"!=typeof a||(o=a,a!==t.theme&&t.isToggledAdaptiveTheme()&&s.then(async()=>{await async function(e){for(let t=0;t<25;t++)if(await new Promise(e=>setTimeout(e,400)),null===document.getElementById("jupyterlab-splash")&&!e.isToggledAdaptiveTheme())return}(t),o===a&&t.theme!==a&&await t.setTheme(a)}))})}},rG="course-unwritten-line",rK=`
.course-lesson .${rG} { box-sizing: border-box; padding: 6px 12px; font-size: 14px; line-height: 1.5;
  font-family: var(--jp-content-font-family); color: var(--jp-content-font-color1);
  margin: 0 0 0 calc(var(--jp-cell-collapser-width) + var(--course-prompt) + var(--course-card-left));
  border: 1px solid var(--course-card-edge); border-top-color: ${rc}; border-bottom: none;
  background: var(--jp-layout-color0); }
`,rY=[ts,tc,tI,tz,tJ,tD,ol,{id:"foundation-models-lab:fonts",description:"Brings the fonts of the course",autoStart:!0,activate:()=>{for(let e of(ew("course-fonts",`
${ox(og,om,ob,"unicode-range: U+0-B1, U+B4-B8, U+BA-2FF, U+2000-206F, U+20AC, U+2122, U+2190-21FF, U+2212, U+25B2-25CF")}
${ox(og,of,ob,"font-style: italic")}
${ox(og,oh,ob,"unicode-range: U+370-3FF")}
${ox(ow,ou,"font-weight: 400")}
${ox(ow,od,"font-weight: 400","font-style: italic")}
${ox(ow,op,"font-weight: 700")}
body {
  --jp-ui-font-family: "${og}", system-ui, sans-serif;
  --jp-content-font-family: var(--jp-ui-font-family);
  --jp-code-font-family: "${ow}", ui-monospace, monospace;
  font-family: var(--jp-ui-font-family); }
.cm-editor, pre, code { font-variant-ligatures: none; } /* => and !== as a reader types them */
`),ov))document.fonts.load(e).catch(t=>console.warn(`The font ${e} could not be loaded.`,t))}},o1,o3,{id:"foundation-models-lab:kept-figures",description:"Keeps figures that were drawn beforehand until a run draws them",autoStart:!0,activate:e=>{ew("course-kept-style",o8);let t=new WeakMap;n.NotebookActions.executionScheduled.connect((e,{cell:o})=>{z(o)&&t.set(o,o5(o))}),n.NotebookActions.executed.connect((e,{notebook:o,cell:r,success:n})=>{if(!n&&z(r)&&(D(r)||e5(o,r))&&!(o5(r).length>0))for(let e of t.get(r)??[])r.model.outputs.add(e)})}},rN,rW,ot,rD,tq,r_,Z,rV,{id:"foundation-models-lab:unwritten",description:"Says below an exercise's cell that ran that it isn't written yet",autoStart:!0,activate:()=>{ew("course-unwritten-style",rK),n.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:r})=>{z(o)&&function({model:e,node:t},o,r){(({node:e})=>e.querySelector(`:scope > .${rG}`))(o)?.remove();let n=r?tp(o):void 0,s=null!==e&&td(e);void 0!==n&&!s&&t.closest(`.${U}`)&&function(e,t){let o=document.createElement("div");o.className=rG,o.role="status",e.node.querySelector(":scope > .jp-Cell-inputWrapper")?.after(o),o.textContent=`${t} is defined but not written yet: put your code in place of the line that throws, then run the check below.`;let{contentChanged:r}=e.model,n=()=>{o.isConnected&&void 0!==tp(e)||(o.remove(),r.disconnect(n))};r.connect(n)}(o,n)}(t,o,r)})}},t1]}}]);