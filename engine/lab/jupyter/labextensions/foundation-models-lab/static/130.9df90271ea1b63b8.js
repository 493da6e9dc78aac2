"use strict";(self.rspackChunkfoundation_models_lab=self.rspackChunkfoundation_models_lab||[]).push([[130],{553(e,t,o){let r;o.r(t),o.d(t,{default:()=>rK});var n=o(542),s=o(837),a=o(660),i=o(967),c=o(614);let l=e=>`import { ${e} } from "solutions"; // the course's version from here on`;function d(e){if("object"!=typeof e||null===e)return[];let{first:t,last:o,lines:r}=e;return"string"==typeof t&&"string"==typeof o&&Number.isInteger(r)?[{first:t,last:o,lines:r}]:[]}let u=/[.:!?)\]]$/,p='"(?:[^"\\\\\\n]|\\\\.)*"',h=RegExp(`^(?:await )?(?:show|control|live)\\(\\s*(${p}(?:\\s*\\+\\s*${p})*|\`[^\`]*)`,"m"),f=RegExp("^[^$]{16,}?(?=[:;.?](?:\\s|$))"),m=RegExp(`\\bguess\\(\\s*(${p}(?:\\s*\\+\\s*${p})*)\\s*,`),g=String.raw`\[\s*${p}(?:\s*,\s*${p})*(?:\s*,)?\s*\]`,w=String.raw`([a-z]+):\s*(${p}|-?[\d.]+|${g})`,b=String.raw`${w}(?:\s*,\s*${w})*(?:\s*,)?`,x=RegExp(`${m.source}\\s*\\{\\s*(${b})\\s*\\}\\s*,`),v=e=>e.replace(/"\s*\+\s*"/g,"").slice(1,-1).replace(/\\(.)/g,"$1"),y=String.raw`\((?:[^()]|\([^()]*\))*\)`,k=RegExp(`^(?:export )?(?:(?:async )?function\\*? +([\\w$]+)|const +([\\w$]+)(?:: [^=]+)? = (?:async )?(?:<\\w+>)?(?:${y}|[\\w$]+)(?:: [^=]+)? =>)`,"gm"),j={lines:["line chart","line charts"],bars:["bar chart","bar charts"],points:["scatter plot","scatter plots"],heatmap:["heatmap","heatmaps"],images:["pictures","pictures"],tokens:["pieces of text","pieces of text"],tree:["tree","trees"],table:["table","tables"],progress:["overview of your progress","overviews of your progress"]},C=/(?<![.\w$])(\w+)\(/g;function $(e){let t=[...e.matchAll(C)].map(([,e])=>e);if(t.includes("control"))return"figure and its inputs";let o=t.filter(e=>Object.hasOwn(j,e)),r=1===new Set(o).size?j[o[0]]:void 0;return void 0===r?"figure":r[+!!(o.length>1||t.includes("panels")||t.includes("slider"))]}let M=/[\w$]/,S=(e,t)=>""!==t&&e.includes(`not written yet: ${t}"`),A=e=>/not written yet: ([\w$]+)/.exec(e)?.[1],R=e=>/^(?:Cannot find name '([\w$]+)'|([\w$]+) is not defined)/.exec(e)?.slice(1).find(e=>void 0!==e);function T(e){let t=e.findIndex(({role:e})=>"exercise"===e),o=t<0?e.length:t,r=e[o-1]?.type==="markdown"&&t>=0;return e.slice(0,r?o-1:o)}function O(e,t){return T(t).findIndex(({type:t,source:o})=>"code"===t&&o.split(/[^\w$]+/).includes(e))+1}let E="application/vnd.jupyter.error",I=e=>"string"==typeof e?e:"";function P(e){let t=e.model.getMetadata("course")??{},o=Array.isArray(t.checks)?t.checks.flatMap(d):[];return{role:I(t.role),name:I(t.name),fold:I(t.fold),checks:o,hasPreview:""!==I(t.preview)}}let N=e=>e.editor?.editor,q=e=>"code"===e.model.type,z=e=>D(e).some(({type:e})=>"error"===e),L=e=>D(e).flatMap(({data:e})=>e[E]?.evalue??[]),W=e=>L(e).some(e=>void 0!==A(e)),D=({model:{outputs:e}})=>Array.from({length:e.length},(t,o)=>e.get(o)),B=e=>["exercise","check"].includes(P(e).role),H="data-course-answer",F="course-lesson";function U(e,t){let o=async e=>{if(await e.context.ready,e.isDisposed||!e.content.model?.getMetadata("course"))return;e.addClass(F);let o=new WeakSet,r=()=>{for(let r of e.content.widgets)o.has(r)||(o.add(r),t(r,e))};e.content.model.cells.changed.connect(r),r()};e.widgetAdded.connect((e,t)=>void o(t)),e.forEach(e=>void o(e))}function _({sessionContext:e},t){e.kernelChanged.connect(t),e.statusChanged.connect((e,o)=>{("restarting"===o||"autorestarting"===o)&&t()})}async function V(e,t,o,r=()=>0){let n=new AbortController;for(let t of["wheel","pointerdown","keydown"]){let{signal:o}=n;e.node.addEventListener(t,()=>n.abort(),{signal:o,capture:!0})}await o;let s=Date.now()+1500;for(;!n.signal.aborted&&!e.isDisposed&&Date.now()<s;){let o=t(),n=e.outerNode.getBoundingClientRect(),s=o?.isConnected?function(e,t,o){let r=e.top-12-o-t.top,n=e.bottom+12-t.bottom;return n>0?Math.min(r,n):Math.min(r,0)}(o.getBoundingClientRect(),n,r(o)):0;0!==s&&e.outerNode.scrollBy(0,s),await new Promise(e=>setTimeout(e,100))}n.abort()}let G="notebook:run-cell-and-select-next",K=[G,"notebook:move-cursor-down","notebook:move-cursor-up"];function Y({content:e},t,o){e.deselectAll(),e.activeCellIndex=e.widgets.indexOf(t),e.mode=o,e.activate()}function J({widgets:e},t){let o=e[t+1];return e[t]?.model.type==="markdown"&&void 0!==o&&X(o)}let X=e=>"exercise"===P(e).role,Q={id:"foundation-models-lab:tasks",description:"Shows texts from their heading on, and what a cell has drawn",autoStart:!0,requires:[n.INotebookTracker],activate:({commands:e},t)=>{n.NotebookActions.executionScheduled.connect((e,{notebook:t,cell:o})=>{if(!q(o))return;let r=new Promise(e=>{let t=(r,s)=>{s.cell===o&&(n.NotebookActions.executed.disconnect(t),e())};n.NotebookActions.executed.connect(t)});!async function(e,t){let o=e.node.querySelector(".jp-Cell-outputWrapper");o&&0!==e.model.outputs.length&&(o.style.minHeight=`${o.getBoundingClientRect().height}px`,await t,await new Promise(e=>setTimeout(e,300)),o.style.minHeight="")}(o,r),B(o)||V(t,()=>(function(e,t){let o=e.widgets.indexOf(t);if(e.activeCellIndex!==o+1||J(e,o+1))return null;let r=t.node.querySelector(".jp-Cell-outputWrapper");if(!r?.querySelector(".jp-OutputArea-output:not(.jp-RenderedText)"))return null;let n=e.outerNode.clientHeight-60;return r.getBoundingClientRect().height<=n?r:null})(t,o),r)}),e.commandExecuted.connect((e,{id:o})=>{let r,n=t.currentWidget?.content;if(!K.includes(o)||!n||(r=n.activeCell,r?.model.type!=="markdown"||V(n,()=>(function({outerNode:e},t){let o=t.node.querySelector(".jp-RenderedMarkdown > :is(h1, h2, h3):first-child");return null!==o&&o.getBoundingClientRect().top<e.getBoundingClientRect().top+12?o:void 0})(n,r),void 0,e=>e.getBoundingClientRect().top-r.node.getBoundingClientRect().top),o!==G))return;let s=n.activeCellIndex,a=n.widgets[s];J(n,s)&&V(n,()=>a?.node)})}};function Z(e){if(!(({key:e,ctrlKey:t,metaKey:o,altKey:r})=>(t||o)&&!r&&["z","y"].includes(e.toLowerCase()))(e))return;let{target:t}=e;if(!(t instanceof HTMLInputElement&&"text"===t.type))return e.preventDefault();let o=e=>{e.target!==t?e.preventDefault():e.stopPropagation()};document.addEventListener("beforeinput",o,{capture:!0}),setTimeout(()=>document.removeEventListener("beforeinput",o,{capture:!0}))}function ee(e){if("Escape"!==e.key||e.defaultPrevented)return;let t=e.target.closest(".jp-Notebook"),o=t?.querySelector(".jp-Cell.jp-mod-active");o&&(e.preventDefault(),e.stopPropagation(),o.focus())}function et(e,{commands:t}){e.addEventListener("focusin",({target:e})=>{e.dataset.lmSuppressShortcuts="true"}),e.addEventListener("keydown",e=>{let o="Enter"===e.key?function({shiftKey:e,ctrlKey:t,metaKey:o,altKey:r}){return e?G:t||o?"notebook:run-cell":r?"notebook:run-cell-and-insert-below":void 0}(e):void 0;void 0!==o&&(e.preventDefault(),e.stopPropagation(),e.repeat||t.execute(o))},{capture:!0}),e.addEventListener("keydown",Z),e.addEventListener("keydown",ee)}let eo=`
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
`;function er(e){let t=new a.Widget,o=document.createElement("div");return o.role="status",t.addClass("course-actions"),t.node.append(o),et(t.node,e),Object.assign(t,{showStatus:e=>void(o.textContent=e)})}function en(e){let t=document.createElement("p");return t.className="course-actions-note",t.textContent=e,t}function es(e,t,o=""){let r=document.createElement("button");return r.type="button",r.textContent=e,""!==o&&(r.title=o),r.addEventListener("click",()=>{"true"!==r.ariaDisabled&&(r.ariaDisabled="true",t().finally(()=>r.removeAttribute("aria-disabled")))}),r}var ea=o(2),ei=o(421),ec=o(424),el=o(377);let ed=`
.course-folded-lines { border: 1px dashed var(--jp-border-color1); border-radius: 3px;
  padding: 0 6px; margin: 0 2px; cursor: pointer; font-family: var(--jp-ui-font-family);
  font-size: 0.92em; color: var(--jp-ui-font-color1); }
[data-jp-theme-light="false"] .course-lesson .course-folded-lines { border-color: var(--course-control); }
.course-folded-lines:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
`,eu=e=>["exercise","given"].includes(P(e).role);function ep(e,t){let{name:o,checks:r}=P(e),n=function(e,t){var o;let r,n,s=e.split("\n"),a=RegExp(`^(?:export )?(?:async )?(?:function\\*?|const) +${t}\\b`),i=s.findIndex(e=>a.test(e))-1,c=s.lastIndexOf("/**",i);if(c<0||" */"!==s[i]||i-c+1<5)return;let l=s.slice(c+1,i);if(!l.every(e=>/^ \*( |$)/.test(e)))return;let d=l.map(e=>e.slice(2).trim()),p=[...d.keys()].find(e=>u.test(d[e])||["","@"].includes(d[e+1]?.[0]??"")||2===e)+1,h=d.slice(p);if(h.length<2)return;let f=e=>s.slice(0,e).reduce((e,t)=>e+t.length+1,0),m=f(c+1+p)+3,g=`${h.length} lines: ${(o=h.filter(e=>""!==e),n=(r=e=>o.filter(t=>t.startsWith(e)).length)("@param"),[o[0].startsWith("@")?"":"details",n>0?`argument${n>1?"s":""}`:"",r("@return")>0?"result":"",r("@throws")>0?"errors":""].filter(e=>""!==e).join(", "))}`;return{from:m,to:f(i),label:g}}(t,o),s=r.flatMap(e=>{let o=function(e,{first:t,last:o,lines:r}){let n=e.split("\n"),s=n.findIndex((e,s)=>e===t&&n[s+r-1]===o);if(s<0||r<2)return;let a=n.slice(0,s).join("\n").length+ +(s>0),i=n.slice(s,s+r).join("\n").length;return{from:a+Math.max(0,t.search(/\S/)),to:a+i}}(t,e);return o?[{...o,label:`${e.lines} lines check the arguments`}]:[]});return n?[n,...s]:s}let eh=e=>t=>{let{main:o}=t.state.selection,r=[];return(0,ei.foldedRanges)(t.state).between(o.head,o.head,(t,n)=>{o.empty&&({from:t,to:n})[e]===o.head&&r.push(ei.unfoldEffect.of({from:t,to:n}))}),r.length>0&&t.dispatch({effects:r}),r.length>0};function ef(e){let t=N(e);if(!t)return;let o=ep(e,t.state.doc.toString()),r=void 0!==t.state.field(ei.foldState,!1),n=o.map(({from:e,to:t})=>ei.foldEffect.of({from:e,to:t}));r||n.unshift(ec.StateEffect.appendConfig.of([(0,ei.codeFolding)({preparePlaceholder:(t,{from:o})=>ep(e,t.doc.toString()).find(e=>e.from===o)?.label??"…",placeholderDOM:(t,o,r)=>{let n,s;return(n=document.createElement("span")).className="course-folded-lines",n.textContent=r,n.role="button",n.tabIndex=0,n.ariaLabel=`${r}, folded`,n.ariaExpanded="false",n.title="Show them",s=t=>{t.preventDefault(),t.stopPropagation(),o(t),e.editor?.focus()},n.addEventListener("click",s),n.addEventListener("focusin",e=>e.stopPropagation()),n.addEventListener("keydown",e=>{e.shiftKey||"Enter"!==e.key&&" "!==e.key||s(e)}),n}}),ec.Prec.highest(el.keymap.of([{key:"ArrowRight",run:eh("from")},{key:"ArrowLeft",run:eh("to")}]))])),t.dispatch({effects:n})}var em=o(304);function eg(e,t){if(document.getElementById(e))return;let o=document.createElement("style");o.id=e,o.textContent=t,document.head.append(o)}let ew=()=>"false"===document.body.dataset.jpThemeLight,eb="foundation-models-lab:cells";function ex(e,t,o){let r=e=>o(!1!==e.get(t).composite);e?.load(eb).then(e=>{r(e),e.changed.connect(r)},e=>console.warn("The course's settings could not be read.",e))}let ev="course-new-line",ey=`
.${ev} { background: color-mix(in srgb, var(--jp-brand-color1) 22%, transparent) !important; }
@media (prefers-reduced-motion: no-preference) {
  .${ev} { animation: course-new-line 4000ms ease-in both; }
}
@keyframes course-new-line { 70% { background: color-mix(in srgb, var(--jp-brand-color1) 22%, transparent); }
  to { background: transparent; } }
`,ek=ec.StateEffect.define(),ej=ec.StateField.define({create:()=>el.Decoration.none,update(e,{changes:t,effects:o,state:r}){let n=e.map(t);for(let e of o)e.is(ek)&&(n=function(e,t){if(!t)return el.Decoration.none;let o=e.lineAt(Math.min(t.from,e.length)).number,r=Array.from({length:e.lineAt(Math.min(t.to,e.length)).number-o+1},(t,r)=>e.line(o+r));return el.Decoration.set(r.map(({from:e})=>el.Decoration.line({class:ev}).range(e)))}(r.doc,e.value));return n},provide:e=>el.EditorView.decorations.from(e)});function eC({tracker:e,reportElement:t,name:o,showStatus:r}){let n=e.find(e=>e.node.contains(t)),s=n?.content.widgets??[],a=s.findIndex(e=>e.node.contains(t)),i=s.find(e=>{let{role:t,name:r}=P(e);return"exercise"===t&&r===o});if(n&&i&&q(i))return{panel:n,cell:i,at:a};r(`This notebook has no cell for the exercise ${o}.`)}var e$=o(401);let eM=/^Hint (\d+) of \d+$/,eS=new Map,eA=new e$.Signal({});function eR(e,t,o){eT(e,t)!==o&&(eS.set(e,(eS.get(e)??new Map).set(t,o)),eA.emit(e))}let eT=(e,t)=>eS.get(e)?.get(t)??!1;function eO(e,t,o){let r=(o,r)=>{r===e&&t()};eA.connect(r),o.addEventListener("abort",()=>eA.disconnect(r))}function eE(e){let[,t]=eM.exec(e.querySelector("summary")?.textContent.trim()??"")??[];return void 0===t?void 0:Number(t)}class eI extends a.Panel{registry;name;hints;#e=new Map;#t=new AbortController;constructor(e,t,o){super(),this.registry=e,this.name=t,this.hints=o,this.follow(()=>this.#o())}follow(e){eO(this.name,e,this.#t.signal),e()}next(){let e=this.hints.findIndex((e,t)=>{let o,r;return o=this.name,r=t+1,!eS.get(o)?.has(r)});return e<0?void 0:e+1}async open(e){eR(this.name,e,!0),await this.#r}dispose(){this.#t.abort(),super.dispose()}#r=Promise.resolve();#o(){let e=[...this.hints.keys()].map(e=>e+1).filter(e=>eT(this.name,e));for(let[t,o]of this.#e)e.includes(t)||(o.dispose(),this.#e.delete(t));this.#r=Promise.all(e.map((e,t)=>this.#e.has(e)?void 0:this.#n(e,t)))}async #n(e,t){let o=this.registry.createRenderer("text/markdown");o.addClass("course-check-hint"),o.node.setAttribute("role","status"),this.#e.set(e,o),this.insertWidget(t,o);let r=`**Hint ${e} of ${this.hints.length}.** ${this.hints[e-1]}`;await o.renderModel(new s.MimeModel({data:{"text/markdown":r},trusted:!1}))}}var eP=o(901);function eN(e,t){return e?"done":t?"begun":"new"}let eq=e=>e.reduce((e,t)=>e+t,0);function ez(e,t,o){let{exercises:r}=e,n=r.filter(({name:e})=>t[e]?.passed).length,s=r.some(({name:e})=>void 0!==t[e]);return{state:eN(r.length>0&&n===r.length,s||Object.hasOwn(o.cells,e.id)),passed:n,exercises:r.length,earned:eq(r.map(({name:e,points:o})=>o*(t[e]?.share??0))),points:eq(r.map(({points:e})=>e))}}let eL=({lessons:e},t,o)=>new Map(e.map(e=>[e.id,ez(e,t,o)]));function eW(e){let t=t=>eq(e.map(e=>e[t])),o=e.filter(({exercises:e})=>e>0);return{state:eN(o.length>0&&o.every(({state:e})=>"done"===e),e.some(({state:e})=>"new"!==e)),passed:t("passed"),exercises:t("exercises"),earned:t("earned"),points:t("points")}}let eD=e=>String(Math.round(10*e)/10),eB=(e,t)=>`${eD(e)} ${t}${1===e?"":"s"}`;function eH(e,t={},...o){let[r,...n]=e.split("."),s=document.createElement(r);for(let[e,o]of(n.length>0&&s.classList.add(...n),Object.entries(t)))void 0!==o&&s.setAttribute(e,o);return s.append(...o.filter(e=>void 0!==e)),s}let eF=e=>eH("span.course-spoken",{},e);function eU(e,t){return e.addEventListener("click",e=>{e.ctrlKey||e.metaKey||e.shiftKey||0!==e.button||(e.preventDefault(),t())}),e}let e_={new:"not begun",begun:"begun",done:"done"},eV=({id:e})=>/^\d+/.exec(e)?.[0]??"",eG=({passed:e,exercises:t})=>`--done: ${0===t?0:Math.round(100*e/t)}%`;function eK(e){let{state:t}=e,o=eH("span.course-tick",{"data-state":t,style:eG(e),"aria-hidden":"true"});return eH("span",{title:`${e.passed} of ${eB(e.exercises,"exercise")} passed`},o,eF(e_[t]))}function eY(e,t,o=!1){let r=eV(e),n=[...r?[eH("span.course-number",{},r)," "]:[],eH("span.course-title",{},e.title)];if(!t.isThere(e)){let e=eH("span.course-note",{},"not in your folder; npm start puts it back");return eH("span.course-missing",{},...n," ",e)}return eU(eH("a.course-link",{href:t.addressOf(`${e.id}.ipynb`),"data-key":e.id,"aria-current":o?"page":void 0},...n),()=>t.openLesson(e))}let eJ=(e,t,o)=>eH("progress.course-bar",{value:String(e),max:String(t),"aria-label":o}),eX="course:home";class eQ{app;store;tracker;changed=new e$.Signal(this);actions={openLesson:(e,t)=>void this.open(e,t),openPage:e=>void this.#s(e),openHome:()=>void this.app.commands.execute(eX),addressOf:e=>{var t;return(t=this.store.pathOf(e)).endsWith(".html")?eP.URLExt.join(eP.PageConfig.getBaseUrl(),"files",eP.URLExt.encodeParts(t)):eP.PageConfig.getUrl({treePath:t})},isThere:e=>this.store.isThere(e)};constructor(e,t,o){this.app=e,this.store=t,this.tracker=o,t.changed.connect(()=>this.changed.emit()),o.currentChanged.connect(()=>this.changed.emit())}state(){let{folder:e}=this.store,{currentWidget:t}=this.tracker,o=t?this.lessonOf(t)?.id:void 0;return e&&{folder:e,actions:this.actions,current:o}}lessonOf({content:e}){let t=e.model?.getMetadata("course"),o=t?.lesson;return this.store.folder?.course.lessons.find(e=>e.id===o)}async open(e,t){let o=this.store.pathOf(`${e.id}.ipynb`);await this.app.commands.execute("docmanager:open",{path:o,factory:"Notebook"});let r=this.tracker.find(({context:e})=>e.path===o);r&&void 0!==t&&await eZ(r,t)}async #s(e){let[t,o]=e.split("#"),r=this.store.pathOf(t),{content:n}=await this.app.commands.execute("docmanager:open",{path:r,factory:"Markdown Preview"})??{};void 0!==o&&n?.setFragment?.(`#${o}`)}}async function eZ(e,t){await e.context.ready,await e.revealed;let{content:o}=e,r=o.widgets.findIndex(({model:e})=>e.id===t);r<0||(o.deselectAll(),o.activeCellIndex=r,async function(e,t){await function({node:e,disposed:t}){return new Promise(o=>{let r=new IntersectionObserver(e=>{e.some(({isIntersecting:e})=>e)&&n()}),n=()=>{r.disconnect(),t.disconnect(n),o()};t.connect(n),r.observe(e)})}(e);let{content:o}=e,r=Date.now()+6e4,n=!1,s=!1,a=()=>s=!0;for(let t of["wheel","pointerdown","keydown"])e.node.addEventListener(t,a,{capture:!0,once:!0,passive:!0});for(;!s&&!e.isDisposed&&o.activeCellIndex===t&&Date.now()<r;){let e=o.activeCell?.node.getBoundingClientRect(),s=o.outerNode.getBoundingClientRect(),a=e&&e.height>0&&e.top>=s.top-1&&e.top<s.bottom/2;a&&!n&&(n=!0,r=Date.now()+5e3),a||o.scrollToItem(t,"start").catch(()=>void 0),await new Promise(e=>setTimeout(e,200))}}(e,r))}class e0 extends a.Widget{#a;#i;#c;constructor(e,t,o){super(),this.addClass(t),this.#a=e,this.#i=o,e.changed.connect(this.update,this),this.update()}onUpdateRequest(){let e=this.#a.state();!function(e,...t){let o=document.activeElement,r=o instanceof HTMLElement&&e.contains(o)?o.dataset.key:void 0;e.replaceChildren(...t),void 0!==r&&e.querySelector(`[data-key="${CSS.escape(r)}"]`)?.focus()}(this.node,...e?this.#i(e):[]),e?.current!==this.#c&&(this.#c=e?.current,this.node.querySelector(".course-current")?.scrollIntoView({block:"nearest"}))}onAfterAttach(){this.update()}onActivateRequest(){this.node.contains(document.activeElement)||this.node.focus()}dispose(){this.#a.changed.disconnect(this.update,this),super.dispose()}}let e1=new WeakMap,e2=({model:e})=>`${e.id}
${e.sharedModel.getSource()}`,e6=(e,t)=>e1.get(e)?.has(e2(t))??!1;function e4({content:e},t,o){return e5(e,t,t=>e6(e,t),o)}let e3=(e,t)=>L(t).some(o=>{let r=R(o);return void 0!==r&&e4({content:e},t,r).length>0});function e5({widgets:e},t,o,r){let n=e.filter(q),s=n.map(e=>({source:e.model.sharedModel.getSource(),hasRun:o(e)}));return(0,c.PO)(s,n.indexOf(t),r).map(e=>n[e])}let e8=`
/* a button leads on, the tick's line has the headline, and the progress stands above the notebook */
.course-check :is(.course-next, .course-bars) { display: none; }
.course-check:has(.course-praise-line) .course-headline { display: none; }
.course-passed { padding: 0.6em 0.8em; border-radius: 4px;
  background: color-mix(in srgb, var(--jp-success-color1, #2e7d32) 12%, transparent); }
.course-drawn-tick { flex: none; width: 2.6em; height: 2.6em; fill: none; stroke: var(--jp-success-color1, #2e7d32);
  stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round; stroke-dasharray: 1; }
.course-praise-line { flex: 1 1 16em; margin: 0; color: var(--jp-ui-font-color1);
  font-size: 1.15em; font-weight: 600; }
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
`;function e7({content:e},t){let o=e.widgets.findIndex(e=>{let o=P(e);return"exercise"===o.role&&o.name===t}),r=e.widgets[o-1];return r?.model.type==="markdown"?r:e.widgets[o]}let e9=e=>({type:e.model.type,role:P(e).role,source:e.model.sharedModel.getSource()}),te=(e,t)=>e.model.sharedModel.getSource()===l(t);function tt(e,t,{name:o,next:r}){let s=e.find(({node:e})=>e.contains(t.node));if(!s||t.node.querySelector(".course-below"))return;let a=()=>{let e=s.content.widgets;return e.slice(e.findIndex(({node:e})=>e.contains(t.node))+1).filter(e=>!te(e,o))},i=function(e,t){if(0!==T(t).length)return O(e,t)>0?"See it at work":"Read on"}(o,a().map(e9));if(void 0===i)return;let c=es(i,()=>(async function(e,t,o){let r,s,{content:a}=e,[i]=t;if(!i)return;let c=t.slice(0,O(o,t.map(e9))).filter(q),l=(r=new Set([...c,...c.flatMap(t=>e4(e,t))]),s=e.content.widgets.filter(e=>q(e)&&r.has(e)&&!te(e,o)),n.NotebookActions.runCells(e.content,s,e.sessionContext));Y(e,i,"command"),await a.scrollToItem(a.activeCellIndex,"start"),V(a,()=>c.at(-1)?.node.querySelector(".jp-OutputArea"),l)})(s,a(),o));c.classList.add("course-go","course-below"),t.node.querySelector(".course-ways")?.prepend(c),function(e,t,o){let r=t.node.querySelector(".course-further");if(!r||!o||!("exercise"in o))return;let n=e.content.widgets,s=e7(e,o.exercise);r.textContent=s&&n.indexOf(s)<n.findIndex(e=>e.node.contains(t.node))?`Back to the exercise ${o.exercise}`:`Skip to the next exercise: ${o.exercise}`}(s,t,r)}let to=`
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
`;class tr extends a.Panel{#l;#d;#u;#p;constructor(e,t,o){super(),this.#l=e,this.#d=t,this.#u=o}async renderModel(e){for(let e of[...this.widgets])e.dispose();this.#p=void 0;let t=void 0===e.data["text/html"]?"text/plain":"text/html",o=this.#d.createRenderer(t);this.addWidget(o),await o.renderModel(e);let r=(0,i.jc)(e.data[i.O]);if(!r)return;if(this.addClass("course-check"),this.toggleClass("course-check-passed",r.passed),r.passed){let e=function(e,t,{praise:o,seen:r,next:n}){if(void 0===o&&void 0===n)return;let s=er(e);s.addClass("course-passed");let a=[],i=document.createElement("div");if(i.className="course-ways",void 0!==o){let e,t=document.createElement("p");t.className="course-praise-line",t.textContent=o,a.push(...r?[]:[((e=(0,em.Xe)("svg",{class:"course-drawn-tick",viewBox:"0 0 32 32","aria-hidden":"true"})).append((0,em.Xe)("circle",{cx:16,cy:16,r:13.5,pathLength:1,transform:"rotate(-90 16 16)"}),(0,em.Xe)("path",{d:"M9.5 16.5 L14.5 21.5 L23 11.5",pathLength:1})),e)],t)}if(n){let o=es("exercise"in n?`Next exercise: ${n.exercise}`:`Next lesson: ${n.title}`,async()=>{let o=t.find(({node:e})=>e.contains(s.node));o&&await async function({commands:e},t,o,r){if("lesson"in o){let{path:r}=t.context,n=r.slice(0,r.lastIndexOf("/")+1),s={path:`${n}${o.lesson}.ipynb`,factory:"Notebook"};await e.execute("docmanager:open",s);return}let n=e7(t,o.exercise);n?(await eZ(t,n.model.id),Y(t,n,"command")):r.showStatus(`This notebook has no cell for the exercise ${o.exercise}.`)}(e,o,n,s)});o.classList.add("course-go","course-further"),i.append(o)}return s.node.prepend(...a,i),s}(this.#l,this.#u,r);if(!e)return;this.insertWidget(+!r.praise,e),this.#p={bar:e,data:r},this.isAttached&&tt(this.#u,e,r);return}let n=new eI(this.#d,r.name,r.hints);this.addWidget(n),this.addWidget(this.#h(r.name,n))}onAfterAttach(){this.#p&&tt(this.#u,this.#p.bar,this.#p.data)}#h(e,t){let o=er(this.#l),r=()=>({tracker:this.#u,reportElement:this.node,name:e,showStatus:o.showStatus}),s=es("Put the solution into the cell…",()=>(async function(e){let t=eC(e);if(!t)return;let{panel:o,cell:r}=t,{button:n}=await (0,ea.showDialog)({title:`Put the course's ${e.name} into its cell?`,body:"It takes the place of what you wrote in that cell, and the exercise counts as seen. Edit → Undo in the cell brings yours back.",buttons:[ea.Dialog.cancelButton(),ea.Dialog.okButton({label:"Put it there"})],defaultButton:0});if(n.accept){e.showStatus("Waiting for the kernel …");try{let t,n=function(e,t){let{sharedModel:o}=e.model,{from:r,to:n,text:s}=function(e,t){let o=Math.min(e.length,t.length),r=0;for(;r<o&&e[r]===t[r];)r++;let n=0;for(;n<o-r&&e.at(-1-n)===t.at(-1-n);)n++;return{from:r,to:e.length-n,text:t.slice(r,t.length-n)}}(o.getSource(),t),{undoManager:a}=o;return a?.stopCapturing(),o.updateSource(r,n,s),{from:r,to:r+s.length}}(r,await async function(e,t){let o,r,n=e.sessionContext.session?.kernel;if(!n)throw Error("No kernel is running: start one in the menu Kernel.");let s=n.requestExecute({code:t,silent:!1,store_history:!1});if(s.onIOPub=({header:e,content:t})=>{if("error"===e.msg_type&&(r=String(t.evalue)),"display_data"!==e.msg_type)return;let{data:n}=t,s=n["text/plain"];"string"==typeof s&&("text/markdown"in n?o=s:r=s)},await s.done,void 0===o)throw Error(r??"The kernel gave no solution.");return o}(o,(t=e.name,`(await import("course")).showSolution("${t}");`)));ef(r),Y(o,r,"edit"),await o.content.scrollToItem(o.content.activeCellIndex,"smart"),e.showStatus("The solution is in the cell. Run the cell, then the check."),function(e,t,o){eg("course-new-lines-style",ey);let r=N(t);if(!r)return;r.state.field(ej,!1)||r.dispatch({effects:ec.StateEffect.appendConfig.of(ej)});let n=r.state.doc.lineAt(Math.min(o.from,r.state.doc.length)),s=n.from+Math.max(0,n.text.search(/\S/));r.dispatch({effects:ek.of(o),selection:{anchor:s}}),V(e,()=>(function(e){let[t,o]=[e[0],e[e.length-1]];if(t&&o)return{isConnected:t.isConnected&&o.isConnected,getBoundingClientRect:()=>{let{left:e,top:r,width:n}=t.getBoundingClientRect();return new DOMRect(e,r,n,o.getBoundingClientRect().bottom-r)}}})(t.node.getElementsByClassName(ev))),setTimeout(()=>r.dispatch({effects:ek.of(void 0)}),4e3)}(o.content,r,n)}catch(t){e.showStatus(`The solution could not be put there. ${t.message}`)}}})(r()),"Replaces your code in the exercise's cell with the course's solution, so that you can read it. The exercise counts as seen.");return s.classList.add("course-put"),o.node.prepend(...function(e,t){let{hints:o}=t;if(0===o.length)return[];let r=es("",async()=>{let o=t.next();if(void 0===o)return;let{top:n}=r.getBoundingClientRect();r.style.minWidth=`${r.offsetWidth}px`,await t.open(o);let s=e.find(({node:e})=>e.contains(r))?.content.outerNode;s?.scrollBy(0,r.getBoundingClientRect().top-n)});return r.classList.add("course-next-hint"),t.follow(()=>{let e=t.next();r.textContent=e?`Show hint ${e} of ${o.length}`:"No more hints",r.toggleAttribute("data-course-done",!e)}),[r]}(this.#u,t),es("Go on with the course's version",()=>(async function(e){let t=eC(e);if(!t)return;let{panel:o,at:r}=t,{content:s,sessionContext:a}=o,i=l(e.name),c=s.widgets[r+1];c?.model.sharedModel.getSource()!==i&&s.model?.sharedModel.insertCell(r+1,{cell_type:"code",source:i,metadata:{}}),s.deselectAll(),s.activeCellIndex=r+1;let d=await n.NotebookActions.run(s,a),u=s.widgets[d?r+2:r+1];u&&Y(o,u,"command"),e.showStatus(d?`From here on, the lesson uses the course's ${e.name}. Delete the new cell to undo it, then run your own cell.`:"The new cell below could not run yet. Start the kernel and run it.")})(r()),"Keeps your code, and adds a cell below that imports the course's function for the rest of the lesson. You don't see the solution."),s,en(`“Go on” uses the course's ${e} in the rest of the lesson. Your code stays in its cell.`)),o}}let tn={id:"foundation-models-lab:check",description:"Adds buttons to the course's checks",autoStart:!0,requires:[s.IRenderMimeRegistry,n.INotebookTracker],activate:(e,t,o)=>{eg("course-check-style",to),eg("course-buttons-style",eo),eg("course-passed-style",e8),n.NotebookActions.executed.connect((e,{notebook:t,cell:o})=>{"check"===P(o).role&&async function(e){let t=Date.now()+1500;for(;!e.isDisposed&&Date.now()<t;){let t=e.node.querySelector(".course-drawn-tick");if(t)return void t.parentElement.classList.add("course-celebrates");await new Promise(e=>setTimeout(e,50))}}(o);let r=t.activeCellIndex-t.widgets.indexOf(o);(0===r||1===r)&&"check"===P(o).role&&V(t,()=>o.node.querySelector(".jp-OutputArea-output"),void 0,e=>(function({widgets:e,outerNode:t},o,r){let{name:n}=P(o),s=e.find(e=>{let t=P(e);return"exercise"===t.role&&t.name===n}),a=s?.node.querySelector(".jp-Cell-inputWrapper")?.getBoundingClientRect();if(!a)return 0;let{top:i,height:c}=r.getBoundingClientRect(),l=i-a.bottom+Math.min(a.height,120);return l<=0||l>.4*t.clientHeight?0:Math.max(0,Math.min(l,t.clientHeight-c-24))})(t,o,e))}),U(o,(e,t)=>{"exercise"===P(e).role&&function({content:e},t){let o=e.widgets[e.widgets.indexOf(t)-1],{name:r}=P(t);if(o?.model.type!=="markdown"||""===r)return;let n=()=>{for(let e of o.node.querySelectorAll("details")){let t=eE(e);void 0!==t&&(e.open=eT(r,t))}};o.node.addEventListener("toggle",({target:e})=>{let t=e instanceof HTMLDetailsElement?eE(e):void 0;void 0!==t&&eR(r,t,e.open)},!0);let s=new MutationObserver(n);s.observe(o.node,{childList:!0,subtree:!0});let a=new AbortController;eO(r,n,a.signal),o.disposed.connect(()=>{s.disconnect(),a.abort()})}(t,e)}),t.addFactory({safe:!0,mimeTypes:[i.O],createRenderer:()=>new tr(e,t,o)},0)}},ts=`
.course-lesson .jp-OutputArea[data-course-doubt]::before { content: attr(data-course-doubt); display: block;
  margin: 0 0 4px calc(var(--course-prompt) + var(--course-start)); font-size: 14px; line-height: 1.5;
  color: var(--jp-warn-color-normal, var(--jp-ui-font-color1)); }
`,ta=e=>({source:e.model.sharedModel.getSource(),role:P(e).role,name:P(e).name,run:e.model.executionCount??void 0,hasFailed:z(e),passes:D(e).flatMap(({data:e})=>(0,i.jc)(e[i.O])??[])[0]?.passed}),ti={id:"foundation-models-lab:doubts",description:"Says where a function that fails its check has made what a cell shows",autoStart:!0,requires:[n.INotebookTracker],activate:()=>{eg("course-doubts-style",ts),n.NotebookActions.executed.connect((e,{notebook:t,cell:o})=>{(function(e,t){let{role:o,name:r}=P(e);if("check"!==o)return[e];let n=t.widgets.filter(q),s=n.find(e=>"exercise"===P(e).role&&P(e).name===r)?.model.executionCount??1/0;return n.filter(({model:e})=>(e.executionCount??0)>s)})(o,t).forEach(e=>(function(e,t){if(!q(t)||!e.node.closest(`.${F}`))return;let o=e.widgets.filter(q),r=B(t)||z(t)||!(t.model.outputs.length>0)?void 0:function(e,t){for(let{role:o,name:r,source:n,run:s=0,hasFailed:a}of(0,c.vs)(e.map(e=>({...e,hasRun:!1})))(t).map(t=>e[t])){if("exercise"!==o||S(n,r))continue;if(a)return`This comes from an earlier ${r}: its cell has failed since.`;let t=e=>!1===e.passes&&(e.run??0)>s;if(e.some(e=>"check"===e.role&&e.name===r&&t(e)))return`This comes from your ${r}, which fails its check.`}}(o.map(ta),o.indexOf(t)),{node:n}=t.outputArea;void 0===r?delete n.dataset.courseDoubt:n.dataset.courseDoubt=r})(t,e))})}},tc="course-versions",tl=e=>!0===e.getMetadata(tc);function td(e,t){t?e.setMetadata(tc,!0):e.deleteMetadata(tc)}function tu(e){let{role:t,name:o}=P(e);return"exercise"===t&&S(e.model.sharedModel.getSource(),o)?o:void 0}let tp=({widgets:e},t=e.length)=>e.slice(0,t).filter(q).filter(e=>void 0!==tu(e));async function th({content:e,sessionContext:t},o){e.model&&td(e.model,!0);let r=o.map(e=>tf(e,tu(e),t));return(await Promise.all(r)).every(Boolean)}async function tf(e,t,o,r=Promise.resolve()){let n=o.session?.kernel;if(!n)return!1;let s=l(t),a=n.requestExecute({code:s,store_history:!1,stop_on_error:!1}),{content:i}=await a.done;return await r,"ok"===i.status&&!e.isDisposed&&(!function({model:{outputs:e}},t){let o=`**Not written yet, so the lesson uses the course's \`${t}\`.** It doesn't count as yours: write your own in this cell and run it.`;for(let t=0;t<e.length;t++)if(e.get(t).data["text/plain"]===o)return;e.add({output_type:"display_data",metadata:{},data:{"text/markdown":o,"text/plain":o}})}(e,t),!0)}let tm=`
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
`;function tg(e,t,o){let{model:r}=e.content,n=null!==r&&tl(r);return{cells:e4(e,t,o),unwritten:n?[]:(({content:e},t)=>e5(e,t,()=>!1))(e,t).filter(e=>void 0!==tu(e))}}function tw({content:e},t,o){let r,s=()=>{clearTimeout(r),r=setTimeout(o,300)};e.modelContentChanged.connect(s),n.NotebookActions.executed.connect(s),t.disposed.connect(()=>{clearTimeout(r),e.modelContentChanged.disconnect(s),n.NotebookActions.executed.disconnect(s)}),o()}let tb="The kernel could not import the course's version. Is it running?";function tx({cells:e,unwritten:t},o){if(0===e.length)return`Go on with ${tv}, then ${o}`;let r=t.length>0?`, with ${tv}`:"";return`Run ${ty(e)} that it needs${r}, then ${o}`}let tv="the course's version of what isn't written",ty=e=>1===e.length?"the cell":`the ${e.length} cells`;function tk(e,t){let o=t.map(t=>tg(e,t)),r=new Set(o.flatMap(e=>e.cells));return{cells:e.content.widgets.filter(e=>q(e)&&r.has(e)&&!t.includes(e)&&"setup"!==P(e).role),unwritten:[...new Set(o.flatMap(({unwritten:e})=>e))]}}let tj=async(e,{unwritten:t})=>0===t.length||th(e,t);function tC(e,t,o){let r=async()=>{if(t.isDisposed)return;let o=e.widgets.indexOf(t);e.deselectAll(),e.activeCellIndex=o,e.mode="command",await e.scrollToItem(o,"smart"),await V(e,()=>(function(e){if(e)return{isConnected:e.isConnected,getBoundingClientRect:()=>{let{left:t,top:o,width:r,height:n}=e.getBoundingClientRect();return new DOMRect(t,o,r,n+120)}}})(t.node.querySelector(".jp-OutputArea")))};return o&&r(),ea.Notification.warning(function(e){let[t=""]=L(e),o=A(t);return void 0!==o?`Stopped at ${o}: not written yet.`:`Stopped: ${t.split(/\. |\n/)[0]||"a cell failed"}.`}(t),{actions:[{label:"Go to the cell",callback:()=>void r()}],autoClose:8e3})}let t$="application/vnd.jupyter.stderr",tM=`
.course-error > .jp-RenderedText { padding-right: 8px; padding-bottom: 8px; }
.course-error > .course-actions { padding: 0.6em 0 0.4em; border-left: 0; }
.course-lesson .course-unwritten > .jp-RenderedText { padding: 4px 8px 4px 12px; background: transparent;
  border-left: 4px solid var(--jp-info-color1, #0072b2); }
.course-lesson .course-unwritten > .jp-RenderedText pre { font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.5; }
`,tS=/^notebook:(run-all-cells|run-all-below|restart-run-all)$/;function tA(e){e.stop&&ea.Notification.dismiss(e.stop.notice),delete e.stop}async function tR({panel:e,cell:t,log:o},r){let{content:s,sessionContext:a}=e,i=await n.NotebookActions.runCells(s,r,a),c=i?void 0:r.find(e=>e!==t&&z(e));if(c){o.stop??={cell:c,notice:tC(s,c,!0)};return}let l=s.widgets[s.widgets.indexOf(t)+1];Y(e,i&&l?l:t,"command")}let tT="Go on with the course's version of all that isn't written";class tO extends a.Panel{registry;addActions;#f="";constructor(e,t){super(),this.registry=e,this.addActions=t,this.addClass("course-error")}async renderModel(e){for(let e of[...this.widgets])e.dispose();let{evalue:t}=e.data[E]??{};this.#f="string"==typeof t?t:"";let o=void 0!==A(this.#f);this.toggleClass("course-unwritten",o);let r=this.#f.replace(/^not written yet: ([\w$]+)/,"$1 isn't written yet"),n=new s.MimeModel({data:{[t$]:r},trusted:e.trusted}),a=this.registry.createRenderer(t$);this.addWidget(a),await a.renderModel(o?n:e),this.isAttached&&this.addActions(this,this.#f)}onAfterAttach(){this.addActions(this,this.#f)}}let tE={id:"foundation-models-lab:errors",description:"Adds buttons below errors that other cells solve",autoStart:!0,requires:[s.IRenderMimeRegistry,n.INotebookTracker],optional:[ea.ICommandPalette],activate:(e,t,o,r)=>{eg("course-buttons-style",eo),eg("course-error-style",tM+tm),n.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:r})=>{if(!q(o))return;let n=e1.get(t)??new Set;e1.set(t,n),r?n.add(e2(o)):n.delete(e2(o))}),o.widgetAdded.connect((e,t)=>{_(t,()=>void e1.delete(t.content))});let s=function({commands:e},t){let o=new WeakMap,r=e=>{let t=o.get(e)??{isRunningAll:!1};return o.set(e,t),t};return n.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:n})=>{let s=r(t);if(n&&o===s.stop?.cell&&tA(s),n||!q(o)||!z(o)||!s.isRunningAll||s.stop)return;let a=t.activeCellIndex===t.widgets.length-1||t.activeCell===s.startedAt;s.stop={cell:o,notice:tC(t,o,a)}}),t.widgetAdded.connect((e,{content:t})=>{var o;let n;o=r(t),n=t.activeCell,t.activeCellChanged.connect((e,r)=>{o.place??={...{cell:t.activeCell,scrollTop:t.outerNode.scrollTop},cell:n},n=r,queueMicrotask(()=>delete o.place)})}),e.commandExecuted.connect((e,{id:o})=>{let n=t.currentWidget;if(!n||!o.startsWith("notebook:r"))return;let{content:s}=n,a=r(s),{place:i}=a,c=tS.test(o);c&&i&&n.hasClass(F)&&async function(e,{cell:t,scrollTop:o}){let r=e.widgets.findIndex(e=>e===t);r<0||r===e.activeCellIndex||(e.activeCellIndex=r,await e.scrollToItem(r,"auto").catch(()=>void 0),e.outerNode.scrollTop=o)}(s,i),tA(a),Object.assign(a,{isRunningAll:c,startedAt:s.activeCell})}),r}(e,o),i=(t,r)=>{let n=o.find(({node:e})=>e.contains(t.node)),i=n?.content.widgets.find(({node:e})=>e.contains(t.node));n?.hasClass(F)&&i&&q(i)&&1===t.widgets.length&&function(e,t,o,r){let n=()=>(function(e,t,o){let{panel:r,cell:n}=e,s=A(t);if(void 0!==s&&tp(r.content).some(e=>tu(e)===s))return{label:tT,apply:()=>(async function(e,t){let{panel:o,cell:r,log:n}=e,{content:s}=o,a=s.widgets.indexOf(r),i=tp(s,a);if(!await th(o,i))return t.showStatus(tb);if(!n.isRunningAll)return tR(e,[r]);let c=new Set(i.map(e=>P(e).name));await tR(e,s.widgets.filter((e,t)=>{let{role:o,name:r}=P(e);return t>=a||"check"===o&&c.has(r)}).filter(q))})(e,o)};let a=R(t);if(void 0===s&&void 0===a)return;let i=tg(r,n,a);if(0!==i.cells.length)return{label:tx(i,"this one"),apply:()=>(async function(e,t,o){if(!await tj(e.panel,t))return o.showStatus(tb);await tR(e,[...t.cells,e.cell])})(e,i,o)}})(t,o,r);if(!n())return;let s=es("",async()=>n()?.apply());s.className="course-primary";let i=en("The lesson then uses the course's functions where yours aren't written. Your code stays in its cells.");r.node.prepend(s,i);let c=R(o),l=void 0===c?void 0:function(e,t,o,r){let n=new a.Widget;n.addClass("course-missing-line");let s=!function(e){let t=D(e).flatMap(({metadata:e},t)=>e?.course?.note==="types"?[t]:[]);for(let o of t)e.outputArea.widgets[o]?.hide();return t.length>0}(t),i=new a.Widget({node:document.createElement("details")}),c=new a.PanelLayout;i.layout=c,c.addWidget(e.widgets[0]);let l=document.createElement("summary");for(let t of(l.textContent="Show the error",i.node.prepend(l),[n,r,i]))e.addWidget(t);return e.addClass("course-missing"),e=>{let t=e?"The cells that this one needs have run: run it again.":s?`This cell uses ${o}, which isn't defined yet.`:`This cell uses ${o} and other names that aren't defined yet.`;n.node.textContent!==t&&(n.node.textContent=t)}}(e,t.cell,c,r);l||e.addWidget(r),tw(t.panel,e,()=>{let{label:e}=n()??{};s.hidden=void 0===e,s.textContent=e??"",i.hidden=e!==tT,l?.(void 0===e)})}(t,{panel:n,cell:i,log:s(n.content)},r,er(e))};t.addFactory({safe:!0,mimeTypes:[E],createRenderer:()=>new tO(t,i)},0),r?.addItem({command:function({commands:e},t){let o="course:use-course-versions",r=()=>t.currentWidget?.content.model??void 0;return e.addCommand(o,{label:"Go On with the Course's Version of Unwritten Functions",isEnabled:()=>r()?.getMetadata("course")!==void 0,isToggled:()=>{let e=r();return void 0!==e&&tl(e)},execute:()=>{let e=r();e&&td(e,!tl(e))}}),o}(e,o),category:"Course"})}},tI=new WeakMap,tP=new WeakMap,tN={id:"foundation-models-lab:setup",description:"Knows the imports of each lesson",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{U(t,(e,{sessionContext:t})=>{"setup"===P(e).role&&tI.set(t,e)}),t.widgetAdded.connect((e,t)=>{_(t,()=>void tP.delete(t.sessionContext))})}},tq={id:"foundation-models-lab:executor",description:"Runs cells, also those that are run before there is a kernel",autoStart:!0,provides:n.INotebookCellExecutor,activate:()=>({async runCell(e){let{cell:t,notebook:o,sessionContext:r}=e;await r?.ready;let s="setup"===P(t).role;r&&q(t)&&!s&&await async function(e,t,o){let r=tI.get(e);r&&!r.isDisposed&&""!==P(t).role&&(tP.has(e)||tP.set(e,o(r)),await tP.get(e)?.catch(()=>!1))}(r,t,t=>(0,n.runCell)({...e,cell:t}));let a=(0,n.runCell)(e);r&&s&&tP.set(r,a);let i=r&&q(t)&&tl(o),c=i?tu(t):void 0;return i&&void 0!==c&&await tf(t,c,r,a.catch(()=>!1)),a}})},tz="course-filling",tL=`
.${tz} .jp-WindowedPanel-viewport::after { content: "The rest of this lesson is being drawn …"; display: block;
  padding: 24px 0; text-align: center; font-family: var(--jp-ui-font-family); font-style: italic;
  color: var(--jp-ui-font-color2); }
`,tW={id:"foundation-models-lab:fill",description:"Draws all cells of the course's notebooks as soon as they open",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{eg("course-fill-style",tL);let o=new WeakSet;U(t,(e,t)=>{o.has(t)||(o.add(t),t.revealed.then(()=>setTimeout(()=>(function(e){let{content:t}=e,o=()=>{if(e.isDisposed)return;let r=!("full"===t.notebookConfig.windowingMode||t.widgets.every(e=>!e.isPlaceholder()));e.toggleClass(tz,r),r&&(e.isVisible&&t.update(),setTimeout(o,e.isVisible?20:1e3))};o()})(t),700)))})}};var tD=o(338),tB=o(70);let tH=`
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown {
  font-size: 12px; line-height: 16px; color: var(--course-quiet); }
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown em { font-style: normal; }
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown > p { margin: 0 0 6px; }
.course-lesson [data-course-preview]:has(.jp-InputPlaceholder) .jp-OutputArea-child:first-child { display: none; }
.course-lesson [data-course-previewed]:not([data-course-preview], [data-course-fold]) .jp-OutputArea-child:first-child {
  margin-top: 22px; }
`,tF=e=>e?.course?.preview===!0;function tU({model:{outputs:e}}){let t=e.length>0?e.get(0):void 0;return tF(t?.metadata)?String(t.data["text/plain"]):void 0}let t_={async react(e,...t){try{await (await async function(){r??=o.e(928).then(o.t.bind(o,995,23)).then(e=>e.default);try{return await r}catch(e){throw r=void 0,e}}()).react(e,...t)}catch(t){throw e.textContent="The chart can't be drawn: its program could not be loaded. Is there a network?",t}},purge(e){r?.then(({purge:t})=>{t(e)})}};class tV extends a.Widget{drawInto;#e;#m=(function(e){let t=new MutationObserver(e);return t.observe(document.body,{attributeFilter:["data-jp-theme-light"]}),()=>{t.disconnect()}})(()=>this.#e?.redraw());constructor(e,t){super(),this.drawInto=e,this.addClass("course-figure"),et(this.node,t)}renderModel(e){return this.toggleClass("course-wide",(0,em.JN)(e.data)>=3),this.#e=this.drawInto(this.node,e,this.#e),Promise.resolve()}dispose(){this.#m(),this.#e?.remove(),super.dispose()}}let tG=(e,t,o)=>({safe:!0,mimeTypes:[t],createRenderer:()=>(eg("course-views-style",em.Y),new tV(o,e))}),tK="application/vnd.plotly.v1+json",tY={id:"foundation-models-lab:figures",description:"Draws the course's charts",autoStart:!0,requires:[s.IRenderMimeRegistry],activate:(e,t)=>{e.started.then(()=>t.addFactory(tG(e,tK,(e,{data:t},o)=>{let r=(0,em.VR)(t[tK]);if(r)if(!o)return(0,em.$2)(t_,e,r,{dark:ew});else o.update(r);else e.textContent=String(t["text/plain"]??"");return o}),0))}},tJ=new Set(["restarting","autorestarting","terminating","dead"]),tX={send:()=>void 0,close:()=>void 0},tQ="application/vnd.course.view.v1+json",tZ=(e,t)=>tG(e,tQ,(e,{data:o},r)=>{let n=o[tQ],s=(0,em.Ml)(n);return r&&s&&r.update(s)?r:(r?.remove(),(0,em.qt)(e,n,{plotly:t_,dark:ew,kernel:t,memory:em.eg}))}),t0={id:"foundation-models-lab:views",description:"Draws the course's views, and links them to the notebook's kernel",autoStart:!0,requires:[s.IRenderMimeRegistry],activate:(e,t)=>{t.addFactory(tZ(e),-1),e.docRegistry.addWidgetExtension("Notebook",{createNew({content:t,sessionContext:o}){t.rendermime.addFactory(tZ(e,{open:(e,t)=>(function(e,t,o){let r=e.session?.kernel;if(!r?.handleComms||tJ.has(r.status))return o.closed(),tX;let n=r.createComm("course.control");return n.onMsg=({content:e})=>{let t;(t=e.data,t?.ready===!0)?o.ready():o.received(e.data)},n.onClose=()=>{o.closed()},n.open(t),{send(e){n.send(e)},close(){n.onClose=()=>void 0,n.isDisposed||r.isDisposed||n.close()}}})(o,e,t),onChange:e=>{let t,r;return t=!1,r=(o,r)=>{let n=tJ.has(r);n!==t&&(t=n,e())},o.kernelChanged.connect(e),o.statusChanged.connect(r),()=>{o.kernelChanged.disconnect(e),o.statusChanged.disconnect(r)}}}),-1)}})}},t1=`
.course-lesson .course-asked { padding-top: 5px; padding-left: calc(var(--jp-cell-collapser-width) + var(--course-prompt)); }
.course-asked-note { margin: 8px 0 2px; font-size: 13px; line-height: 1.5; color: var(--course-quiet); }
.course-asked-note:empty { display: none; }
`,t2="Guess",t6=e=>{let t=e.model.sharedModel.getSource();return(0,tB.zy)(t)?function(e){let[,t,o=""]=x.exec(e)??[];if(void 0===t)return;let r=Object.fromEntries([...o.matchAll(RegExp(w,"g"))].map(([,e,t])=>[e,t.startsWith("[")?[...t.matchAll(RegExp(p,"g"))].map(([e])=>v(e)):t.startsWith('"')?v(t):Number(t)]));return{question:v(t),input:r}}(t):void 0},t4=e=>D(e).some(({data:e})=>(0,em.Ml)(e[tQ])?.view==="guess");function t3(e,t){let o=e.widgets.map(e=>({isCode:q(e),source:e.model.sharedModel.getSource()})),r=(0,tB.TK)(o),n=e.widgets.indexOf(t);return e.widgets.filter((e,t)=>r[t]===n).filter(q).filter(t=>!B(t)&&!(e6(e,t)||t.model.outputs.length>0&&!z(t)))}async function t5(e,t,o){let{content:r,sessionContext:s}=e,a=await n.NotebookActions.runCells(r,[...t,o],s),i=a?void 0:t.find(z);return i&&tC(r,i,!0),a}async function t8(e,t){for(let o of t3(e.content,t))if(!await t5(e,tk(e,[o]).cells,o))return}let t7=new WeakMap;function t9(e,t){let o=t7.get(t)?.note;if(!o)return;let r=function({cells:e,unwritten:t}){if(0===e.length&&0===t.length)return"";if(0===e.length)return`Your guess goes on with ${tv}.`;let o=t.length>0?`, with ${tv}`:"";return`Your guess runs ${ty(e)} that the answer needs${o}.`}(tk(e,[t,...t3(e.content,t)]));o.textContent!==r&&(o.textContent=r)}let oe={id:"foundation-models-lab:questions",description:"Shows questions ahead of their cells' runs, and draws their answers after a guess",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{eg("course-questions-style",t1),t.widgetAdded.connect((e,t)=>(function(e){let{content:t}=e;t.node.addEventListener(em.D5,({target:o})=>{let r=t.widgets.find(({node:e})=>e.contains(o));r&&q(r)&&e.hasClass(F)&&t8(e,r)})})(t)),U(t,(t,o)=>{if(!q(t))return;let r=()=>{let r,n;r=t7.get(t),n="running"===t.model.executionState,r&&r.source===t.model.sharedModel.getSource()&&!t4(t)||(r?.host.remove(),t7.delete(t),t4(t)||n||(!function(e,t,o){let r=t6(o),n=o.node.querySelector(":scope > .jp-Cell-inputWrapper");if(!r||!n)return;let s=document.createElement("div"),a=document.createElement("div");s.className="course-asked jp-OutputArea",a.className="jp-OutputArea-output course-figure",s.append(a);let i=(0,em.JR)(a,function({question:e,input:t}){let{from:o,to:r,step:n=(Number(r)-Number(o))/100,unit:s}=t,a=Number(o)+Math.round((Number(r)-Number(o))/2/Number(n))*Number(n);return{view:"guess",version:1,caption:e,input:"slider"===t.input?{step:n,start:a,...t}:t,unit:s}}(r),em.eg,e=>(async function(e,t,o){let r=tk(e,[t,...t3(e.content,t)]);if(!await tj(e,r))return tb;if(Y(e,t,"command"),!await t5(e,tk(e,[t]).cells,t))return"";let n=t.outputArea.node.querySelector("[data-open] .course-skip");return o?await t8(e,t):n?.click(),""})(t,o,e));if(!i)return;eg("course-views-style",em.Y),et(a,e);let c=document.createElement("p");c.className="course-asked-note",i.append(c),n.after(s),t7.set(o,{host:s,note:c,source:o.model.sharedModel.getSource()})}(e,o,t),t9(o,t)))};for(let e of(t.ready.then(r),[t.model.contentChanged,t.model.outputs.changed]))e.connect(r);t.model.stateChanged.connect(r),void 0!==t6(t)&&tw(o,t,()=>t9(o,t))})}},ot=new Set(["setup","draws","prepares"]),oo=e=>ot.has(P(e).fold),or=e=>(0,tB.zy)(e.model.sharedModel.getSource())?"asks":P(e).fold,on=new WeakMap,os=`
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
`;function oa(e,t,o){var r;let n,s=o.node.querySelector(".jp-InputPlaceholder .jp-Placeholder-content"),a=s?.querySelector(".jp-PlaceholderText");if(!oo(o)||!s||!a)return;let i=or(o),c=((e,{content:t},o)=>(function(e){let t=on.get(e);if(t)return t;let o=new Map;for(let t of e.widgets){if(!q(t)||!oo(t)||P(t).hasPreview)continue;let e=or(t);o.has(e)||o.set(e,t)}return on.set(e,o),o})(t).get(e)===o)(i,t,o),{executionCount:l,outputs:d}=o.model,u=null!==l||d.length>0||void 0!==t6(o),p={kind:i,source:o.model.sharedModel.getSource(),hasOutput:u,isFirst:c,isAnswer:o.node.hasAttribute(H)},g=("asks"!==p.kind||p.hasOutput?void 0:(r=p.source,void 0===(n=m.exec(r)?.[1])?void 0:v(n)))??`Show the code: ${function({kind:e,source:t,hasOutput:o,isAnswer:r}){let n,s,a,i;if("setup"===e)return"imports";if("prepares"===e)return function(e){let t=[...e.matchAll(k)].map(([,e,t])=>e??t),o=t.length>0?t:[...e.matchAll(/^const +([\w$]+)(?:: [^=]+)? =/gm)].map(([,e])=>e);if(o.length<2)return o[0]??"prepares what follows";let r=o.length>3,n=r?o.slice(0,2):o.slice(0,-1),s=r?`${o.length-n.length} more`:o.at(-1);return`${n.join(", ")} and ${s}`}(t);if("asks"===e)return"asks the question";if(r)return`the answer's ${$(t)}`;let c=o?void 0:(s=(n=h.exec(t)?.[1]??"").startsWith("`")?n.slice(1):v(n),""!==(a=f.exec(s)?.[0]??"")&&a.length<=90?a:void 0);return void 0===c?(i=$(t),`${i.startsWith("table")?"makes":"draws"} the ${i}`):`“${c}”`}(p)}`;a.textContent!==g&&(a.textContent=g),function(e,t){let o=e.parentElement.querySelector(".course-fold-note");if(""===t)return o?.remove();o||((o=document.createElement("span")).className="course-fold-note",e.after(o)),o.textContent=t}(s,tU(o)??(({kind:e,hasOutput:t,isFirst:o})=>o&&!t&&"asks"!==e?"Shift+Enter runs this cell":"")(p)),"asks"===i&&void 0===t6(o)&&function(e,t,o,r){if(r.parentElement.querySelector(".course-ask"))return;let n=es(t2,()=>(async function(e,t,o){let{content:r}=e,n=tk(e,[t]);(Y(e,t,"command"),o.textContent="Running what it needs …",await tj(e,n))?await t5(e,n.cells,t)&&(Y(e,t,"command"),await V(r,()=>t.node.querySelector(".jp-OutputArea"))):o.textContent=tb})(t,o,n).finally(s)),s=()=>{if("true"===n.ariaDisabled)return;let e=tk(t,[o]);n.textContent=0===e.cells.length&&0===e.unwritten.length?t2:tx(e,"ask")};n.className="course-ask",n.addEventListener("click",e=>e.stopPropagation()),et(n,e),r.parentElement.append(n),tw(t,o,s)}(e,t,o,s),function(e,t){let{model:o}=t,r=e.parentElement?.querySelector(".jp-Placeholder-prompt"),n="running"===o.executionState?void 0:o.executionCount,s=null!=n;r&&(r.textContent=s?`[${n}]:`:""),r&&(r.ariaHidden="true");let a=e.querySelector(".course-ran");if(!s||z(t))return a?.remove();a||((a=document.createElement("span")).className="course-ran",a.role="img",a.ariaLabel=", has run",a.textContent="✓",e.querySelector(".jp-PlaceholderText")?.after(a))}(s,o),s.toggleAttribute("data-course-running","running"===o.model.executionState),"button"!==s.role&&(s.role="button",s.tabIndex=0,s.title="",et(s,e),s.addEventListener("keydown",e=>{e.shiftKey||"Enter"!==e.key&&" "!==e.key||(e.preventDefault(),e.stopPropagation(),o.inputHidden=!1,o.editor?.focus())}),s.addEventListener("click",()=>setTimeout(()=>Y(t,o,"command"))))}function oi(e,t,o){o.inputHidden=!0,oa(e,t,o)}let oc={id:eb,description:"Folds code that draws in the course's notebooks",autoStart:!0,requires:[n.INotebookTracker],optional:[tD.ISettingRegistry],activate:(e,t,o)=>{let r,s,a;eg("course-fold-style",os+ed),r=({content:e})=>e.modelContentChanged.connect(()=>void on.delete(e)),t.widgetAdded.connect((e,t)=>void r(t)),t.forEach(r),ex(o,"foldCode",(s=!0,a=new WeakMap,U(t,(t,o)=>{if(q(t)){let r;oo(t)&&(t.node.dataset.courseFold=P(t).fold,r=()=>queueMicrotask(()=>oa(e,o,t)),t.ready.then(()=>{!function(e,t,o){let r=o.node.querySelector(".jp-Cell-inputWrapper");if(!r||r.querySelector(".course-hide-code"))return;let n=document.createElement("button");n.type="button",n.className="course-hide-code",n.textContent="Hide the code",et(n,e),n.addEventListener("click",()=>{oi(e,t,o),n.blur(),Y(t,o,"command")});let s=document.createElement("div");s.className="course-hide-line",s.append(n),r.append(s)}(e,o,t),r()}),t.model.metadataChanged.connect(r),t.model.contentChanged.connect(r),t.model.stateChanged.connect(r),t.model.outputs.changed.connect(r)),oo(t)&&!s&&(t.inputHidden=!1),eu(t)&&t.ready.then(()=>s&&ef(t))}}),n.NotebookActions.executed.connect((o,{notebook:r,cell:n,success:i})=>{if(!q(n))return;let c=n.model.sharedModel.getSource(),l=t.find(({content:e})=>e===r);l&&i&&s&&a.get(n)===c&&oi(e,l,n),a.delete(n),i||!n.inputHidden||!z(n)||W(n)||e3(r,n)||(n.inputHidden=!1,a.set(n,c))}),o=>{o!==s&&(s=o,t.forEach(t=>t.content.widgets.forEach(o=>{!q(o)||(oo(o)&&(s?oi(e,t,o):o.inputHidden=!1),eu(o)&&(s?ef(o):function(e){let t=N(e);if(!t)return;let o=[];(0,ei.foldedRanges)(t.state).between(0,t.state.doc.length,(e,t)=>{o.push(ei.unfoldEffect.of({from:e,to:t}))}),t.dispatch({effects:o})}(o)))})))}))}};var ol=o(925),od=o(132),ou=o(701),op=o(299),oh=o(808),of=o(782);let om="Inter",og="JetBrains Mono",ow="font-weight: 100 900",ob=(e,t,...o)=>`@font-face { font-family: "${e}"; src: url("${t}") format("woff2"); font-display: swap; ${o.join("; ")} }`,ox=[`400 16px "${om}"`,`600 16px "${om}"`,`14px "${og}"`];var ov=o(369),oy=o(854),ok=o(256),oj=o(500),oC=o(491),o$=o(235);let oM=Object.freeze(Object.create(null)),oS=e=>"object"==typeof e&&null!==e&&!Array.isArray(e),oA=e=>Array.isArray(e)?e.filter(oS):[],oR=e=>"string"==typeof e?e:"",oT=e=>"number"==typeof e&&e>0&&e<1e6?e:0,oO=e=>Array.isArray(e)?e.map(oR).filter(Boolean):[],oE=({lessons:e,parts:t})=>(0,o$.S)(e,t);function oI(e){let t=oR(e.id),o=oA(e.exercises).map(({name:e,points:t,gradeId:o})=>({name:oR(e),points:oT(t),gradeId:oR(o)}));return{id:t,title:oR(e.title)||t,question:oR(e.question),minutes:oT(e.minutes),components:oO(e.components),exercises:o,manualPoints:oA(e.written).reduce((e,{points:t})=>e+oT(t),0)}}function oP(e){try{return JSON.parse(e)}catch{return}}function oN({folder:e,actions:t,current:o}){let{course:r,progress:n,bookmarks:s,problem:a}=e,i=eL(r,n,s),c=eW([...i.values()]),l=eH("a.course-home-link",{href:"#","data-key":"home"},"Home"),d=e=>{let r=i.get(e.id);return eH("li",{class:e.id===o?"course-current":void 0},eK(r),eY(e,t,e.id===o),function({passed:e,exercises:t},o){return 0===t?eH("span.course-points"):0===e?eH("span.course-points",{},eB(t,"exercise")):eH("span.course-points",{},eJ(e,t,`Exercises passed in ${o.title}`),`${e} of ${eB(t,"exercise")}`)}(r,e))},u=oE(r).flatMap(({title:e,lessons:t})=>[...void 0===e?[]:[eH("h2",{},e)],eH("ol",{},...t.map(d))]),p=`${c.passed} of ${eB(c.exercises,"exercise")} passed`;return[eH("div.course-lessons-head",{},eU(l,()=>t.openHome()),eH("p.course-so-far",{},eJ(c.passed,c.exercises,"Exercises passed"),p)),...a?[eH("p.course-trouble",{},a)]:[],eH("nav",{"aria-label":"Lessons"},...u)]}function oq(e,t,o){let r=`${eV(e)} ${e.title}`.trim();if(!o.isThere(e))return eH("span");let n={href:o.addressOf(`${e.id}.ipynb`),"data-key":t,title:`${t}: ${r}`},s=eH("span.course-title",{},r);return eU(eH(`a.course-${"Next"===t?"next":"previous"}`,n,eF(`${t}: `),s),()=>o.openLesson(e))}let oz=new WeakSet;function oL(e,t,o){let r=t.content.widgets.find(({model:e})=>"lesson-end"===e.id);!r||oz.has(r)||(oz.add(r),r.ready.then(()=>{if(r.isDisposed)return;let t=new e0(e,"course-ending",e=>(function(e,{folder:t,actions:o}){let r=ez(e,t.progress,t.bookmarks);if(0===r.exercises)return[];if("done"!==r.state){var n,s,a;return[eH("p",{},"Still open: ",...(n=e.exercises.filter(({name:e})=>!t.progress[e]?.passed),s=e,a=o,n.flatMap(({name:e,gradeId:t},o)=>{let r=eH("a.course-link",{href:a.addressOf(`${s.id}.ipynb`),"data-key":t},e),i=o<n.length-1?", ":".";return[eU(r,()=>a.openLesson(s,t)),i]})))]}let i=1===r.exercises?"the exercise":`all ${r.exercises} exercises`;return[eH("p.course-praise",{},`You passed ${i} of ${e.title}: ${eD(r.earned)} of ${eB(r.points,"point")}. Well done!`)]})(o,e));t.node.dataset.lmSuppressShortcuts="true",r.node.setAttribute("data-course-end",""),r.layout.insertWidget(0,t)}))}let oW=({tracker:e},t)=>e.currentWidget===t&&t.isVisible,oD="";function oB(e){let{course:t,progress:o,bookmarks:r,problem:n}=e.folder,s=eL(t,o,r),a=eW([...s.values()]);return[eH("div.course-page",{},eH("div.course-opening",{},eH("div",{},eH("h1",{},t.title),function({folder:{course:e}},t){let o=Math.round(e.lessons.map(({minutes:e})=>e).reduce((e,t)=>e+t,0)/60),r=eH("p.course-facts",{},[eB(e.lessons.length,"lesson"),eB(t.exercises,"exercise"),`about ${eB(o,"hour")}`].join(" \xb7 "));if("new"===t.state)return eH("div",{},""===e.about?void 0:eH("p.course-about",{},e.about),r);let n=`${t.passed} of ${eB(t.exercises,"exercise")} passed, ${eD(t.earned)} of ${eB(t.points,"point")} by checks`;return eH("div",{},r,eH("p.course-so-far",{},eJ(t.passed,t.exercises,"Exercises passed"),n))}(e,a),...n?[eH("p.course-trouble",{role:"alert"},n)]:[],function({folder:e,actions:t},o){let{course:r,progress:n,bookmarks:s}=e,a=function({lessons:e},t,o,r){let n=(e,r)=>ez(e,t,o).state===r,s=e=>r(e)&&!n(e,"done");if(e.every(e=>n(e,"new"))){let t=e.find(r);return t&&{verb:"Start",lesson:t}}let a=function(e,t,o){let r=e.find(({id:e})=>e===o.last);if(r)return r;let n=({exercises:e})=>e.map(({name:e})=>t[e]?.at??"").reduce((e,t)=>e>t?e:t,""),[s]=[...e].sort((e,t)=>n(e)<n(t)?1:-1);return s&&""!==n(s)?s:void 0}(e,t,o);if(a&&s(a))return{verb:"Go on with the last lesson you opened",lesson:a};let i=[...e.slice(e.indexOf(a)+1),...e].find(s);return i&&{verb:"Go on with the next lesson",lesson:i}}(r,n,s,e=>t.isThere(e)),i="done"===o.state?eH("p.course-praise",{},"You have passed every exercise of the course. Well done!"):void 0;if(!a)return eH("div.course-way",{},i);let{verb:c,lesson:l}=a,d=`${eV(l)} ${l.title}`.trim(),u=eH("a.course-go",{href:t.addressOf(`${l.id}.ipynb`),"data-key":"go"},eH("span.course-verb",{},c),eH("span.course-goal",{},d));return eH("div.course-way",{},i,eU(u,()=>t.openLesson(l)),eH("p.course-question",{},l.question))}(e,a)),function(e,t){let{course:o}=e.folder,{componentMap:r,components:n}=o;if(!r)return;let s=n.map((n,s)=>{let a,i,c=o.lessons.filter(e=>e.components.includes(n)),l=c.map(o=>{let r=eY(o,e.actions);return r.dataset.key&&(r.dataset.key=`${n} ${o.id}`),eH("li",{},eK(t.get(o.id))," ",r)}),d=eH("span.course-count",{},(a=c.filter(({id:e})=>"done"===t.get(e).state).length,i=eB(c.length,"lesson"),0===a?i:`${a} of ${i} done`)),u=eH("details",{...{name:"component","data-part":n,"data-color":String(s)},open:n===oD?"":void 0},eH("summary",{"data-key":`component ${n}`},n," ",d),eH("p",{},r.about[n]??""),eH("ul",{},...l));return u.addEventListener("toggle",()=>{u.open?oD=n:oD===n&&(oD="")}),u}),a=eH("section.course-components",{"aria-labelledby":"course-components"},eH("h2",{id:"course-components"},r.title),eH("p.course-map-hint",{},oC.tF),(0,oC.Uo)((0,oC._H)(r,n)),eH("div",{},...s));return(0,oC.Qw)(a),a}(e,s)),function(e,t){let{components:o,lessons:r}=e.folder.course,n=r.some(({id:t})=>e.folder.slides.includes(`${t}.html`)),s=(e,t)=>eH("th",{scope:"col",class:t},e),a=[eH("th",{scope:"col"},eF("State")),s("Lesson"),...o.map((e,t)=>{let o=eH("i.course-dot",{"data-color":String(t),"aria-hidden":"true"});return eH("th.course-component",{scope:"col",title:e},eH("span",{},e),o)}),s("Time","course-narrow"),s("Points","course-narrow"),...n?[s("Slides","course-narrow")]:[]],i=oE(e.folder.course).map(o=>eH("tbody",{},void 0===o.title?void 0:oH(o.title,a.length),...o.lessons.map(o=>(function(e,t,o,r){var n;let s,a,{folder:i,actions:c,current:l}=t,d=eH("th",{scope:"row"},eY(e,c,e.id===l),eH("span.course-question",{},e.question));return eH("tr",{"data-state":o.state},eH("td.course-state",{},eK(o)),d,...i.course.components.map((t,r)=>(function(e,t,o,r){let{state:n}=r;if(!e.components.includes(t))return eH("td.course-component");let s={"data-state":n,"data-color":String(o),style:eG(r),"aria-hidden":"true"},a=`${t}: ${e_[n]}`;return eH("td.course-component",{title:a},eH("span.course-dot",s),eF(a))})(e,t,r,o)),eH("td.course-narrow",{},(s=Math.floor((n=e.minutes)/60),a=Math.round(n%60),0===s?`${a} min`:0===a?`${s} h`:`${s} h ${a} min`)),eH("td.course-narrow",{},function(e,t){if(0===e.points){let e=eB(t.manualPoints,"point");return eH("span.course-points",{},t.manualPoints>0?`${e} by your instructor`:"")}let{earned:o,points:r}=e,n=`${eD(o)} of ${eB(r,"point")}`;return eH("span.course-points",{},eJ(o,r,`Points in ${t.title}`),n)}(o,e),oF(e,o)),...r?[eH("td.course-narrow",{},function({id:e,title:t},{folder:o,actions:r}){let n=`${e}.html`;if(o.slides.includes(n))return eH("a",{href:r.addressOf(`slides/${n}`),target:"_blank"},"slides",eF(` of ${t}`))}(e,t))]:[])})(o,e,t.get(o.id),n))));return eH("table.course-map",{},eH("caption",{},"The course, and which part of a model each lesson builds"),eH("thead",{},eH("tr",{},...a)),...i)}(e,s),function({folder:e,actions:t}){let o={path:"helpers.md",title:"Helpers: everything that course offers, on one page",staff:!1},r=[...e.files.includes(o.path)?[o]:[],...e.course.pages],n=({path:e,title:o})=>{let r=eH("a.course-link",{href:t.addressOf(e),"data-key":e},o);return eH("li",{},eU(r,()=>t.openPage(e)))},s=(e,t)=>{let o=r.filter(e=>e.staff===t).map(n);return 0===o.length?[]:[eH("h2",{},e),eH("ul",{},...o)]};return eH("nav.course-pages",{"aria-label":"To read"},...s("To read",!1),...s("For instructors and authors",!0))}(e))]}let oH=(e,t)=>eH("tr.course-part",{},eH("th",{scope:"rowgroup",colspan:String(t)},e)),oF=(e,{points:t})=>t>0&&e.manualPoints>0?eH("span.course-by-hand",{},`and ${eD(e.manualPoints)} by your instructor`):void 0,oU="course:places",o_="course.json",oV="progress.json",oG=(e,t)=>""===e?t:`${e}/${t}`;class oK{contents;state;changed=new e$.Signal(this);folder;#e="";#g={cells:{}};constructor(e,t){this.contents=e,this.state=t}async find(e){if(this.folder)return!0;let t=await this.#w(e);if(!t?.includes(o_))return!1;let o=function(e){let t=oP(e);if(!oS(t))return;let o=oA(t.lessons).map(oI).filter(({id:e})=>/^[\w-]+$/.test(e));if(0===o.length)return;let r=oA(t.pages).map(({path:e,title:t,staff:o})=>({path:oR(e),title:oR(t),staff:!0===o})),n=oO(t.components),s=oA(t.parts).map(({title:e,from:t})=>({title:oR(e),from:oR(t)})).filter(({title:e,from:t})=>e&&t);return{title:oR(t.course)||"The course",about:oR(t.about),components:n,parts:s,lessons:o,pages:r,componentMap:(0,oC.s)(t.componentMap)}}(await this.#b(oG(e,o_))??"");return!!o&&(this.#g=function(e){let{last:t,cells:o}=e??{};return{last:"string"==typeof t?t:void 0,cells:Object.fromEntries(("object"==typeof o&&null!==o?Object.entries(o):[]).filter(e=>"string"==typeof e[1]))}}(await this.state?.fetch(oU)),this.folder={path:e,course:o,bookmarks:this.#g,...{progress:oM,problem:void 0,files:t,slides:[]}},await this.refresh(),!0)}async refresh(){if(!this.folder)return;let{path:e,course:t}=this.folder,o=await this.#w(e);if(!o)return;let r=o.includes("slides")?await this.#w(oG(e,"slides")):[],n=o.includes(oV)?await this.#b(oG(e,oV)):void 0,s=o.includes(oV)?function(e){let t=oP(e);if(!oS(t)||!oS(t.exercises))return;let o=Object.create(null);for(let[e,r]of Object.entries(t.exercises)){if(!oS(r))continue;let t=oT(r.of),n=t>0?Math.min(1,oT(r.earned)/t):0;o[e]={share:n,passed:!0===r.passed,at:oR(r.at)}}return o}(n??""):oM;this.folder={path:e,course:t,bookmarks:this.#g,progress:s??oM,problem:s?void 0:"progress.json can't be read, so nothing counts as done here. The next check keeps it under another name and starts counting again.",files:o,slides:r??[]},this.#x()}async saveBookmark(e,t){if(!this.folder)return;let{last:o,cells:r}=this.#g,n=t??r[e];if(o===e&&r[e]===n)return;let s=void 0===n?r:{...r,[e]:n};this.#g={last:e,cells:s},this.folder={...this.folder,bookmarks:this.#g},this.#x(),await this.state?.save(oU,this.#g)}pathOf(e){return oG(this.folder?.path??"",e)}isThere({id:e}){return this.folder?.files.includes(`${e}.ipynb`)??!1}#x(){let e=JSON.stringify(this.folder);e!==this.#e&&(this.#e=e,this.changed.emit())}async #w(e){try{let{content:t}=await this.contents.get(e,{content:!0});return Array.isArray(t)?t.map(({name:e})=>e):void 0}catch{return}}async #b(e){try{let{content:t}=await this.contents.get(e,{type:"file",format:"text",content:!0});return"string"==typeof t?t:void 0}catch{return}}}let oY=`
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
`,oJ="(max-width: 700px)",oX=(e,t)=>new ok.LabIcon({name:`course:${e}`,svgstr:`<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="${t}"/></svg>`}),oQ=oX("home","M12 3 2 12h3v8h6v-6h2v6h6v-8h3z"),oZ=oX("lessons","M12 5C10 3.7 7 3.2 3 3.5V19c4-.3 7 .2 9 1.5 2-1.3 5-1.8 9-1.5V3.5c-4-.3-7 .2-9 1.5zm-1 12.3c-1.6-.6-3.6-.9-6-.9V5.4c2.6 0 4.6.4 6 1.2zm8-.9c-2.4 0-4.4.3-6 .9V6.6c1.4-.8 3.4-1.200 6-1.2z"),o0={id:"foundation-models-lab:home",description:"The course's home page, its side panel of lessons, and the way between them",autoStart:!0,requires:[n.INotebookTracker],optional:[ov.ILabShell,ov.ILayoutRestorer,ea.ICommandPalette,oy.IStateDB],activate:(e,t,o,r,s,a)=>{let i,c;eg("course-home-style",oC.zI+oY);let l=new oK(e.serviceManager.contents,a),d=new eQ(e,l,t),u=l.find(""),p=eP.PageConfig.getOption("treePath")||new URLSearchParams(location.search).get("path")||void 0;if(!function({app:e,store:t}){let o=new oj.Debouncer(()=>t.refresh(),200),r=()=>void o.invoke();n.NotebookActions.executed.connect(r),e.serviceManager.contents.fileChanged.connect(r),document.addEventListener("visibilitychange",()=>{"visible"===document.visibilityState&&r()})}(d),i=new WeakSet,c=e=>void async function(e,t,o){await t.context.ready;let{path:r}=t.context;await e.store.find(r.includes("/")?r.slice(0,r.lastIndexOf("/")):"");let n=e.lessonOf(t);if(!n||t.isDisposed)return;t.contentHeader.addWidget(new e0(e,"course-row",e=>(function(e,{folder:t,actions:o}){let{previous:r,next:n}=function({lessons:e},{id:t}){let o=e.findIndex(e=>e.id===t);return{previous:e[o-1],next:e[o+1]}}(t.course,e),s=ez(e,t.progress,t.bookmarks),a=eH("a.course-home-link",{href:"#","data-key":"home"},"Home"),i=`${s.passed} of ${eB(s.exercises,"exercise")}`;return[r?oq(r,"Previous",o):eH("span"),eH("span.course-middle",{},eU(a,()=>o.openHome()),...s.exercises>0?[eJ(s.passed,s.exercises,"Exercises passed"),i]:[]),n?oq(n,"Next",o):eH("span")]})(n,e))),e.changed.emit(),oL(e,t,n),t.content.model?.cells.changed.connect(()=>oL(e,t,n));let s=e.store.folder?.bookmarks.cells[n.id];void 0!==s&&await eZ(t,s),o.add(t),oW(e,t)&&await e.store.saveBookmark(n.id)}(d,e,i),d.tracker.forEach(c),d.tracker.widgetAdded.connect((e,t)=>c(t)),function(e,t){let{store:o,tracker:r}=e,n=new oj.Debouncer(()=>{let n=r.currentWidget,s=n&&t.has(n)&&oW(e,n)?e.lessonOf(n):void 0;if(!n||!s)return;let{activeCellIndex:a,activeCell:i}=n.content;o.saveBookmark(s.id,a>0?i?.model.id:void 0)},500);r.activeCellChanged.connect(()=>void n.invoke()),r.currentChanged.connect(()=>void n.invoke())}(d,i),function(e,t,o,r){let{commands:n}=e.app,s=new ea.WidgetTracker({namespace:"course-home"});n.addCommand(eX,{label:"Home",caption:"The map of the course, with your progress",execute:async({behind:o})=>{var r,n;let a;if(!t)return void window.open(eP.PageConfig.getUrl({treePath:e.store.pathOf("README.md")}));let i=s.currentWidget??(r=e,n=t,(a=new e0(r,"course-home",oB)).id="course-home",a.title.label="Home",a.title.icon=oQ,a.title.closable=!0,a.node.tabIndex=0,n.add(a,"main",{mode:"tab-before",activate:!1}),a);s.has(i)||await s.add(i),!0!==o&&t.activateById(i.id)}});let[a,i]=["course:next-lesson","course:previous-lesson"];for(let t of(n.addCommand(a,{label:"Next Lesson",execute:()=>o2(e,1)}),n.addCommand(i,{label:"Previous Lesson",execute:()=>o2(e,-1)}),[eX,a,i]))o?.addItem({command:t,category:"Course"});t&&r?.restore(s,{command:eX,args:()=>({behind:!0}),name:()=>"home"})}(d,o,s,r),!o)return;let h=new e0(d,"course-lessons",oN);h.id="course-lessons",h.title.icon=oZ,h.title.caption="Lessons",h.node.tabIndex=-1,o.add(h,"left",{rank:50}),r?.add(h,h.id),e.restored.then(async()=>{void 0!==p&&await async function({commands:e},t,o,r){if(!r.endsWith(".ipynb"))return;let n=[...t.widgets("main")].filter(e=>{let{context:t}=e;return t?.path===r&&!o.find(t=>t===e)});if(0!==n.length){for(let e of n)e.close();await e.execute("docmanager:open",{path:r,factory:"Notebook"})}}(e,o,t,p),await u?await async function(e,t,o,r){let{folder:n}=e.store;if(!n)return;let s=void 0===n.bookmarks.last;if(await e.app.commands.execute(eX,{behind:!0}),s&&!matchMedia(oJ).matches&&t.activateById(o.id),r)return;let a=n.course.lessons.find(({id:e})=>e===n.bookmarks.last);a&&e.store.isThere(a)?await e.open(a):t.activateById("course-home")}(d,o,h,void 0!==p):h.dispose(),function(e,t){let o=matchMedia(oJ),r={left:!1,right:!1},n=()=>{o.matches&&(e.leftCollapsed||e.collapseLeft(),e.rightCollapsed||e.collapseRight())},s=()=>{var t,s;let a;o.matches?r={left:!e.leftCollapsed,right:!e.rightCollapsed}:(r.left&&e.expandLeft(),r.right&&e.expandRight()),n(),t=e,s=o.matches,(a=[...t.widgets("bottom")].find(({id:e})=>"jp-main-statusbar"===e))&&(s?!a.isHidden:o1)&&(o1=s,a.setHidden(s))};s(),o.addEventListener("change",s),t.currentChanged.connect(n);let a=!1;for(let e of["pointerdown","keydown"])document.addEventListener(e,()=>a=!0,{capture:!0,once:!0});e.layoutModified.connect(()=>{a||n()})}(o,t)})}},o1=!1;async function o2(e,t){let o=e.state(),r=o?.folder.course.lessons??[],n=r[r.findIndex(({id:e})=>e===o?.current)+t];o?.current!==void 0&&n&&await e.open(n)}let o6=`
.course-hover { max-width: 44em; padding: 0.4em 0.7em; font-family: var(--jp-ui-font-family);
  font-size: var(--jp-ui-font-size1); color: var(--jp-ui-font-color1);
  background: var(--jp-layout-color1); }
.course-hover code { display: block; white-space: pre-wrap; font-family: var(--jp-code-font-family);
  font-size: var(--jp-code-font-size); }
.course-hover p { margin: 0.3em 0 0; }
`,o4={id:"foundation-models-lab:hover",description:"Shows the signature of a name under the mouse",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{eg("course-hover-style",o6),U(t,(e,t)=>{if(!q(e))return;let o=(e,o)=>(async function(e,t,o){let r=t.state.doc.lineAt(o),n=function(e,t){let o=t,r=t;for(;o>0&&M.test(e[o-1]);)o--;for(;r<e.length&&M.test(e[r]);)r++;return o<r&&!/^\d/.test(e[o])?[o,r]:void 0}(r.text,o-r.from);if(!n)return null;let[s,a]=[r.from+n[0],r.from+n[1]],i=await async function(e,t,o){let r=e.sessionContext.session?.kernel;if(r?.status!=="idle")return"";let n=[...t.slice(0,o)].length,{content:s}=await r.requestInspect({code:t,cursor_pos:n,detail_level:0}),a="ok"===s.status&&s.found?s.data["text/plain"]:"";return"string"==typeof a?a:""}(e,t.state.doc.toString(),s);return""===i?null:{pos:s,end:a,above:!0,create:()=>({dom:function(e){let{signature:t,sentence:o}=function(e){let[t="",...o]=e.split("\n\n"),r=o.join("\n\n").replace(/^@[^]*|\n@[^]*/,"").split(/\n\s*\n/)[0].replace(/\s+/g," ").trim(),n=/^.*?[.!?](?=\s+\p{Lu}|$)/u.exec(r)?.[0]??r;return{signature:t.slice(0,600),sentence:n.slice(0,600)}}(e),r=document.createElement("div");r.className="course-hover";let n=document.createElement("code");if(n.textContent=t,r.append(n),""===o)return r;let s=document.createElement("p");return s.textContent=o,r.append(s),r}(i)})}})(t,e,o).catch(()=>null);e.ready.then(()=>{let t=(0,el.hoverTooltip)(o,{hoverTime:350,hideOnChange:!0});N(e)?.dispatch({effects:ec.StateEffect.appendConfig.of(t)})})})}},o3=({model:e})=>e.outputs.toJSON().filter(({metadata:e,data:t})=>tF(e)&&!("text/markdown"in t)),o5=`
.course-lesson .jp-OutputArea-child:has(+ .jp-OutputArea-child) > .course-unwritten > .jp-RenderedText pre::after {
  content: " The figure below was drawn beforehand."; }
`;var o8=o(320);let o7="[data-course-task]",o9="[data-course-check]",re="[data-course-question]",rt="[data-course-written]",ro=`:is(${o7}, ${re}, ${rt}) .jp-RenderedMarkdown`,rr="[data-course-guess][data-course-fold]:not(:has(.course-guess)) .jp-Placeholder-content",rn="[data-course-guess] .jp-OutputArea-output.course-figure:has(.course-guess)",rs=`${o7} + .jp-CodeCell:not(:has(.jp-OutputArea-child))`,ra=`box-sizing: border-box; border: 1px solid var(--course-card-edge); border-radius: 6px;
  background: color-mix(in srgb, var(--jp-brand-color1) var(--course-card-tint), transparent);`,ri="color-mix(in srgb, var(--course-card-edge) 45%, transparent)",rc=`
.course-lesson { --course-card-pad: 15px; --course-card-left: var(--course-start);
  /* a folded line begins where its bar does */
  --course-fold-start: calc(var(--course-start) + var(--jp-cell-collapser-width));
  --course-card-measure: calc(var(--course-measure) - var(--course-start) - var(--course-card-pad) - 1px); }
.course-lesson ${ro} { ${ra} margin-left: var(--course-card-left);
  padding: 10px var(--course-card-pad); max-width: none; }
.course-lesson ${ro} > * { box-sizing: border-box; max-width: var(--course-card-measure); }
.course-lesson ${ro} > :is(mjx-container, pre, table, details) { max-width: 100%; }
.course-lesson ${ro} > mjx-container[display="true"] { min-width: 0; }
.course-lesson ${o7} .jp-RenderedMarkdown > details { display: inline-block; vertical-align: top;
  margin-right: 6px; }
.course-lesson ${o7} .jp-RenderedMarkdown > details[open] { display: block; margin-right: 0; }
.course-lesson ${o7} details[open] > :is(p, ul, ol) { max-width: var(--course-card-measure); }
.course-lesson ${o7} .jp-RenderedMarkdown > details > summary {
  padding: 2px 8px 2px 6px; margin: 4px 0; }
.course-lesson ${ro} > :last-child { margin-bottom: 0; }
.course-lesson ${ro} > :is(h2, h3) { font-size: 1.08em; }
.course-lesson ${ro} > :is(h2, h3):first-child { margin-top: 4px; }
.course-lesson ${ro} > :is(h2, h3):first-child + p {
  font-size: 14px; margin-top: 0; color: var(--jp-content-font-color1); }

.course-lesson :is(${o7}, ${re}) { padding-bottom: 0; }
.course-lesson :is(${o7}, ${re}) .jp-RenderedMarkdown { border-bottom: 0; border-radius: 6px 6px 0 0; }
.course-lesson ${o7} + .jp-CodeCell, .course-lesson ${rt}.jp-MarkdownCell { padding-top: 0; }
.course-lesson ${o7} + .jp-CodeCell .jp-InputArea-editor { margin-left: var(--course-card-left);
  border-color: ${ri} var(--course-card-edge) var(--course-card-edge); border-radius: 0 0 6px 6px; }
.course-lesson ${rs}:has(+ ${o9}) { padding-bottom: 0; }
.course-lesson ${rs}:has(+ ${o9}) .jp-InputArea-editor { border-bottom: 0; border-radius: 0; }
.course-lesson ${rs} + ${o9} { padding-top: 0; }
.course-lesson ${rs} + ${o9} .jp-InputArea-editor { margin-left: var(--course-card-left);
  border-color: ${ri} var(--course-card-edge) var(--course-card-edge); border-radius: 0 0 6px 6px; }
.course-lesson ${rt} .jp-RenderedMarkdown { min-height: 96px; cursor: text;
  border-top-color: ${ri}; border-radius: 0 0 6px 6px; background: var(--jp-layout-color0); }
.course-lesson ${rt} .jp-RenderedMarkdown:hover { background: var(--jp-layout-color1); }
.course-lesson [data-course-unwritten] .jp-RenderedMarkdown { color: var(--course-quiet); }

.course-lesson .jp-CodeCell[data-course-guess][data-course-fold]:not(:has(.course-guess)) .jp-InputPlaceholder {
  max-width: none; }
.course-lesson ${rr} { ${ra} flex: 1 1 0; min-width: 0; margin-left: var(--course-fold-start);
  padding: 10px var(--course-card-pad) 52px; }
.course-lesson ${rr} .jp-PlaceholderText::before { content: none; }
.course-lesson ${rr} .jp-PlaceholderText { max-width: var(--course-card-measure); color: var(--jp-content-font-color1); font-weight: 600; }
.course-lesson ${rn} { ${ra} padding: 10px var(--course-card-pad); max-width: calc(100% - var(--course-start)) !important; }
.course-lesson ${rn} > * { max-width: var(--course-card-measure); margin-inline: 0; }
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
`,rl=/^\*[^*\n]+\*$/,rd=`
@media (hover: hover) {
  .course-lesson .jp-Cell:not(:hover) .jp-cell-toolbar:not(:focus-within) { opacity: 0; }
}`,ru=`
[data-jp-theme-light="true"] .jp-LabShell { background: var(--jp-layout-color2); }
[data-jp-theme-light="true"] .course-lesson {
  --course-control: #767676; --course-card-edge: #5b8fc7; --course-card-tint: 6%; --course-chip: 9%;
  --jp-content-link-color: #0b5cad; --course-quiet: #616161;
  --jp-mirror-editor-comment-color: #357070; --jp-mirror-editor-bracket-color: #6b6b4d;
  --jp-mirror-editor-atom-color: #5252d4; --jp-mirror-editor-number-color: #007000;
  --jp-mirror-editor-operator-color: #5f6368; --jp-mirror-editor-def-color: #1a3fae; }`,rp=`
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
  --course-control: #8a9299; --course-card-edge: #4f7cab; --course-card-tint: 6%; --course-chip: 18%;
  --jp-content-link-color: #82b7ff; --course-quiet: #a0a0a0;
  --jp-content-font-color1: #dfe4e8; --jp-cell-editor-border-color: #333c44;
  --jp-cell-editor-active-border-color: #4f7cab; --jp-cell-prompt-not-active-opacity: 1;
  --jp-mirror-editor-def-color: #82b7ff; --jp-mirror-editor-property-color: #a9c7ec;
  --jp-mirror-editor-variable-2-color: #a9c7ec; --jp-mirror-editor-operator-color: #a7b0b8;
  --jp-mirror-editor-string-color: #d9a08c; --jp-mirror-editor-comment-color: #8fb3b3; }
[data-jp-theme-light="false"] .course-lesson .cm-editor .cm-gutters { color: var(--course-quiet); }
[data-jp-theme-light="false"] .course-lesson .jp-collapseHeadingButton { filter: brightness(1.7); }`,rh=`
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
${rd}
${ru}
${rp}
`,rf="data:image/svg+xml;base64,",rm=/[\u0370-\u03ff]/,rg=new Map;function rw(e){let t=rg.get(e)??async function(e){let t=await fetch(e);if(!t.ok)throw Error(`${e}: ${t.status} ${t.statusText}`);let o=await t.blob();return new Promise((t,r)=>{let n=new FileReader;n.onload=()=>t(n.result),n.onerror=()=>r(n.error??Error(e)),n.readAsDataURL(o)})}(e);return rg.set(e,t),t.catch(()=>rg.delete(e)),t}let rb=`[${H}]`,rx=e=>{let t=Array.from({length:8},(t,o)=>e+` + ${rb}`.repeat(o+1));return`:is(${t.join(", ")})`},rv="data-course-answer-more",ry=".jp-Cell:has(.jp-OutputArea-child .course-guess[data-open])",rk="[data-course-guess]:not(:has(.jp-OutputArea-child .course-guess))",rj=`:is(${rx(ry)}, ${rx(rk)}).jp-CodeCell`,rC=`${rx(ry)}.jp-MarkdownCell`,r$=`:not(.jp-mod-active, ${rb}.jp-mod-active ~ [${rv}])`,rM=`${rx(rk)}.jp-MarkdownCell${r$}`,rS=`
.course-lesson { --course-column: 864px; --course-measure: 674px; --course-start: 6px; --course-prompt: 64px;
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
.course-lesson .jp-OutputArea-output.course-figure { overflow: visible; }
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
${rj} .jp-OutputArea-output:not(.jp-RenderedText) > * {
  visibility: hidden; height: 0; min-height: 0; overflow: hidden; margin-block: 0; }
${rj} .jp-OutputArea-output:not(.jp-RenderedText)::after {
  content: "Shows after your guess above."; display: block; text-align: center; font-style: italic;
  color: var(--course-quiet); }
:is(${rC}, ${rM}) .jp-RenderedMarkdown > :not(h1, h2, h3) { display: none; }
:is(${rC}, ${rM}) .jp-RenderedMarkdown::before {
  content: "The answer follows your guess above."; display: block; font-style: italic; color: var(--course-quiet); }
${rM} .jp-RenderedMarkdown::before {
  content: "The answer to the question above. Guess first, or click here to read it."; }
:is(${rC}, ${rM})[${rv}] .jp-RenderedMarkdown::before { display: none; }
@media (max-width: 700px) {
  .course-lesson { --course-prompt: 12px; --jp-notebook-padding: 4px; }
  .course-lesson .jp-InputPrompt, .course-lesson .jp-OutputPrompt { display: none; }
  .course-lesson .jp-OutputArea-child { padding-left: 0; }
  .Toastify__toast-container { width: auto; left: auto; right: 0; max-width: 280px; font-size: 12px; }
}
`,rA="course-joined",rR=/^[\u00a0.,;:!?)\]’”][^ \n]*/,rT=/[^ \n]*[\u00a0([‘“]$/;function rO(e){let{previousSibling:t,nextSibling:o,parentElement:r}=e;if(e.hasAttribute("display")||r?.className===rA)return;let n=o instanceof Text&&rR.exec(o.data)?.[0],s=t instanceof Text&&rT.exec(t.data)?.[0];if(!n&&!s)return;let a=document.createElement("span");a.className=rA,e.replaceWith(a),a.append(s||"",e,n||""),s&&t.deleteData(t.length-s.length,s.length),n&&o.deleteData(0,n.length)}function rE(e){let t=document.createTreeWalker(e,NodeFilter.SHOW_TEXT);for(;t.nextNode();){let e=t.currentNode,o=(0,em.ot)(e.data);o===e.data||e.parentElement?.closest("pre, code")||(e.data=o)}}let rI=".jp-RenderedHTML > figure",rP={id:"foundation-models-lab:layout",description:"Lays out the course's notebooks for reading",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{eg("course-layout-style",rh+rS+tH+rc);let o=e=>void e.context.ready.then(()=>{let t,o;return!e.isDisposed&&(t=!1,o=()=>{t||(t=!0,queueMicrotask(()=>{t=!1,e.isDisposed||function({content:e}){let t=e.widgets.map(e=>({isCode:q(e),source:e.model.sharedModel.getSource()})),o=(0,tB.TK)(t),r=(0,tB.rW)(t,o);e.widgets.forEach(({node:e},n)=>{let{isCode:s,source:a}=t[n];e.toggleAttribute("data-course-guess",s&&(0,tB.zy)(a)),e.toggleAttribute(H,void 0!==o[n]),e.toggleAttribute(rv,r.has(n))})}(e)}))},void(e.content.modelContentChanged.connect(o),o()))});t.widgetAdded.connect((e,t)=>o(t)),t.forEach(o);let r=new WeakSet;U(t,(e,t)=>{if(r.has(t)||(r.add(t),!function({content:e}){let t=new MutationObserver(e=>{for(let{addedNodes:o}of e)for(let e of o)if(e instanceof HTMLElement){if(e.matches(".jp-RenderedMarkdown, .jp-RenderedMarkdown *")){rE(e);for(let t of e.querySelectorAll("code"))(t.textContent?.length??0)<=28&&!t.closest("pre")&&t.classList.add(rA);for(let t of e.querySelectorAll(`img[src^="${rf}"]`)){let e=Uint8Array.from(atob(t.src.slice(rf.length)),e=>e.charCodeAt(0));(async function(e){let t=[ob(om,await rw(of),ow,"unicode-range: U+0-B1, U+B4-B8, U+BA-2FF, U+2000-206F, U+20AC, U+2122, U+2190-21FF, U+2212, U+25B2-25CF")];return rm.test(e)&&t.push(ob(om,await rw(op),ow,"unicode-range: U+370-3FF")),e.replace(/<svg[^>]*>/,e=>`${e}<style>${t.join(" ")} :not([font-family*="mono"]) { font-family: "Inter", sans-serif; }</style>`)})(new TextDecoder().decode(e)).then(e=>t.src=`data:image/svg+xml,${encodeURIComponent(e)}`,e=>console.warn("A drawing keeps another font.",e))}}var t=e.closest(".jp-RenderedHTML")??e;for(let e of t.querySelectorAll(`${rI} > figcaption > strong:only-child`)){let t=e.parentElement;t.style.fontWeight="600",(0,em.Sd)(t,e.textContent)}for(let e of t.querySelectorAll(`${rI} > table`))rE(e),(0,em.IV)(e.querySelectorAll("td"));(e.matches("mjx-container")?[e]:e.querySelectorAll("mjx-container")).forEach(rO)}});t.observe(e.node,{childList:!0,subtree:!0}),e.disposed.connect(()=>t.disconnect())}(t)),q(e)){let t;t=()=>{let t=void 0!==tU(e);e.node.toggleAttribute("data-course-preview",t),t&&e.node.setAttribute("data-course-previewed","")},e.model.outputs.changed.connect(t),t(),function({model:e,node:t}){let o=()=>{let{executionCount:o,executionState:r}=e;t.toggleAttribute("data-course-unrun",null===o&&"idle"===r)};e.stateChanged.connect(o),o()}(e)}let{role:o}=P(e);"exercise"===o&&function({content:{widgets:e}},t){let o=e[e.indexOf(t)-1];o instanceof o8.MarkdownCell&&(o.node.setAttribute("data-course-task",""),o.showEditorForReadOnly=!1)}(t,e),"check"===o&&e.node.setAttribute("data-course-check",""),"written"===o&&function({content:{widgets:e}},t){t.node.setAttribute("data-course-written","");let o=e[e.indexOf(t)-1];o instanceof o8.MarkdownCell&&o.node.setAttribute("data-course-question",""),function({model:e,node:t}){let o=()=>t.toggleAttribute("data-course-unwritten",rl.test(e.sharedModel.getSource().trim()));e.contentChanged.connect(o),o()}(t)}(t,e)})}},rN=`
.course-colored-name, .course-colored-name * { color: var(--course-letter) !important; }
[data-jp-theme-light="false"] :is(.course-colored-name, .course-colored-name *) {
  color: rgb(from var(--course-letter) calc(1.7 * r) calc(1.7 * g) calc(1.7 * b)) !important; }
`,rq=/^(VariableName|VariableDefinition|PropertyName|PropertyDefinition)$/;function rz(e,t){let o=[];(0,ei.syntaxTree)(e).iterate({enter({type:t,from:r,to:n}){n-r==1&&rq.test(t.name)&&o.push({from:r,to:n,name:e.sliceDoc(r,n)})}});let r=(0,em.cG)(new Set(o.map(({name:e})=>e)),t),n=new ec.RangeSetBuilder;for(let{from:e,to:t,name:s}of o){let o=r.get(s);if(!o)continue;let a={style:`--course-letter: ${o}`};n.add(e,t,el.Decoration.mark({class:"course-colored-name",attributes:a}))}return n.finish()}let rL={id:"foundation-models-lab:letters",description:"Colors letters that have one color all through the course",autoStart:!0,requires:[n.INotebookTracker],optional:[tD.ISettingRegistry],activate:(e,t,o)=>{let r,n,s,a;eg("course-letters-style",rN),ex(o,"colorLetters",(r=new ec.Compartment,n=!0,s=e=>{var t;let o,r=(t=e.content.model?.getMetadata("course"),"object"!=typeof(o=t?.colors)||null===o?{}:Object.fromEntries(Object.entries(o).filter(([e,t])=>/^[a-z]$/.test(e)&&/^#[0-9a-f]{6}$/.test(String(t)))));return n&&Object.keys(r).length>0?el.ViewPlugin.fromClass(class{decorations;constructor({state:e}){this.decorations=rz(e,r)}update({docChanged:e,startState:t,state:o}){(e||(0,ei.syntaxTree)(t)!==(0,ei.syntaxTree)(o))&&(this.decorations=rz(o,r))}},{decorations:({decorations:e})=>e}):[]},a=e=>{for(let t of e.content.widgets){let o=q(t)?N(t):void 0;o&&void 0!==r.get(o.state)&&o.dispatch({effects:r.reconfigure(s(e))})}},U(t,(e,t)=>{q(e)&&e.ready.then(()=>{let o=r.of(s(t));N(e)?.dispatch({effects:ec.StateEffect.appendConfig.of(o)})})}),e=>{e!==n&&(n=e,t.forEach(a))}))}},rW={id:"foundation-models-lab:saves",description:"Saves a notebook once at a time",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{t.widgetAdded.connect((e,{context:t})=>{var o;let r;o=t.save.bind(t),r=Promise.resolve(),t.save=()=>{let e=r.then(o,o);return r=e,e}})}},rD=`
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
`,rB=e=>e.model.sharedModel.getSource().trim();function rH({exercise:e,check:t,checkedSource:o}){if(!e||!t)return;let r=D(t).some(({data:e})=>i.O in e)&&void 0!==o&&o!==rB(e),{dataset:n}=t.outputArea.node;r?n.courseStale="From before your last edit. Run your cell, then the check.":delete n.courseStale}let rF=(e,t)=>t?`You have written ${e}: run this cell again to draw your own figure. The one below was drawn beforehand.`:`You have written ${e}: run this cell again.`,rU={id:"foundation-models-lab:stale",description:"Says which results are from before an edit",autoStart:!0,requires:[n.INotebookTracker],activate:(e,t)=>{eg("course-stale-style",rD);let o=new WeakMap;U(t,(e,t)=>{let{role:r,name:n}=P(e);if(!q(e)||!["exercise","check"].includes(r))return;let s=o.get(t)??new Map;o.set(t,s);let a=s.get(n)??{};s.set(n,a),"check"===r?(a.check=e,e.model.outputs.changed.connect(()=>rH(a))):(a.exercise=e,a.checkedSource??=rB(e),e.model.contentChanged.connect(()=>rH(a)))}),n.NotebookActions.executionScheduled.connect((e,{notebook:r,cell:n})=>{let s=t.find(({content:e})=>e===r),a=s&&o.get(s)?.get(P(n).name);a&&a.exercise&&(n===a.exercise&&(a.ranSource=rB(a.exercise)),n===a.check&&(a.checkedSource=a.ranSource??rB(a.exercise),rH(a)))}),n.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:r})=>{let{role:n,name:s}=P(o);r&&"exercise"===n&&q(o)&&void 0===tu(o)&&function({widgets:e},t){for(let o of e){if(!q(o)||!L(o).some(e=>A(e)===t))continue;let{outputs:e}=o.model,{dataset:r}=o.outputArea.node;if(void 0!==r.courseStale)continue;r.courseStale=rF(t,e.length>1);let n=()=>{delete r.courseStale,e.changed.disconnect(n)};e.changed.connect(n)}}(t,s)})}},r_={id:"foundation-models-lab:theme",description:"Applies a chosen theme at the first click",autoStart:!0,requires:[ea.IThemeManager],activate:({commands:e},t)=>{let o;e.commandExecuted.connect((e,{id:r,args:n,result:s})=>{let{theme:a}=n;"apputils:change-theme"!==r||"string"!=typeof a||(o=a,a!==t.theme&&t.isToggledAdaptiveTheme()&&s.then(async()=>{await async function(e){for(let t=0;t<25;t++)if(await new Promise(e=>setTimeout(e,400)),null===document.getElementById("jupyterlab-splash")&&!e.isToggledAdaptiveTheme())return}(t),o===a&&t.theme!==a&&await t.setTheme(a)}))})}},rV="course-unwritten-line",rG=`
.course-lesson .${rV} { box-sizing: border-box; padding: 6px 12px; font-size: 14px; line-height: 1.5;
  font-family: var(--jp-content-font-family); color: var(--jp-content-font-color1);
  margin: 0 0 0 calc(var(--jp-cell-collapser-width) + var(--course-prompt) + var(--course-card-left));
  border: 1px solid var(--course-card-edge); border-top-color: ${ri}; border-bottom: none;
  background: var(--jp-layout-color0); }
`,rK=[tn,ti,tE,tq,tY,tW,oc,{id:"foundation-models-lab:fonts",description:"Brings the fonts of the course",autoStart:!0,activate:()=>{for(let e of(eg("course-fonts",`
${ob(om,of,ow,"unicode-range: U+0-B1, U+B4-B8, U+BA-2FF, U+2000-206F, U+20AC, U+2122, U+2190-21FF, U+2212, U+25B2-25CF")}
${ob(om,oh,ow,"font-style: italic")}
${ob(om,op,ow,"unicode-range: U+370-3FF")}
${ob(og,od,"font-weight: 400")}
${ob(og,ol,"font-weight: 400","font-style: italic")}
${ob(og,ou,"font-weight: 700")}
body {
  --jp-ui-font-family: "${om}", system-ui, sans-serif;
  --jp-content-font-family: var(--jp-ui-font-family);
  --jp-code-font-family: "${og}", ui-monospace, monospace;
  font-family: var(--jp-ui-font-family); }
.cm-editor, pre, code { font-variant-ligatures: none; } /* => and !== as a reader types them */
`),ox))document.fonts.load(e).catch(t=>console.warn(`The font ${e} could not be loaded.`,t))}},o0,o4,{id:"foundation-models-lab:kept-figures",description:"Keeps figures that were drawn beforehand until a run draws them",autoStart:!0,activate:e=>{eg("course-kept-style",o5);let t=new WeakMap;n.NotebookActions.executionScheduled.connect((e,{cell:o})=>{q(o)&&t.set(o,o3(o))}),n.NotebookActions.executed.connect((e,{notebook:o,cell:r,success:n})=>{if(!n&&q(r)&&(W(r)||e3(o,r))&&!(o3(r).length>0))for(let e of t.get(r)??[])r.model.outputs.add(e)})}},rP,rL,oe,rW,tN,rU,Q,r_,{id:"foundation-models-lab:unwritten",description:"Says below an exercise's cell that ran that it isn't written yet",autoStart:!0,activate:()=>{eg("course-unwritten-style",rG),n.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:r})=>{q(o)&&function({model:e,node:t},o,r){(({node:e})=>e.querySelector(`:scope > .${rV}`))(o)?.remove();let n=r?tu(o):void 0,s=null!==e&&tl(e);void 0!==n&&!s&&t.closest(`.${F}`)&&function(e,t){let o=document.createElement("div");o.className=rV,o.role="status",e.node.querySelector(":scope > .jp-Cell-inputWrapper")?.after(o),o.textContent=`${t} is defined but not written yet: put your code in place of the line that throws, then run the check below.`;let{contentChanged:r}=e.model,n=()=>{o.isConnected&&void 0!==tu(e)||(o.remove(),r.disconnect(n))};r.connect(n)}(o,n)}(t,o,r)})}},t0]}}]);