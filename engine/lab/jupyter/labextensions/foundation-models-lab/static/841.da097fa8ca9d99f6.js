"use strict";(self.rspackChunkfoundation_models_lab=self.rspackChunkfoundation_models_lab||[]).push([[841],{896(e,t,o){let r,n;o.r(t),o.d(t,{default:()=>rA});var s=o(542),a=o(837),i=o(660),c=o(967),l=o(614);let d=e=>`import { ${e} } from "solutions"; // the course's version from here on`;function u(e){if("object"!=typeof e||null===e)return[];let{first:t,last:o,lines:r}=e;return"string"==typeof t&&"string"==typeof o&&Number.isInteger(r)?[{first:t,last:o,lines:r}]:[]}let p=/[.:!?)\]]$/,h='"(?:[^"\\\\\\n]|\\\\.)*"',f=RegExp(`^(?:await )?(?:show|control|live)\\(\\s*(${h}(?:\\s*\\+\\s*${h})*|\`[^\`]*)`,"m"),m=RegExp("^[^$]{16,}?(?=[:;.?](?:\\s|$))"),g=RegExp(`\\bguess\\(\\s*(${h}(?:\\s*\\+\\s*${h})*)\\s*,`),w=e=>e.replace(/"\s*\+\s*"/g,"").slice(1,-1).replace(/\\(.)/g,"$1"),b=String.raw`\((?:[^()]|\([^()]*\))*\)`,x=RegExp(`^(?:export )?(?:(?:async )?function\\*? +([\\w$]+)|const +([\\w$]+)(?:: [^=]+)? = (?:async )?(?:<\\w+>)?(?:${b}|[\\w$]+)(?:: [^=]+)? =>)`,"gm"),v={lines:["line chart","line charts"],bars:["bar chart","bar charts"],points:["scatter plot","scatter plots"],heatmap:["heatmap","heatmaps"],images:["pictures","pictures"],tokens:["pieces of text","pieces of text"],tree:["tree","trees"],table:["table","tables"]},y=/(?<![.\w$])(\w+)\(/g;function k(e){let t=[...e.matchAll(y)].map(([,e])=>e);if(t.includes("control"))return"figure and its inputs";let o=t.filter(e=>Object.hasOwn(v,e)),r=1===new Set(o).size?v[o[0]]:void 0;return void 0===r?"figure":r[+!!(o.length>1||t.includes("panels")||t.includes("slider"))]}let j=/[\w$]/,C=(e,t)=>""!==t&&e.includes(`not written yet: ${t}"`),$=e=>/not written yet: ([\w$]+)/.exec(e)?.[1];function M(e){let t=e.findIndex(({role:e})=>"exercise"===e),o=t<0?e.length:t,r=e[o-1]?.type==="markdown"&&t>=0;return e.slice(0,r?o-1:o)}function S(e,t){return M(t).findIndex(({type:t,source:o})=>"code"===t&&o.split(/[^\w$]+/).includes(e))+1}let A="application/vnd.jupyter.error",T=e=>"string"==typeof e?e:"";function R(e){let t=e.model.getMetadata("course")??{},o=Array.isArray(t.checks)?t.checks.flatMap(u):[];return{role:T(t.role),name:T(t.name),fold:T(t.fold),checks:o,hasPreview:""!==T(t.preview)}}let O=e=>e.editor?.editor,I=e=>"code"===e.model.type,E=e=>L(e).some(({type:e})=>"error"===e),P=e=>L(e).flatMap(({data:e})=>e[A]?.evalue??[]),q=e=>P(e).some(e=>void 0!==$(e)),L=({model:{outputs:e}})=>Array.from({length:e.length},(t,o)=>e.get(o)),N=e=>["exercise","check"].includes(R(e).role),z="data-course-answer",B="course-lesson";function D(e,t){let o=async e=>{if(await e.context.ready,e.isDisposed||!e.content.model?.getMetadata("course"))return;e.addClass(B);let o=new WeakSet,r=()=>{for(let r of e.content.widgets)o.has(r)||(o.add(r),t(r,e))};e.content.model.cells.changed.connect(r),r()};e.widgetAdded.connect((e,t)=>void o(t)),e.forEach(e=>void o(e))}function W({sessionContext:e},t){e.kernelChanged.connect(t),e.statusChanged.connect((e,o)=>{("restarting"===o||"autorestarting"===o)&&t()})}async function H(e,t,o,r=()=>0){let n=new AbortController;for(let t of["wheel","pointerdown","keydown"]){let{signal:o}=n;e.node.addEventListener(t,()=>n.abort(),{signal:o,capture:!0})}await o;let s=Date.now()+1500;for(;!n.signal.aborted&&!e.isDisposed&&Date.now()<s;){let o=t(),n=e.outerNode.getBoundingClientRect(),s=o?.isConnected?function(e,t,o){let r=e.top-12-o-t.top,n=e.bottom+12-t.bottom;return n>0?Math.min(r,n):Math.min(r,0)}(o.getBoundingClientRect(),n,r(o)):0;0!==s&&e.outerNode.scrollBy(0,s),await new Promise(e=>setTimeout(e,100))}n.abort()}let F="notebook:run-cell-and-select-next",U=[F,"notebook:move-cursor-down","notebook:move-cursor-up"];function _({content:e},t,o){e.deselectAll(),e.activeCellIndex=e.widgets.indexOf(t),e.mode=o,e.activate()}function V({widgets:e},t){let o=e[t+1];return e[t]?.model.type==="markdown"&&void 0!==o&&K(o)}let K=e=>"exercise"===R(e).role,G={id:"foundation-models-lab:tasks",description:"Shows texts from their heading on, and what a cell has drawn",autoStart:!0,requires:[s.INotebookTracker],activate:({commands:e},t)=>{s.NotebookActions.executionScheduled.connect((e,{notebook:t,cell:o})=>{if(!I(o))return;let r=new Promise(e=>{let t=(r,n)=>{n.cell===o&&(s.NotebookActions.executed.disconnect(t),e())};s.NotebookActions.executed.connect(t)});!async function(e,t){let o=e.node.querySelector(".jp-Cell-outputWrapper");o&&0!==e.model.outputs.length&&(o.style.minHeight=`${o.getBoundingClientRect().height}px`,await t,await new Promise(e=>setTimeout(e,300)),o.style.minHeight="")}(o,r),N(o)||H(t,()=>(function(e,t){let o=e.widgets.indexOf(t);if(e.activeCellIndex!==o+1||V(e,o+1))return null;let r=t.node.querySelector(".jp-Cell-outputWrapper");if(!r?.querySelector(".jp-OutputArea-output:not(.jp-RenderedText)"))return null;let n=e.outerNode.clientHeight-60;return r.getBoundingClientRect().height<=n?r:null})(t,o),r)}),e.commandExecuted.connect((e,{id:o})=>{let r,n=t.currentWidget?.content;if(!U.includes(o)||!n||(r=n.activeCell,r?.model.type!=="markdown"||H(n,()=>(function({outerNode:e},t){let o=t.node.querySelector(".jp-RenderedMarkdown > :is(h1, h2, h3):first-child");return null!==o&&o.getBoundingClientRect().top<e.getBoundingClientRect().top+12?o:void 0})(n,r),void 0,e=>e.getBoundingClientRect().top-r.node.getBoundingClientRect().top),o!==F))return;let s=n.activeCellIndex,a=n.widgets[s];V(n,s)&&H(n,()=>a?.node)})}};function J(e){if(!(({key:e,ctrlKey:t,metaKey:o,altKey:r})=>(t||o)&&!r&&["z","y"].includes(e.toLowerCase()))(e))return;let{target:t}=e;if(!(t instanceof HTMLInputElement&&"text"===t.type))return e.preventDefault();let o=e=>{e.target!==t?e.preventDefault():e.stopPropagation()};document.addEventListener("beforeinput",o,{capture:!0}),setTimeout(()=>document.removeEventListener("beforeinput",o,{capture:!0}))}function Y(e){if("Escape"!==e.key||e.defaultPrevented)return;let t=e.target.closest(".jp-Notebook"),o=t?.querySelector(".jp-Cell.jp-mod-active");o&&(e.preventDefault(),e.stopPropagation(),o.focus())}function X(e,{commands:t}){e.addEventListener("focusin",({target:e})=>{e.dataset.lmSuppressShortcuts="true"}),e.addEventListener("keydown",e=>{let o="Enter"===e.key?function({shiftKey:e,ctrlKey:t,metaKey:o,altKey:r}){return e?F:t||o?"notebook:run-cell":r?"notebook:run-cell-and-insert-below":void 0}(e):void 0;void 0!==o&&(e.preventDefault(),e.stopPropagation(),e.repeat||t.execute(o))},{capture:!0}),e.addEventListener("keydown",J),e.addEventListener("keydown",Y)}let Q=`
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
/* while hints are left, the next one is what to try first, and the solution is the last resort */
.course-actions .course-next-hint:not([data-course-done]) { font-weight: 600; border-color: var(--jp-brand-color1); }
.course-actions .course-next-hint:not([data-course-done]) ~ .course-put { border-color: transparent; background: transparent;
  color: var(--jp-ui-font-color2); text-decoration: underline; text-decoration-color: var(--jp-border-color1);
  text-underline-offset: 3px; }
.course-actions .course-next-hint:not([data-course-done]) ~ .course-put:hover { color: var(--jp-ui-font-color1); text-decoration-color: currentcolor; }
.course-actions button:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 2px; }
.course-actions [role="status"] { flex-basis: 100%; color: var(--jp-ui-font-color1); }
.course-actions [role="status"]:empty { display: none; }
`;function Z(e){let t=new i.Widget,o=document.createElement("div");return o.role="status",t.addClass("course-actions"),t.node.append(o),X(t.node,e),Object.assign(t,{showStatus:e=>void(o.textContent=e)})}function ee(e,t,o=""){let r=document.createElement("button");return r.type="button",r.textContent=e,""!==o&&(r.title=o),r.addEventListener("click",()=>{"true"!==r.ariaDisabled&&(r.ariaDisabled="true",t().finally(()=>r.removeAttribute("aria-disabled")))}),r}var et=o(2),eo=o(421),er=o(424),en=o(377);let es=`
.course-folded-lines { border: 1px dashed var(--jp-border-color1); border-radius: 3px;
  padding: 0 6px; margin: 0 2px; cursor: pointer; font-family: var(--jp-ui-font-family);
  font-size: 0.92em; color: var(--jp-ui-font-color1); }
[data-jp-theme-light="false"] .course-lesson .course-folded-lines { border-color: var(--course-control); }
.course-folded-lines:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
`;function ea(e,t){let{role:o,name:r,checks:n}=R(e),s="exercise"===o?function(e,t){var o;let r,n,s=e.split("\n"),a=RegExp(`^(?:export )?(?:async )?(?:function\\*?|const) +${t}\\b`),i=s.findIndex(e=>a.test(e))-1,c=s.lastIndexOf("/**",i);if(c<0||" */"!==s[i]||i-c+1<5)return;let l=s.slice(c+1,i);if(!l.every(e=>/^ \*( |$)/.test(e)))return;let d=l.map(e=>e.slice(2).trim()),u=[...d.keys()].find(e=>p.test(d[e])||["","@"].includes(d[e+1]?.[0]??"")||2===e)+1,h=d.slice(u);if(h.length<2)return;let f=e=>s.slice(0,e).reduce((e,t)=>e+t.length+1,0),m=f(c+1+u)+3,g=`${h.length} lines: ${(o=h.filter(e=>""!==e),n=(r=e=>o.filter(t=>t.startsWith(e)).length)("@param"),[o[0].startsWith("@")?"":"details",n>0?`argument${n>1?"s":""}`:"",r("@return")>0?"result":"",r("@throws")>0?"errors":""].filter(e=>""!==e).join(", "))}`;return{from:m,to:f(i),label:g}}(t,r):void 0,a=n.flatMap(e=>{let o=function(e,{first:t,last:o,lines:r}){let n=e.split("\n"),s=n.findIndex((e,s)=>e===t&&n[s+r-1]===o);if(s<0||r<2)return;let a=n.slice(0,s).join("\n").length+ +(s>0),i=n.slice(s,s+r).join("\n").length;return{from:a+Math.max(0,t.search(/\S/)),to:a+i}}(t,e);return o?[{...o,label:`${e.lines} lines check the arguments`}]:[]});return s?[s,...a]:a}let ei=e=>t=>{let{main:o}=t.state.selection,r=[];return(0,eo.foldedRanges)(t.state).between(o.head,o.head,(t,n)=>{o.empty&&({from:t,to:n})[e]===o.head&&r.push(eo.unfoldEffect.of({from:t,to:n}))}),r.length>0&&t.dispatch({effects:r}),r.length>0};function ec(e){let t=O(e);if(!t)return;let o=ea(e,t.state.doc.toString()),r=void 0!==t.state.field(eo.foldState,!1),n=o.map(({from:e,to:t})=>eo.foldEffect.of({from:e,to:t}));r||n.unshift(er.StateEffect.appendConfig.of([(0,eo.codeFolding)({preparePlaceholder:(t,{from:o})=>ea(e,t.doc.toString()).find(e=>e.from===o)?.label??"…",placeholderDOM:(t,o,r)=>{let n,s;return(n=document.createElement("span")).className="course-folded-lines",n.textContent=r,n.role="button",n.tabIndex=0,n.ariaLabel=`${r}, folded`,n.ariaExpanded="false",n.title="Show them",s=t=>{t.preventDefault(),t.stopPropagation(),o(t),e.editor?.focus()},n.addEventListener("click",s),n.addEventListener("focusin",e=>e.stopPropagation()),n.addEventListener("keydown",e=>{e.shiftKey||"Enter"!==e.key&&" "!==e.key||s(e)}),n}}),er.Prec.highest(en.keymap.of([{key:"ArrowRight",run:ei("from")},{key:"ArrowLeft",run:ei("to")}]))])),t.dispatch({effects:n})}var el=o(304);function ed(e,t){if(document.getElementById(e))return;let o=document.createElement("style");o.id=e,o.textContent=t,document.head.append(o)}let eu=()=>"false"===document.body.dataset.jpThemeLight,ep="foundation-models-lab:cells";function eh(e,t,o){let r=e=>o(!1!==e.get(t).composite);e?.load(ep).then(e=>{r(e),e.changed.connect(r)},e=>console.warn("The course's settings could not be read.",e))}let ef="course-new-line",em=`
.${ef} { background: color-mix(in srgb, var(--jp-brand-color1) 22%, transparent) !important; }
@media (prefers-reduced-motion: no-preference) {
  .${ef} { animation: course-new-line 4000ms ease-in both; }
}
@keyframes course-new-line { 70% { background: color-mix(in srgb, var(--jp-brand-color1) 22%, transparent); }
  to { background: transparent; } }
`,eg=er.StateEffect.define(),ew=er.StateField.define({create:()=>en.Decoration.none,update(e,{changes:t,effects:o,state:r}){let n=e.map(t);for(let e of o)e.is(eg)&&(n=function(e,t){if(!t)return en.Decoration.none;let o=e.lineAt(Math.min(t.from,e.length)).number,r=Array.from({length:e.lineAt(Math.min(t.to,e.length)).number-o+1},(t,r)=>e.line(o+r));return en.Decoration.set(r.map(({from:e})=>en.Decoration.line({class:ef}).range(e)))}(r.doc,e.value));return n},provide:e=>en.EditorView.decorations.from(e)});function eb({tracker:e,reportElement:t,name:o,showStatus:r}){let n=e.find(e=>e.node.contains(t)),s=n?.content.widgets??[],a=s.findIndex(e=>e.node.contains(t)),i=s.find(e=>{let{role:t,name:r}=R(e);return"exercise"===t&&r===o});if(n&&i&&I(i))return{panel:n,cell:i,at:a};r(`This notebook has no cell for the exercise ${o}.`)}var ex=o(401);let ev=/^Hint (\d+) of \d+$/,ey=new Map,ek=new ex.Signal({});function ej(e,t,o){eC(e,t)!==o&&(ey.set(e,(ey.get(e)??new Map).set(t,o)),ek.emit(e))}let eC=(e,t)=>ey.get(e)?.get(t)??!1;function e$(e,t,o){let r=(o,r)=>{r===e&&t()};ek.connect(r),o.addEventListener("abort",()=>ek.disconnect(r))}function eM(e){let[,t]=ev.exec(e.querySelector("summary")?.textContent.trim()??"")??[];return void 0===t?void 0:Number(t)}class eS extends i.Panel{registry;name;hints;#e=new Map;#t=new AbortController;constructor(e,t,o){super(),this.registry=e,this.name=t,this.hints=o,this.follow(()=>this.#o())}follow(e){e$(this.name,e,this.#t.signal),e()}next(){let e=this.hints.findIndex((e,t)=>{let o,r;return o=this.name,r=t+1,!ey.get(o)?.has(r)});return e<0?void 0:e+1}async open(e){ej(this.name,e,!0),await this.#r}dispose(){this.#t.abort(),super.dispose()}#r=Promise.resolve();#o(){let e=[...this.hints.keys()].map(e=>e+1).filter(e=>eC(this.name,e));for(let[t,o]of this.#e)e.includes(t)||(o.dispose(),this.#e.delete(t));this.#r=Promise.all(e.map((e,t)=>this.#e.has(e)?void 0:this.#n(e,t)))}async #n(e,t){let o=this.registry.createRenderer("text/markdown");o.addClass("course-check-hint"),o.node.setAttribute("role","status"),this.#e.set(e,o),this.insertWidget(t,o);let r=`**Hint ${e} of ${this.hints.length}.** ${this.hints[e-1]}`;await o.renderModel(new a.MimeModel({data:{"text/markdown":r},trusted:!1}))}}var eA=o(901);function eT(e,t){return e?"done":t?"begun":"new"}let eR=e=>e.reduce((e,t)=>e+t,0);function eO(e,t,o){let{exercises:r}=e,n=r.filter(({name:e})=>t[e]?.passed).length,s=r.some(({name:e})=>void 0!==t[e]);return{state:eT(r.length>0&&n===r.length,s||Object.hasOwn(o.cells,e.id)),passed:n,exercises:r.length,earned:eR(r.map(({name:e,points:o})=>o*(t[e]?.share??0))),points:eR(r.map(({points:e})=>e))}}let eI=({lessons:e},t,o)=>new Map(e.map(e=>[e.id,eO(e,t,o)]));function eE(e){let t=t=>eR(e.map(e=>e[t])),o=e.filter(({exercises:e})=>e>0);return{state:eT(o.length>0&&o.every(({state:e})=>"done"===e),e.some(({state:e})=>"new"!==e)),passed:t("passed"),exercises:t("exercises"),earned:t("earned"),points:t("points")}}let eP=e=>String(Math.round(10*e)/10),eq=(e,t)=>`${eP(e)} ${t}${1===e?"":"s"}`;function eL(e,t={},...o){let[r,...n]=e.split("."),s=document.createElement(r);for(let[e,o]of(n.length>0&&s.classList.add(...n),Object.entries(t)))void 0!==o&&s.setAttribute(e,o);return s.append(...o.filter(e=>void 0!==e)),s}let eN=e=>eL("span.course-spoken",{},e);function ez(e,t){return e.addEventListener("click",e=>{e.ctrlKey||e.metaKey||e.shiftKey||0!==e.button||(e.preventDefault(),t())}),e}let eB={new:"not begun",begun:"begun",done:"done"},eD=({id:e})=>/^\d+/.exec(e)?.[0]??"",eW=({passed:e,exercises:t})=>`--done: ${0===t?0:Math.round(100*e/t)}%`;function eH(e){let{state:t}=e,o=eL("span.course-tick",{"data-state":t,style:eW(e),"aria-hidden":"true"});return eL("span",{title:`${e.passed} of ${eq(e.exercises,"exercise")} passed`},o,eN(eB[t]))}function eF(e,t,o=!1){let r=eD(e),n=[...r?[eL("span.course-number",{},r)," "]:[],eL("span.course-title",{},e.title)];if(!t.isThere(e)){let e=eL("span.course-note",{},"not in your folder; npm start puts it back");return eL("span.course-missing",{},...n," ",e)}return ez(eL("a.course-link",{href:t.addressOf(`${e.id}.ipynb`),"data-key":e.id,"aria-current":o?"page":void 0},...n),()=>t.openLesson(e))}let eU=(e,t,o)=>eL("progress.course-bar",{value:String(e),max:String(t),"aria-label":o});function e_({lessons:e},{id:t}){let o=e.findIndex(e=>e.id===t);return{previous:e[o-1],next:e[o+1]}}let eV="course:home";class eK{app;store;tracker;changed=new ex.Signal(this);actions={openLesson:(e,t)=>void this.open(e,t),openPage:e=>void this.#s(e),openHome:()=>void this.app.commands.execute(eV),addressOf:e=>{var t;return(t=this.store.pathOf(e)).endsWith(".html")?eA.URLExt.join(eA.PageConfig.getBaseUrl(),"files",eA.URLExt.encodeParts(t)):eA.PageConfig.getUrl({treePath:t})},isThere:e=>this.store.isThere(e)};constructor(e,t,o){this.app=e,this.store=t,this.tracker=o,t.changed.connect(()=>this.changed.emit()),o.currentChanged.connect(()=>this.changed.emit())}state(){let{folder:e}=this.store,{currentWidget:t}=this.tracker,o=t?this.lessonOf(t)?.id:void 0;return e&&{folder:e,actions:this.actions,current:o}}lessonOf({content:e}){let t=e.model?.getMetadata("course"),o=t?.lesson;return this.store.folder?.course.lessons.find(e=>e.id===o)}async open(e,t){let o=this.store.pathOf(`${e.id}.ipynb`);await this.app.commands.execute("docmanager:open",{path:o,factory:"Notebook"});let r=this.tracker.find(({context:e})=>e.path===o);r&&void 0!==t&&await eG(r,t)}async #s(e){let[t,o]=e.split("#"),r=this.store.pathOf(t),{content:n}=await this.app.commands.execute("docmanager:open",{path:r,factory:"Markdown Preview"})??{};void 0!==o&&n?.setFragment?.(`#${o}`)}}async function eG(e,t){await e.context.ready,await e.revealed;let{content:o}=e,r=o.widgets.findIndex(({model:e})=>e.id===t);r<0||(o.deselectAll(),o.activeCellIndex=r,async function(e,t){await function({node:e,disposed:t}){return new Promise(o=>{let r=new IntersectionObserver(e=>{e.some(({isIntersecting:e})=>e)&&n()}),n=()=>{r.disconnect(),t.disconnect(n),o()};t.connect(n),r.observe(e)})}(e);let{content:o}=e,r=Date.now()+6e4,n=!1,s=!1,a=()=>s=!0;for(let t of["wheel","pointerdown","keydown"])e.node.addEventListener(t,a,{capture:!0,once:!0,passive:!0});for(;!s&&!e.isDisposed&&o.activeCellIndex===t&&Date.now()<r;){let e=o.activeCell?.node.getBoundingClientRect(),s=o.outerNode.getBoundingClientRect(),a=e&&e.height>0&&e.top>=s.top-1&&e.top<s.bottom/2;a&&!n&&(n=!0,r=Date.now()+5e3),a||o.scrollToItem(t,"start").catch(()=>void 0),await new Promise(e=>setTimeout(e,200))}}(e,r))}class eJ extends i.Widget{#a;#i;#c;constructor(e,t,o){super(),this.addClass(t),this.#a=e,this.#i=o,e.changed.connect(this.update,this),this.update()}onUpdateRequest(){let e=this.#a.state();!function(e,...t){let o=document.activeElement,r=o instanceof HTMLElement&&e.contains(o)?o.dataset.key:void 0;e.replaceChildren(...t),void 0!==r&&e.querySelector(`[data-key="${CSS.escape(r)}"]`)?.focus()}(this.node,...e?this.#i(e):[]),e?.current!==this.#c&&(this.#c=e?.current,this.node.querySelector(".course-current")?.scrollIntoView({block:"nearest"}))}onAfterAttach(){this.update()}onActivateRequest(){this.node.contains(document.activeElement)||this.node.focus()}dispose(){this.#a.changed.disconnect(this.update,this),super.dispose()}}let eY=new WeakMap,eX=({model:e})=>`${e.id}
${e.sharedModel.getSource()}`;function eQ({content:e},t,o){return eZ(e,t,t=>eY.get(e)?.has(eX(t))??!1,o)}function eZ({widgets:e},t,o,r){let n=e.filter(I),s=n.map(e=>({source:e.model.sharedModel.getSource(),hasRun:o(e)}));return(0,l.PO)(s,n.indexOf(t),r).map(e=>n[e])}let e0=`
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
`;function e1({content:e},t){let o=e.widgets.findIndex(e=>{let o=R(e);return"exercise"===o.role&&o.name===t}),r=e.widgets[o-1];return r?.model.type==="markdown"?r:e.widgets[o]}let e2=e=>({type:e.model.type,role:R(e).role,source:e.model.sharedModel.getSource()}),e6=(e,t)=>e.model.sharedModel.getSource()===d(t);function e4(e,t,{name:o,next:r}){let n=e.find(({node:e})=>e.contains(t.node));if(!n||t.node.querySelector(".course-below"))return;let a=()=>{let e=n.content.widgets;return e.slice(e.findIndex(({node:e})=>e.contains(t.node))+1).filter(e=>!e6(e,o))},i=function(e,t){if(0!==M(t).length)return S(e,t)>0?"See it at work":"Read on"}(o,a().map(e2));if(void 0===i)return;let c=ee(i,()=>(async function(e,t,o){let r,n,{content:a}=e,[i]=t;if(!i)return;let c=t.slice(0,S(o,t.map(e2))).filter(I),l=(r=new Set([...c,...c.flatMap(t=>eQ(e,t))]),n=e.content.widgets.filter(e=>I(e)&&r.has(e)&&!e6(e,o)),s.NotebookActions.runCells(e.content,n,e.sessionContext));_(e,i,"command"),await a.scrollToItem(a.activeCellIndex,"start"),H(a,()=>c.at(-1)?.node.querySelector(".jp-OutputArea"),l)})(n,a(),o));c.classList.add("course-go","course-below"),t.node.querySelector(".course-ways")?.prepend(c),function(e,t,o){let r=t.node.querySelector(".course-further");if(!r||!o||!("exercise"in o))return;let n=e.content.widgets,s=e1(e,o.exercise);r.textContent=s&&n.indexOf(s)<n.findIndex(e=>e.node.contains(t.node))?`Back to the exercise ${o.exercise}`:`Skip to the next exercise: ${o.exercise}`}(n,t,r)}let e3=`
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
`;class e5 extends i.Panel{#l;#d;#u;#p;constructor(e,t,o){super(),this.#l=e,this.#d=t,this.#u=o}async renderModel(e){for(let e of[...this.widgets])e.dispose();this.#p=void 0;let t=void 0===e.data["text/html"]?"text/plain":"text/html",o=this.#d.createRenderer(t);this.addWidget(o),await o.renderModel(e);let r=(0,c.jc)(e.data[c.O]);if(!r)return;if(this.addClass("course-check"),this.toggleClass("course-check-passed",r.passed),r.passed){let e=function(e,t,{praise:o,seen:r,next:n}){if(void 0===o&&void 0===n)return;let s=Z(e);s.addClass("course-passed");let a=[],i=document.createElement("div");if(i.className="course-ways",void 0!==o){let e,t=document.createElement("p");t.className="course-praise-line",t.textContent=o,a.push(...r?[]:[((e=(0,el.Xe)("svg",{class:"course-drawn-tick",viewBox:"0 0 32 32","aria-hidden":"true"})).append((0,el.Xe)("circle",{cx:16,cy:16,r:13.5,pathLength:1,transform:"rotate(-90 16 16)"}),(0,el.Xe)("path",{d:"M9.5 16.5 L14.5 21.5 L23 11.5",pathLength:1})),e)],t)}if(n){let o=ee("exercise"in n?`Next exercise: ${n.exercise}`:`Next lesson: ${n.title}`,async()=>{let o=t.find(({node:e})=>e.contains(s.node));o&&await async function({commands:e},t,o,r){if("lesson"in o){let{path:r}=t.context,n=r.slice(0,r.lastIndexOf("/")+1),s={path:`${n}${o.lesson}.ipynb`,factory:"Notebook"};await e.execute("docmanager:open",s);return}let n=e1(t,o.exercise);n?(await eG(t,n.model.id),_(t,n,"command")):r.showStatus(`This notebook has no cell for the exercise ${o.exercise}.`)}(e,o,n,s)});o.classList.add("course-go","course-further"),i.append(o)}return s.node.prepend(...a,i),s}(this.#l,this.#u,r);if(!e)return;this.insertWidget(+!r.praise,e),this.#p={bar:e,data:r},this.isAttached&&e4(this.#u,e,r);return}let n=new eS(this.#d,r.name,r.hints);this.addWidget(n),this.addWidget(this.#h(r.name,n))}onAfterAttach(){this.#p&&e4(this.#u,this.#p.bar,this.#p.data)}#h(e,t){let o=Z(this.#l),r=()=>({tracker:this.#u,reportElement:this.node,name:e,showStatus:o.showStatus}),n=ee("Put the solution into the cell…",()=>(async function(e){let t=eb(e);if(!t)return;let{panel:o,cell:r}=t,{button:n}=await (0,et.showDialog)({title:`Put the course's ${e.name} into its cell?`,body:"It takes the place of what you wrote in that cell, and the exercise counts as seen. Edit → Undo in the cell brings yours back.",buttons:[et.Dialog.cancelButton(),et.Dialog.okButton({label:"Put it there"})],defaultButton:0});if(n.accept){e.showStatus("Waiting for the kernel …");try{let t,n=function(e,t){let{sharedModel:o}=e.model,{from:r,to:n,text:s}=function(e,t){let o=Math.min(e.length,t.length),r=0;for(;r<o&&e[r]===t[r];)r++;let n=0;for(;n<o-r&&e.at(-1-n)===t.at(-1-n);)n++;return{from:r,to:e.length-n,text:t.slice(r,t.length-n)}}(o.getSource(),t),{undoManager:a}=o;return a?.stopCapturing(),o.updateSource(r,n,s),{from:r,to:r+s.length}}(r,await async function(e,t){let o,r,n=e.sessionContext.session?.kernel;if(!n)throw Error("No kernel is running: start one in the menu Kernel.");let s=n.requestExecute({code:t,silent:!1,store_history:!1});if(s.onIOPub=({header:e,content:t})=>{if("error"===e.msg_type&&(r=String(t.evalue)),"display_data"!==e.msg_type)return;let{data:n}=t,s=n["text/plain"];"string"==typeof s&&("text/markdown"in n?o=s:r=s)},await s.done,void 0===o)throw Error(r??"The kernel gave no solution.");return o}(o,(t=e.name,`(await import("course")).showSolution("${t}");`)));ec(r),_(o,r,"edit"),await o.content.scrollToItem(o.content.activeCellIndex,"smart"),e.showStatus("The solution is in the cell. Run the cell, then the check."),function(e,t,o){ed("course-new-lines-style",em);let r=O(t);if(!r)return;r.state.field(ew,!1)||r.dispatch({effects:er.StateEffect.appendConfig.of(ew)});let n=r.state.doc.lineAt(Math.min(o.from,r.state.doc.length)),s=n.from+Math.max(0,n.text.search(/\S/));r.dispatch({effects:eg.of(o),selection:{anchor:s}}),H(e,()=>(function(e){let[t,o]=[e[0],e[e.length-1]];if(t&&o)return{isConnected:t.isConnected&&o.isConnected,getBoundingClientRect:()=>{let{left:e,top:r,width:n}=t.getBoundingClientRect();return new DOMRect(e,r,n,o.getBoundingClientRect().bottom-r)}}})(t.node.getElementsByClassName(ef))),setTimeout(()=>r.dispatch({effects:eg.of(void 0)}),4e3)}(o.content,r,n)}catch(t){e.showStatus(`The solution could not be put there. ${t.message}`)}}})(r()),"Replaces your code in the exercise's cell with the course's solution, so that you can read it. The exercise counts as seen.");return n.classList.add("course-put"),o.node.prepend(...function(e,t){let{hints:o}=t;if(0===o.length)return[];let r=ee("",async()=>{let o=t.next();if(void 0===o)return;let{top:n}=r.getBoundingClientRect();r.style.minWidth=`${r.offsetWidth}px`,await t.open(o);let s=e.find(({node:e})=>e.contains(r))?.content.outerNode;s?.scrollBy(0,r.getBoundingClientRect().top-n)});return r.classList.add("course-next-hint"),t.follow(()=>{let e=t.next();r.textContent=e?`Show hint ${e} of ${o.length}`:"No more hints",r.toggleAttribute("data-course-done",!e)}),[r]}(this.#u,t),ee("Go on with the course's version",()=>(async function(e){let t=eb(e);if(!t)return;let{panel:o,at:r}=t,{content:n,sessionContext:a}=o,i=d(e.name),c=n.widgets[r+1];c?.model.sharedModel.getSource()!==i&&n.model?.sharedModel.insertCell(r+1,{cell_type:"code",source:i,metadata:{}}),n.deselectAll(),n.activeCellIndex=r+1;let l=await s.NotebookActions.run(n,a),u=n.widgets[l?r+2:r+1];u&&_(o,u,"command"),e.showStatus(l?`From here on, the lesson uses the course's ${e.name}. Delete the new cell to undo it, then run your own cell.`:"The new cell below could not run yet. Start the kernel and run it.")})(r()),"Keeps your code, and adds a cell below that imports the course's function for the rest of the lesson. You don't see the solution."),n),o}}let e8={id:"foundation-models-lab:check",description:"Adds buttons to the course's checks",autoStart:!0,requires:[a.IRenderMimeRegistry,s.INotebookTracker],activate:(e,t,o)=>{ed("course-check-style",e3),ed("course-buttons-style",Q),ed("course-passed-style",e0),s.NotebookActions.executed.connect((e,{notebook:t,cell:o})=>{"check"===R(o).role&&async function(e){let t=Date.now()+1500;for(;!e.isDisposed&&Date.now()<t;){let t=e.node.querySelector(".course-drawn-tick");if(t)return void t.parentElement.classList.add("course-celebrates");await new Promise(e=>setTimeout(e,50))}}(o);let r=t.activeCellIndex-t.widgets.indexOf(o);(0===r||1===r)&&"check"===R(o).role&&H(t,()=>o.node.querySelector(".jp-OutputArea-output"),void 0,e=>(function({widgets:e,outerNode:t},o,r){let{name:n}=R(o),s=e.find(e=>{let t=R(e);return"exercise"===t.role&&t.name===n}),a=s?.node.querySelector(".jp-Cell-inputWrapper")?.getBoundingClientRect();if(!a)return 0;let{top:i,height:c}=r.getBoundingClientRect(),l=i-a.bottom+Math.min(a.height,120);return l<=0||l>.4*t.clientHeight?0:Math.max(0,Math.min(l,t.clientHeight-c-24))})(t,o,e))}),D(o,(e,t)=>{"exercise"===R(e).role&&function({content:e},t){let o=e.widgets[e.widgets.indexOf(t)-1],{name:r}=R(t);if(o?.model.type!=="markdown"||""===r)return;let n=()=>{for(let e of o.node.querySelectorAll("details")){let t=eM(e);void 0!==t&&(e.open=eC(r,t))}};o.node.addEventListener("toggle",({target:e})=>{let t=e instanceof HTMLDetailsElement?eM(e):void 0;void 0!==t&&ej(r,t,e.open)},!0);let s=new MutationObserver(n);s.observe(o.node,{childList:!0,subtree:!0});let a=new AbortController;e$(r,n,a.signal),o.disposed.connect(()=>{s.disconnect(),a.abort()})}(t,e)}),t.addFactory({safe:!0,mimeTypes:[c.O],createRenderer:()=>new e5(e,t,o)},0)}},e7=`
.course-lesson .jp-OutputArea[data-course-doubt]::before { content: attr(data-course-doubt); display: block;
  margin: 0 0 4px calc(var(--course-prompt) + var(--course-start)); font-size: 14px; line-height: 1.5;
  color: var(--jp-warn-color-normal, var(--jp-ui-font-color1)); }
`,e9=e=>({source:e.model.sharedModel.getSource(),role:R(e).role,name:R(e).name,run:e.model.executionCount??void 0,hasFailed:E(e),passes:L(e).flatMap(({data:e})=>(0,c.jc)(e[c.O])??[])[0]?.passed}),te={id:"foundation-models-lab:doubts",description:"Says where a function that fails its check has made what a cell shows",autoStart:!0,requires:[s.INotebookTracker],activate:()=>{ed("course-doubts-style",e7),s.NotebookActions.executed.connect((e,{notebook:t,cell:o})=>{(function(e,t){let{role:o,name:r}=R(e);if("check"!==o)return[e];let n=t.widgets.filter(I),s=n.find(e=>"exercise"===R(e).role&&R(e).name===r)?.model.executionCount??1/0;return n.filter(({model:e})=>(e.executionCount??0)>s)})(o,t).forEach(e=>(function(e,t){if(!I(t)||!e.node.closest(`.${B}`))return;let o=e.widgets.filter(I),r=N(t)||E(t)||!(t.model.outputs.length>0)?void 0:function(e,t){for(let{role:o,name:r,source:n,run:s=0,hasFailed:a}of(0,l.vs)(e.map(e=>({...e,hasRun:!1})))(t).map(t=>e[t])){if("exercise"!==o||C(n,r))continue;if(a)return`This comes from an earlier ${r}: its cell has failed since.`;let t=e=>!1===e.passes&&(e.run??0)>s;if(e.some(e=>"check"===e.role&&e.name===r&&t(e)))return`This comes from your ${r}, which fails its check.`}}(o.map(e9),o.indexOf(t)),{node:n}=t.outputArea;void 0===r?delete n.dataset.courseDoubt:n.dataset.courseDoubt=r})(t,e))})}},tt="course-versions",to=e=>!0===e.getMetadata(tt);function tr(e,t){t?e.setMetadata(tt,!0):e.deleteMetadata(tt)}function tn(e){let{role:t,name:o}=R(e);return"exercise"===t&&C(e.model.sharedModel.getSource(),o)?o:void 0}let ts=({widgets:e},t=e.length)=>e.slice(0,t).filter(I).filter(e=>void 0!==tn(e));async function ta({content:e,sessionContext:t},o){e.model&&tr(e.model,!0);let r=o.map(e=>ti(e,tn(e),t));return(await Promise.all(r)).every(Boolean)}async function ti(e,t,o,r=Promise.resolve()){let n=o.session?.kernel;if(!n)return!1;let s=d(t),a=n.requestExecute({code:s,store_history:!1,stop_on_error:!1}),{content:i}=await a.done;return await r,"ok"===i.status&&!e.isDisposed&&(!function({model:{outputs:e}},t){let o=`**Not written yet, so the lesson uses the course's \`${t}\`.** It doesn't count as yours: write your own in this cell and run it.`;for(let t=0;t<e.length;t++)if(e.get(t).data["text/plain"]===o)return;e.add({output_type:"display_data",metadata:{},data:{"text/markdown":o,"text/plain":o}})}(e,t),!0)}function tc(e,t,o){let{model:r}=e.content,n=null!==r&&to(r);return{cells:eQ(e,t,o),unwritten:n?[]:(({content:e},t)=>eZ(e,t,()=>!1))(e,t).filter(e=>void 0!==tn(e))}}function tl({content:e},t,o){let r,n=()=>{clearTimeout(r),r=setTimeout(o,300)};e.modelContentChanged.connect(n),s.NotebookActions.executed.connect(n),t.disposed.connect(()=>{clearTimeout(r),e.modelContentChanged.disconnect(n),s.NotebookActions.executed.disconnect(n)}),o()}let td="The kernel could not import the course's version. Is it running?";function tu({cells:e,unwritten:t},o){let r="the course's version of what isn't written";if(0===e.length)return`Go on with ${r}, then ${o}`;let n=1===e.length?"the cell":`the ${e.length} cells`;return`Run ${n} that it needs${t.length>0?`, with ${r}`:""}, then ${o}`}let tp=async(e,{unwritten:t})=>0===t.length||ta(e,t);function th(e,t,o){let r=async()=>{if(t.isDisposed)return;let o=e.widgets.indexOf(t);e.deselectAll(),e.activeCellIndex=o,e.mode="command",await e.scrollToItem(o,"smart"),await H(e,()=>(function(e){if(e)return{isConnected:e.isConnected,getBoundingClientRect:()=>{let{left:t,top:o,width:r,height:n}=e.getBoundingClientRect();return new DOMRect(t,o,r,n+120)}}})(t.node.querySelector(".jp-OutputArea")))};return o&&r(),et.Notification.warning(function(e){let[t=""]=P(e),o=$(t);return void 0!==o?`Stopped at ${o}: not written yet.`:`Stopped: ${t.split(/\. |\n/)[0]||"a cell failed"}.`}(t),{actions:[{label:"Go to the cell",callback:()=>void r()}],autoClose:8e3})}let tf="application/vnd.jupyter.stderr",tm=`
.course-error > .jp-RenderedText { padding-right: 8px; padding-bottom: 8px; }
.course-error > .course-actions { padding: 0.6em 0 0.4em; border-left: 0; }
.course-lesson .course-unwritten > .jp-RenderedText { padding: 4px 8px 4px 12px; background: transparent;
  border-left: 4px solid var(--jp-info-color1, #0072b2); }
.course-lesson .course-unwritten > .jp-RenderedText pre { font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.5; }
`,tg=/^notebook:(run-all-cells|run-all-below|restart-run-all)$/;function tw(e){e.stop&&et.Notification.dismiss(e.stop.notice),delete e.stop}async function tb({panel:e,cell:t,log:o},r){let{content:n,sessionContext:a}=e,i=await s.NotebookActions.runCells(n,r,a),c=i?void 0:r.find(e=>e!==t&&E(e));if(c){o.stop??={cell:c,notice:th(n,c,!0)};return}let l=n.widgets[n.widgets.indexOf(t)+1];_(e,i&&l?l:t,"command")}class tx extends i.Panel{registry;addActions;#f="";constructor(e,t){super(),this.registry=e,this.addActions=t,this.addClass("course-error")}async renderModel(e){for(let e of[...this.widgets])e.dispose();let{evalue:t}=e.data[A]??{};this.#f="string"==typeof t?t:"";let o=void 0!==$(this.#f);this.toggleClass("course-unwritten",o);let r=this.#f.replace(/^not written yet: ([\w$]+)/,"$1 isn't written yet"),n=new a.MimeModel({data:{[tf]:r},trusted:e.trusted}),s=this.registry.createRenderer(tf);this.addWidget(s),await s.renderModel(o?n:e),this.isAttached&&this.addActions(this,this.#f)}onAfterAttach(){this.addActions(this,this.#f)}}let tv={id:"foundation-models-lab:errors",description:"Adds buttons below errors that other cells solve",autoStart:!0,requires:[a.IRenderMimeRegistry,s.INotebookTracker],optional:[et.ICommandPalette],activate:(e,t,o,r)=>{ed("course-buttons-style",Q),ed("course-error-style",tm),s.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:r})=>{if(!I(o))return;let n=eY.get(t)??new Set;eY.set(t,n),r?n.add(eX(o)):n.delete(eX(o))}),o.widgetAdded.connect((e,t)=>{W(t,()=>void eY.delete(t.content))});let n=function({commands:e},t){let o=new WeakMap,r=e=>{let t=o.get(e)??{isRunningAll:!1};return o.set(e,t),t};return s.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:n})=>{let s=r(t);if(n&&o===s.stop?.cell&&tw(s),n||!I(o)||!E(o)||!s.isRunningAll||s.stop)return;let a=t.activeCellIndex===t.widgets.length-1||t.activeCell===s.startedAt;s.stop={cell:o,notice:th(t,o,a)}}),t.widgetAdded.connect((e,{content:t})=>{var o;let n;o=r(t),n=t.activeCell,t.activeCellChanged.connect((e,r)=>{o.place??={...{cell:t.activeCell,scrollTop:t.outerNode.scrollTop},cell:n},n=r,queueMicrotask(()=>delete o.place)})}),e.commandExecuted.connect((e,{id:o})=>{let n=t.currentWidget;if(!n||!o.startsWith("notebook:r"))return;let{content:s}=n,a=r(s),{place:i}=a,c=tg.test(o);c&&i&&n.hasClass(B)&&async function(e,{cell:t,scrollTop:o}){let r=e.widgets.findIndex(e=>e===t);r<0||r===e.activeCellIndex||(e.activeCellIndex=r,await e.scrollToItem(r,"auto").catch(()=>void 0),e.outerNode.scrollTop=o)}(s,i),tw(a),Object.assign(a,{isRunningAll:c,startedAt:s.activeCell})}),r}(e,o),a=(t,r)=>{let s=o.find(({node:e})=>e.contains(t.node)),a=s?.content.widgets.find(({node:e})=>e.contains(t.node));s?.hasClass(B)&&a&&I(a)&&1===t.widgets.length&&function(e,t,o,r){let n=()=>(function(e,t,o){let{panel:r,cell:n}=e,s=$(t);if(void 0!==s&&ts(r.content).some(e=>tn(e)===s))return{label:"Go on with the course's version of all that isn't written",apply:()=>(async function(e,t){let{panel:o,cell:r,log:n}=e,{content:s}=o,a=s.widgets.indexOf(r),i=ts(s,a);if(!await ta(o,i))return t.showStatus(td);if(!n.isRunningAll)return tb(e,[r]);let c=new Set(i.map(e=>R(e).name));await tb(e,s.widgets.filter((e,t)=>{let{role:o,name:r}=R(e);return t>=a||"check"===o&&c.has(r)}).filter(I))})(e,o)};let a=/^(?:Cannot find name '([\w$]+)'|([\w$]+) is not defined)/.exec(t)?.slice(1).find(e=>void 0!==e);if(void 0===s&&void 0===a)return;let i=tc(r,n,a);if(0!==i.cells.length)return{label:tu(i,"this one"),apply:()=>(async function(e,t,o){if(!await tp(e.panel,t))return o.showStatus(td);await tb(e,[...t.cells,e.cell])})(e,i,o)}})(t,o,r);if(!n())return;let s=ee("",async()=>n()?.apply());tl(t.panel,e,()=>{let{label:e}=n()??{};s.hidden=void 0===e,s.textContent=e??""}),r.node.prepend(s),e.addWidget(r)}(t,{panel:s,cell:a,log:n(s.content)},r,Z(e))};t.addFactory({safe:!0,mimeTypes:[A],createRenderer:()=>new tx(t,a)},0),r?.addItem({command:function({commands:e},t){let o="course:use-course-versions",r=()=>t.currentWidget?.content.model??void 0;return e.addCommand(o,{label:"Go On with the Course's Version of Unwritten Functions",isEnabled:()=>r()?.getMetadata("course")!==void 0,isToggled:()=>{let e=r();return void 0!==e&&to(e)},execute:()=>{let e=r();e&&tr(e,!to(e))}}),o}(e,o),category:"Course"})}},ty=new WeakMap,tk=new WeakMap,tj={id:"foundation-models-lab:setup",description:"Knows the imports of each lesson",autoStart:!0,requires:[s.INotebookTracker],activate:(e,t)=>{D(t,(e,{sessionContext:t})=>{"setup"===R(e).role&&ty.set(t,e)}),t.widgetAdded.connect((e,t)=>{W(t,()=>void tk.delete(t.sessionContext))})}},tC={id:"foundation-models-lab:executor",description:"Runs cells, also those that are run before there is a kernel",autoStart:!0,provides:s.INotebookCellExecutor,activate:()=>({async runCell(e){let{cell:t,notebook:o,sessionContext:r}=e;await r?.ready;let n="setup"===R(t).role;r&&I(t)&&!n&&await async function(e,t,o){let r=ty.get(e);r&&!r.isDisposed&&""!==R(t).role&&(tk.has(e)||tk.set(e,o(r)),await tk.get(e)?.catch(()=>!1))}(r,t,t=>(0,s.runCell)({...e,cell:t}));let a=(0,s.runCell)(e);r&&n&&tk.set(r,a);let i=r&&I(t)&&to(o),c=i?tn(t):void 0;return i&&void 0!==c&&await ti(t,c,r,a.catch(()=>!1)),a}})},t$="course-filling",tM=`
.${t$} .jp-WindowedPanel-viewport::after { content: "The rest of this lesson is being drawn …"; display: block;
  padding: 24px 0; text-align: center; font-family: var(--jp-ui-font-family); font-style: italic;
  color: var(--jp-ui-font-color2); }
`,tS={id:"foundation-models-lab:fill",description:"Draws all cells of the course's notebooks as soon as they open",autoStart:!0,requires:[s.INotebookTracker],activate:(e,t)=>{ed("course-fill-style",tM);let o=new WeakSet;D(t,(e,t)=>{o.has(t)||(o.add(t),t.revealed.then(()=>setTimeout(()=>(function(e){let{content:t}=e,o=()=>{if(e.isDisposed)return;let r=!("full"===t.notebookConfig.windowingMode||t.widgets.every(e=>!e.isPlaceholder()));e.toggleClass(t$,r),r&&(e.isVisible&&t.update(),setTimeout(o,e.isVisible?20:1e3))};o()})(t),700)))})}};var tA=o(338),tT=o(70);let tR=`
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown {
  font-size: 12px; line-height: 16px; color: var(--course-quiet); }
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown em { font-style: normal; }
.course-lesson [data-course-preview] .jp-OutputArea-child:first-child > .jp-RenderedMarkdown > p { margin: 0 0 6px; }
.course-lesson [data-course-preview]:has(.jp-InputPlaceholder) .jp-OutputArea-child:first-child { display: none; }
.course-lesson [data-course-previewed]:not([data-course-preview], [data-course-fold]) .jp-OutputArea-child:first-child {
  margin-top: 22px; }
`,tO=e=>e?.course?.preview===!0;function tI({model:{outputs:e}}){let t=e.length>0?e.get(0):void 0;return tO(t?.metadata)?String(t.data["text/plain"]):void 0}let tE="Guess",tP=new Set(["setup","draws","prepares"]),tq=e=>tP.has(R(e).fold),tL=e=>(0,tT.zy)(e.model.sharedModel.getSource())?"asks":R(e).fold,tN=new WeakMap,tz=`
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
`;function tB(e,t){let{cells:o,unwritten:r}=tc(e,t);return{cells:o.filter(e=>"setup"!==R(e).role),unwritten:r}}let tD=({cells:e,unwritten:t})=>0===e.length&&0===t.length,tW="data-course-needs";function tH(e,t,o){var r;let n,a=o.node.querySelector(".jp-InputPlaceholder .jp-Placeholder-content"),i=a?.querySelector(".jp-PlaceholderText");if(!tq(o)||!a||!i)return;let c=tL(o),l=((e,{content:t},o)=>(function(e){let t=tN.get(e);if(t)return t;let o=new Map;for(let t of e.widgets){if(!I(t)||!tq(t)||R(t).hasPreview)continue;let e=tL(t);o.has(e)||o.set(e,t)}return tN.set(e,o),o})(t).get(e)===o)(c,t,o),d=null!==o.model.executionCount||o.model.outputs.length>0,u={kind:c,source:o.model.sharedModel.getSource(),hasOutput:d,isFirst:l,isAnswer:o.node.hasAttribute(z)},p=("asks"!==u.kind||u.hasOutput?void 0:(r=u.source,void 0===(n=g.exec(r)?.[1])?void 0:w(n)))??`Show the code: ${function({kind:e,source:t,hasOutput:o,isAnswer:r}){let n,s,a,i;if("setup"===e)return"imports";if("prepares"===e)return function(e){let t=[...e.matchAll(x)].map(([,e,t])=>e??t),o=t.length>0?t:[...e.matchAll(/^const +([\w$]+)(?:: [^=]+)? =/gm)].map(([,e])=>e);if(o.length<2)return o[0]??"prepares what follows";let r=o.length>3,n=r?o.slice(0,2):o.slice(0,-1),s=r?`${o.length-n.length} more`:o.at(-1);return`${n.join(", ")} and ${s}`}(t);if("asks"===e)return"asks the question";if(r)return`the answer's ${k(t)}`;let c=o?void 0:(s=(n=f.exec(t)?.[1]??"").startsWith("`")?n.slice(1):w(n),""!==(a=m.exec(s)?.[0]??"")&&a.length<=90?a:void 0);return void 0===c?(i=k(t),`${i.startsWith("table")?"makes":"draws"} the ${i}`):`“${c}”`}(u)}`;i.textContent!==p&&(i.textContent=p),function(e,t){let o=e.parentElement.querySelector(".course-fold-note");if(""===t)return o?.remove();o||((o=document.createElement("span")).className="course-fold-note",e.after(o)),o.textContent=t}(a,tI(o)??(({kind:e,hasOutput:t,isFirst:o})=>o&&!t&&"asks"!==e?"Shift+Enter runs this cell":"")(u)),"asks"===c&&function(e,t,o,r){if(r.parentElement.querySelector(".course-ask"))return;let n=ee(tE,()=>(async function(e,t,o){let{content:r,sessionContext:n}=e,a=tB(e,t),i=tD(a),c=tu(a,"ask");if(!i&&o.textContent!==c){o.textContent=c,o.title="",o.setAttribute(tW,"");return}if(_(e,t,"command"),i)return void await s.NotebookActions.run(r,n);if(o.textContent="Running what it needs …",!await tp(e,a))return void(o.textContent=td);await s.NotebookActions.runCells(r,[...a.cells,t],n),o.textContent=tE;let l=a.cells.find(E);l?th(r,l,!0):(_(e,t,"command"),await H(r,()=>t.node.querySelector(".jp-OutputArea")))})(t,o,n));n.className="course-ask",n.title="Runs this cell, as Shift+Enter does",n.addEventListener("click",e=>e.stopPropagation()),X(n,e),r.parentElement.append(n),tl(t,o,()=>(function(e,t,o){if(!o.hasAttribute(tW)||"true"===o.ariaDisabled)return;let r=tB(e,t);o.textContent=tD(r)?tE:tu(r,"ask")})(t,o,n))}(e,t,o,a),function(e,t){let{model:o}=t,r=e.parentElement?.querySelector(".jp-Placeholder-prompt"),n="running"===o.executionState?void 0:o.executionCount,s=null!=n;r&&(r.textContent=s?`[${n}]:`:""),r&&(r.ariaHidden="true");let a=e.querySelector(".course-ran");if(!s||E(t))return a?.remove();a||((a=document.createElement("span")).className="course-ran",a.role="img",a.ariaLabel=", has run",a.textContent="✓",e.querySelector(".jp-PlaceholderText")?.after(a))}(a,o),a.toggleAttribute("data-course-running","running"===o.model.executionState),"button"!==a.role&&(a.role="button",a.tabIndex=0,a.title="",X(a,e),a.addEventListener("keydown",e=>{e.shiftKey||"Enter"!==e.key&&" "!==e.key||(e.preventDefault(),e.stopPropagation(),o.inputHidden=!1,o.editor?.focus())}),a.addEventListener("click",()=>setTimeout(()=>_(t,o,"command"))))}function tF(e,t,o){o.inputHidden=!0,tH(e,t,o)}let tU={id:ep,description:"Folds code that draws in the course's notebooks",autoStart:!0,requires:[s.INotebookTracker],optional:[tA.ISettingRegistry],activate:(e,t,o)=>{let r,n,a;ed("course-fold-style",tz+es),r=({content:e})=>e.modelContentChanged.connect(()=>void tN.delete(e)),t.widgetAdded.connect((e,t)=>void r(t)),t.forEach(r),eh(o,"foldCode",(n=!0,a=new WeakMap,D(t,(t,o)=>{if(I(t)){let r;tq(t)&&(t.node.dataset.courseFold=R(t).fold,r=()=>queueMicrotask(()=>tH(e,o,t)),t.ready.then(()=>{!function(e,t,o){let r=o.node.querySelector(".jp-Cell-inputWrapper");if(!r||r.querySelector(".course-hide-code"))return;let n=document.createElement("button");n.type="button",n.className="course-hide-code",n.textContent="Hide the code",X(n,e),n.addEventListener("click",()=>{tF(e,t,o),n.blur(),_(t,o,"command")});let s=document.createElement("div");s.className="course-hide-line",s.append(n),r.append(s)}(e,o,t),r()}),t.model.metadataChanged.connect(r),t.model.contentChanged.connect(r),t.model.stateChanged.connect(r),t.model.outputs.changed.connect(r)),tq(t)&&!n&&(t.inputHidden=!1),("exercise"===R(t).role||R(t).checks.length>0)&&t.ready.then(()=>n&&ec(t))}}),s.NotebookActions.executed.connect((o,{notebook:r,cell:s,success:i})=>{if(!I(s))return;let c=s.model.sharedModel.getSource(),l=t.find(({content:e})=>e===r);l&&i&&n&&a.get(s)===c&&tF(e,l,s),a.delete(s),i||!s.inputHidden||!E(s)||q(s)||(s.inputHidden=!1,a.set(s,c))}),o=>{o!==n&&(n=o,t.forEach(t=>t.content.widgets.forEach(o=>{I(o)&&(tq(o)?n?tF(e,t,o):o.inputHidden=!1:n?ec(o):function(e){let t=O(e);if(!t)return;let o=[];(0,eo.foldedRanges)(t.state).between(0,t.state.doc.length,(e,t)=>{o.push(eo.unfoldEffect.of({from:e,to:t}))}),t.dispatch({effects:o})}(o))})))}))}};var t_=o(925),tV=o(132),tK=o(701),tG=o(299),tJ=o(808),tY=o(782);let tX="Inter",tQ="JetBrains Mono",tZ="font-weight: 100 900",t0=(e,t,...o)=>`@font-face { font-family: "${e}"; src: url("${t}") format("woff2"); font-display: swap; ${o.join("; ")} }`,t1=[`400 16px "${tX}"`,`600 16px "${tX}"`,`13px "${tQ}"`];var t2=o(369),t6=o(854),t4=o(256),t3=o(500),t5=o(491),t8=o(235);let t7=Object.freeze(Object.create(null)),t9=e=>"object"==typeof e&&null!==e&&!Array.isArray(e),oe=e=>Array.isArray(e)?e.filter(t9):[],ot=e=>"string"==typeof e?e:"",oo=e=>"number"==typeof e&&e>0&&e<1e6?e:0,or=e=>Array.isArray(e)?e.map(ot).filter(Boolean):[],on=({lessons:e,parts:t})=>(0,t8.S)(e,t);function os(e){let t=ot(e.id),o=oe(e.exercises).map(({name:e,points:t,gradeId:o})=>({name:ot(e),points:oo(t),gradeId:ot(o)}));return{id:t,title:ot(e.title)||t,question:ot(e.question),minutes:oo(e.minutes),components:or(e.components),exercises:o,manualPoints:oe(e.written).reduce((e,{points:t})=>e+oo(t),0)}}function oa(e){try{return JSON.parse(e)}catch{return}}function oi({folder:e,actions:t,current:o}){let{course:r,progress:n,bookmarks:s,problem:a}=e,i=eI(r,n,s),c=eE([...i.values()]),l=eL("a.course-home-link",{href:"#","data-key":"home"},"Home"),d=e=>{let r=i.get(e.id);return eL("li",{class:e.id===o?"course-current":void 0},eH(r),eF(e,t,e.id===o),function({passed:e,exercises:t},o){return 0===t?eL("span.course-points"):0===e?eL("span.course-points",{},eq(t,"exercise")):eL("span.course-points",{},eU(e,t,`Exercises passed in ${o.title}`),`${e} of ${eq(t,"exercise")}`)}(r,e))},u=on(r).flatMap(({title:e,lessons:t})=>[...void 0===e?[]:[eL("h2",{},e)],eL("ol",{},...t.map(d))]),p=`${c.passed} of ${eq(c.exercises,"exercise")} passed`;return[eL("div.course-lessons-head",{},ez(l,()=>t.openHome()),eL("p.course-so-far",{},eU(c.passed,c.exercises,"Exercises passed"),p)),...a?[eL("p.course-trouble",{},a)]:[],eL("nav",{"aria-label":"Lessons"},...u)]}function oc(e,t,o){let r=`${eD(e)} ${e.title}`.trim();if(!o.isThere(e))return eL("span");let n={href:o.addressOf(`${e.id}.ipynb`),"data-key":t,title:`${t}: ${r}`},s=eL("span.course-title",{},r);return ez(eL(`a.course-${"Next"===t?"next":"previous"}`,n,eN(`${t}: `),s),()=>o.openLesson(e))}let ol=new WeakSet;function od(e,t,o){let r=t.content.widgets.find(({model:e})=>"lesson-end"===e.id);!r||ol.has(r)||(ol.add(r),r.ready.then(()=>{if(r.isDisposed)return;let t=new eJ(e,"course-ending",e=>(function(e,{folder:t,actions:o}){let r=eO(e,t.progress,t.bookmarks);if(0===r.exercises)return[];if("done"!==r.state){var n,s,a,i,c;let l,d,u=e.exercises.filter(({name:e})=>!t.progress[e]?.passed);return[eL("p",{},(n=u,l=(s=r.exercises)-n.length,d=1===n.length?"is":"are",`${l} of ${eq(s,"exercise")} passed; still open ${d} `),...(a=u,i=e,c=o,a.flatMap(({name:e,gradeId:t},o)=>{let r=eL("a.course-link",{href:c.addressOf(`${i.id}.ipynb`),"data-key":t},e),n=o<a.length-1?", ":".";return[ez(r,()=>c.openLesson(i,t)),n]})))]}let{next:l}=e_(t.course,e),d=1===r.exercises?"the exercise":`all ${r.exercises} exercises`,u=`You passed ${d} of ${e.title}: ${eP(r.earned)} of ${eq(r.points,"point")}. Well done!`,p=l&&o.isThere(l)?oc(l,"Next",o):void 0;return[eL("p.course-praise",{},u),...p?[p]:[]]})(o,e));t.node.dataset.lmSuppressShortcuts="true",r.layout.addWidget(t)}))}let ou=({tracker:e},t)=>e.currentWidget===t&&t.isVisible;function op(e){let{course:t,progress:o,bookmarks:n,problem:s}=e.folder,a=eI(t,o,n),i=eE([...a.values()]);return[eL("div.course-page",{},eL("div.course-opening",{},eL("div",{},eL("h1",{},t.title),function({folder:{course:e}},t){let o=Math.round(e.lessons.map(({minutes:e})=>e).reduce((e,t)=>e+t,0)/60),r=eL("p.course-facts",{},[eq(e.lessons.length,"lesson"),eq(t.exercises,"exercise"),`about ${eq(o,"hour")}`].join(" \xb7 "));if("new"===t.state)return eL("div",{},""===e.about?void 0:eL("p.course-about",{},e.about),r);let n=`${t.passed} of ${eq(t.exercises,"exercise")} passed, ${eP(t.earned)} of ${eq(t.points,"point")} by checks`;return eL("div",{},r,eL("p.course-so-far",{},eU(t.passed,t.exercises,"Exercises passed"),n))}(e,i),...s?[eL("p.course-trouble",{role:"alert"},s)]:[],function({folder:e,actions:t},o){let{course:r,progress:n,bookmarks:s}=e,a=function({lessons:e},t,o,r){let n=(e,r)=>eO(e,t,o).state===r,s=e=>r(e)&&!n(e,"done");if(e.every(e=>n(e,"new"))){let t=e.find(r);return t&&{verb:"Start",lesson:t}}let a=function(e,t,o){let r=e.find(({id:e})=>e===o.last);if(r)return r;let n=({exercises:e})=>e.map(({name:e})=>t[e]?.at??"").reduce((e,t)=>e>t?e:t,""),[s]=[...e].sort((e,t)=>n(e)<n(t)?1:-1);return s&&""!==n(s)?s:void 0}(e,t,o);if(a&&s(a))return{verb:"Go on with the last lesson you opened",lesson:a};let i=[...e.slice(e.indexOf(a)+1),...e].find(s);return i&&{verb:"Go on with the next lesson",lesson:i}}(r,n,s,e=>t.isThere(e)),i="done"===o.state?eL("p.course-praise",{},"You have passed every exercise of the course. Well done!"):void 0;if(!a)return eL("div.course-way",{},i);let{verb:c,lesson:l}=a,d=`${eD(l)} ${l.title}`.trim(),u=eL("a.course-go",{href:t.addressOf(`${l.id}.ipynb`),"data-key":"go"},eL("span.course-verb",{},c),eL("span.course-goal",{},d));return eL("div.course-way",{},i,ez(u,()=>t.openLesson(l)),eL("p.course-question",{},l.question))}(e,i)),function(e,t){let{course:o}=e.folder,{componentMap:n,components:s}=o;if(!n)return;r??=s[0];let a=s.map((s,a)=>{let i=o.lessons.filter(e=>e.components.includes(s)).map(o=>{let r=eF(o,e.actions);return r.dataset.key&&(r.dataset.key=`${s} ${o.id}`),eL("li",{},eH(t.get(o.id))," ",r)}),c=eL("details",{...{name:"component","data-part":s,"data-color":String(a)},open:s===r?"":void 0},eL("summary",{"data-key":`component ${s}`},s),eL("p",{},n.about[s]??""),eL("ul",{},...i));return c.addEventListener("toggle",()=>{c.open?r=s:r===s&&(r="")}),c}),i=eL("section.course-components",{"aria-labelledby":"course-components"},eL("h2",{id:"course-components"},n.title),eL("p.course-map-hint",{},t5.tF),(0,t5.Uo)((0,t5._H)(n,s)),eL("div",{},...a));return(0,t5.Qw)(i),i}(e,a)),function(e,t){let{components:o,lessons:r}=e.folder.course,n=r.some(({id:t})=>e.folder.slides.includes(`${t}.html`)),s=(e,t)=>eL("th",{scope:"col",class:t},e),a=[eL("th",{scope:"col"},eN("State")),s("Lesson"),...o.map((e,t)=>{let o=eL("i.course-dot",{"data-color":String(t),"aria-hidden":"true"});return eL("th.course-component",{scope:"col",title:e},eL("span",{},e),o)}),s("Time","course-narrow"),s("Points","course-narrow"),...n?[s("Slides","course-narrow")]:[]],i=on(e.folder.course).map(o=>eL("tbody",{},void 0===o.title?void 0:oh(o.title,a.length),...o.lessons.map(o=>(function(e,t,o,r){var n;let s,a,{folder:i,actions:c,current:l}=t,d=eL("th",{scope:"row"},eF(e,c,e.id===l),eL("span.course-question",{},e.question));return eL("tr",{"data-state":o.state},eL("td.course-state",{},eH(o)),d,...i.course.components.map((t,r)=>(function(e,t,o,r){let{state:n}=r;if(!e.components.includes(t))return eL("td.course-component");let s={"data-state":n,"data-color":String(o),style:eW(r),"aria-hidden":"true"},a=`${t}: ${eB[n]}`;return eL("td.course-component",{title:a},eL("span.course-dot",s),eN(a))})(e,t,r,o)),eL("td.course-narrow",{},(s=Math.floor((n=e.minutes)/60),a=Math.round(n%60),0===s?`${a} min`:0===a?`${s} h`:`${s} h ${a} min`)),eL("td.course-narrow",{},function(e,t){if(0===e.points){let e=eq(t.manualPoints,"point");return eL("span.course-points",{},t.manualPoints>0?`${e} by your instructor`:"")}let{earned:o,points:r}=e,n=`${eP(o)} of ${eq(r,"point")}`;return eL("span.course-points",{},eU(o,r,`Points in ${t.title}`),n)}(o,e),of(e,o)),...r?[eL("td.course-narrow",{},function({id:e,title:t},{folder:o,actions:r}){let n=`${e}.html`;if(o.slides.includes(n))return eL("a",{href:r.addressOf(`slides/${n}`),target:"_blank"},"slides",eN(` of ${t}`))}(e,t))]:[])})(o,e,t.get(o.id),n))));return eL("table.course-map",{},eL("caption",{},"The course, and which part of a model each lesson builds"),eL("thead",{},eL("tr",{},...a)),...i)}(e,a),function({folder:e,actions:t}){let o={path:"helpers.md",title:"Helpers: everything that course offers, on one page",staff:!1},r=[...e.files.includes(o.path)?[o]:[],...e.course.pages],n=({path:e,title:o})=>{let r=eL("a.course-link",{href:t.addressOf(e),"data-key":e},o);return eL("li",{},ez(r,()=>t.openPage(e)))},s=(e,t)=>{let o=r.filter(e=>e.staff===t).map(n);return 0===o.length?[]:[eL("h2",{},e),eL("ul",{},...o)]};return eL("nav.course-pages",{"aria-label":"To read"},...s("To read",!1),...s("For instructors and authors",!0))}(e))]}let oh=(e,t)=>eL("tr.course-part",{},eL("th",{scope:"rowgroup",colspan:String(t)},e)),of=(e,{points:t})=>t>0&&e.manualPoints>0?eL("span.course-by-hand",{},`and ${eP(e.manualPoints)} by your instructor`):void 0,om="course:places",og="course.json",ow="progress.json",ob=(e,t)=>""===e?t:`${e}/${t}`;class ox{contents;state;changed=new ex.Signal(this);folder;#e="";#m={cells:{}};constructor(e,t){this.contents=e,this.state=t}async find(e){if(this.folder)return!0;let t=await this.#g(e);if(!t?.includes(og))return!1;let o=function(e){let t=oa(e);if(!t9(t))return;let o=oe(t.lessons).map(os).filter(({id:e})=>/^[\w-]+$/.test(e));if(0===o.length)return;let r=oe(t.pages).map(({path:e,title:t,staff:o})=>({path:ot(e),title:ot(t),staff:!0===o})),n=or(t.components),s=oe(t.parts).map(({title:e,from:t})=>({title:ot(e),from:ot(t)})).filter(({title:e,from:t})=>e&&t);return{title:ot(t.course)||"The course",about:ot(t.about),components:n,parts:s,lessons:o,pages:r,componentMap:(0,t5.s)(t.componentMap)}}(await this.#w(ob(e,og))??"");return!!o&&(this.#m=function(e){let{last:t,cells:o}=e??{};return{last:"string"==typeof t?t:void 0,cells:Object.fromEntries(("object"==typeof o&&null!==o?Object.entries(o):[]).filter(e=>"string"==typeof e[1]))}}(await this.state?.fetch(om)),this.folder={path:e,course:o,bookmarks:this.#m,...{progress:t7,problem:void 0,files:t,slides:[]}},await this.refresh(),!0)}async refresh(){if(!this.folder)return;let{path:e,course:t}=this.folder,o=await this.#g(e);if(!o)return;let r=o.includes("slides")?await this.#g(ob(e,"slides")):[],n=o.includes(ow)?await this.#w(ob(e,ow)):void 0,s=o.includes(ow)?function(e){let t=oa(e);if(!t9(t)||!t9(t.exercises))return;let o=Object.create(null);for(let[e,r]of Object.entries(t.exercises)){if(!t9(r))continue;let t=oo(r.of),n=t>0?Math.min(1,oo(r.earned)/t):0;o[e]={share:n,passed:!0===r.passed,at:ot(r.at)}}return o}(n??""):t7;this.folder={path:e,course:t,bookmarks:this.#m,progress:s??t7,problem:s?void 0:"progress.json can't be read, so nothing counts as done here. The next check keeps it under another name and starts counting again.",files:o,slides:r??[]},this.#b()}async saveBookmark(e,t){if(!this.folder)return;let{last:o,cells:r}=this.#m,n=t??r[e];if(o===e&&r[e]===n)return;let s=void 0===n?r:{...r,[e]:n};this.#m={last:e,cells:s},this.folder={...this.folder,bookmarks:this.#m},this.#b(),await this.state?.save(om,this.#m)}pathOf(e){return ob(this.folder?.path??"",e)}isThere({id:e}){return this.folder?.files.includes(`${e}.ipynb`)??!1}#b(){let e=JSON.stringify(this.folder);e!==this.#e&&(this.#e=e,this.changed.emit())}async #g(e){try{let{content:t}=await this.contents.get(e,{content:!0});return Array.isArray(t)?t.map(({name:e})=>e):void 0}catch{return}}async #w(e){try{let{content:t}=await this.contents.get(e,{type:"file",format:"text",content:!0});return"string"==typeof t?t:void 0}catch{return}}}let ov=`
body { --course-green: #1e8e5a; --course-on-green: #fff; }
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
.course-row .course-next::after, .course-ending .course-next::after { content: " →"; }
.course-row .course-previous::before { content: "← "; }
.course-ending {
  margin: 4px 0 16px calc(var(--jp-cell-prompt-width) + var(--jp-cell-collapser-width) + 6px);
  box-sizing: border-box; max-width: calc(var(--course-measure, 674px) - 6px); padding: 12px 16px; border: 1px solid var(--jp-border-color2);
  border-radius: 6px; font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.45;
  color: var(--jp-ui-font-color1); background: var(--jp-layout-color1); flex: none;
}
.course-ending .course-next { display: inline-block; }
.course-ending:empty { display: none; }
.course-ending p { margin: 0; }
.course-ending .course-praise { margin: 0 0 6px; font-size: 16px; }
@media (max-width: 700px) {
  .course-row { gap: 8px; }
  .course-row .course-title, .course-row .course-bar { display: none; }
  .course-row .course-previous::after { content: "Previous"; }
  .course-row .course-next::before { content: "Next"; }
}
@media print { .course-row { display: none; } }
`,oy="(max-width: 700px)",ok=(e,t)=>new t4.LabIcon({name:`course:${e}`,svgstr:`<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="${t}"/></svg>`}),oj=ok("home","M12 3 2 12h3v8h6v-6h2v6h6v-8h3z"),oC=ok("lessons","M12 5C10 3.7 7 3.2 3 3.5V19c4-.3 7 .2 9 1.5 2-1.3 5-1.8 9-1.5V3.5c-4-.3-7 .2-9 1.5zm-1 12.3c-1.6-.6-3.6-.9-6-.9V5.4c2.6 0 4.6.4 6 1.2zm8-.9c-2.4 0-4.4.3-6 .9V6.6c1.4-.8 3.4-1.200 6-1.2z"),o$={id:"foundation-models-lab:home",description:"The course's home page, its side panel of lessons, and the way between them",autoStart:!0,requires:[s.INotebookTracker],optional:[t2.ILabShell,t2.ILayoutRestorer,et.ICommandPalette,t6.IStateDB],activate:(e,t,o,r,n,a)=>{let i,c;ed("course-home-style",t5.zI+ov);let l=new ox(e.serviceManager.contents,a),d=new eK(e,l,t),u=l.find(""),p=eA.PageConfig.getOption("treePath")||new URLSearchParams(location.search).get("path")||void 0;if(!function({app:e,store:t}){let o=new t3.Debouncer(()=>t.refresh(),200),r=()=>void o.invoke();s.NotebookActions.executed.connect(r),e.serviceManager.contents.fileChanged.connect(r),document.addEventListener("visibilitychange",()=>{"visible"===document.visibilityState&&r()})}(d),i=new WeakSet,c=e=>void async function(e,t,o){await t.context.ready;let{path:r}=t.context;await e.store.find(r.includes("/")?r.slice(0,r.lastIndexOf("/")):"");let n=e.lessonOf(t);if(!n||t.isDisposed)return;t.contentHeader.addWidget(new eJ(e,"course-row",e=>(function(e,{folder:t,actions:o}){let{previous:r,next:n}=e_(t.course,e),s=eO(e,t.progress,t.bookmarks),a=eL("a.course-home-link",{href:"#","data-key":"home"},"Home"),i=`${s.passed} of ${eq(s.exercises,"exercise")}`;return[r?oc(r,"Previous",o):eL("span"),eL("span.course-middle",{},ez(a,()=>o.openHome()),...s.exercises>0?[eU(s.passed,s.exercises,"Exercises passed"),i]:[]),n?oc(n,"Next",o):eL("span")]})(n,e))),e.changed.emit(),od(e,t,n),t.content.model?.cells.changed.connect(()=>od(e,t,n));let s=e.store.folder?.bookmarks.cells[n.id];void 0!==s&&await eG(t,s),o.add(t),ou(e,t)&&await e.store.saveBookmark(n.id)}(d,e,i),d.tracker.forEach(c),d.tracker.widgetAdded.connect((e,t)=>c(t)),function(e,t){let{store:o,tracker:r}=e,n=new t3.Debouncer(()=>{let n=r.currentWidget,s=n&&t.has(n)&&ou(e,n)?e.lessonOf(n):void 0;if(!n||!s)return;let{activeCellIndex:a,activeCell:i}=n.content;o.saveBookmark(s.id,a>0?i?.model.id:void 0)},500);r.activeCellChanged.connect(()=>void n.invoke()),r.currentChanged.connect(()=>void n.invoke())}(d,i),function(e,t,o,r){let{commands:n}=e.app,s=new et.WidgetTracker({namespace:"course-home"});n.addCommand(eV,{label:"Home",caption:"The map of the course, with your progress",execute:async({behind:o})=>{var r,n;let a;if(!t)return void window.open(eA.PageConfig.getUrl({treePath:e.store.pathOf("README.md")}));let i=s.currentWidget??(r=e,n=t,(a=new eJ(r,"course-home",op)).id="course-home",a.title.label="Home",a.title.icon=oj,a.title.closable=!0,a.node.tabIndex=0,n.add(a,"main",{mode:"tab-before",activate:!1}),a);s.has(i)||await s.add(i),!0!==o&&t.activateById(i.id)}});let[a,i]=["course:next-lesson","course:previous-lesson"];for(let t of(n.addCommand(a,{label:"Next Lesson",execute:()=>oS(e,1)}),n.addCommand(i,{label:"Previous Lesson",execute:()=>oS(e,-1)}),[eV,a,i]))o?.addItem({command:t,category:"Course"});t&&r?.restore(s,{command:eV,args:()=>({behind:!0}),name:()=>"home"})}(d,o,n,r),!o)return;let h=new eJ(d,"course-lessons",oi);h.id="course-lessons",h.title.icon=oC,h.title.caption="Lessons",h.node.tabIndex=-1,o.add(h,"left",{rank:50}),r?.add(h,h.id),e.restored.then(async()=>{void 0!==p&&await async function({commands:e},t,o,r){if(!r.endsWith(".ipynb"))return;let n=[...t.widgets("main")].filter(e=>{let{context:t}=e;return t?.path===r&&!o.find(t=>t===e)});if(0!==n.length){for(let e of n)e.close();await e.execute("docmanager:open",{path:r,factory:"Notebook"})}}(e,o,t,p),await u?await async function(e,t,o,r){let{folder:n}=e.store;if(!n)return;let s=void 0===n.bookmarks.last;if(await e.app.commands.execute(eV,{behind:!0}),s&&!matchMedia(oy).matches&&t.activateById(o.id),r)return;let a=n.course.lessons.find(({id:e})=>e===n.bookmarks.last);a&&e.store.isThere(a)?await e.open(a):t.activateById("course-home")}(d,o,h,void 0!==p):h.dispose(),function(e,t){let o=matchMedia(oy),r={left:!1,right:!1},n=()=>{o.matches&&(e.leftCollapsed||e.collapseLeft(),e.rightCollapsed||e.collapseRight())},s=()=>{var t,s;let a;o.matches?r={left:!e.leftCollapsed,right:!e.rightCollapsed}:(r.left&&e.expandLeft(),r.right&&e.expandRight()),n(),t=e,s=o.matches,(a=[...t.widgets("bottom")].find(({id:e})=>"jp-main-statusbar"===e))&&(s?!a.isHidden:oM)&&(oM=s,a.setHidden(s))};s(),o.addEventListener("change",s),t.currentChanged.connect(n);let a=!1;for(let e of["pointerdown","keydown"])document.addEventListener(e,()=>a=!0,{capture:!0,once:!0});e.layoutModified.connect(()=>{a||n()})}(o,t)})}},oM=!1;async function oS(e,t){let o=e.state(),r=o?.folder.course.lessons??[],n=r[r.findIndex(({id:e})=>e===o?.current)+t];o?.current!==void 0&&n&&await e.open(n)}let oA=`
.course-hover { max-width: 44em; padding: 0.4em 0.7em; font-family: var(--jp-ui-font-family);
  font-size: var(--jp-ui-font-size1); color: var(--jp-ui-font-color1);
  background: var(--jp-layout-color1); }
.course-hover code { display: block; white-space: pre-wrap; font-family: var(--jp-code-font-family);
  font-size: var(--jp-code-font-size); }
.course-hover p { margin: 0.3em 0 0; }
`,oT={id:"foundation-models-lab:hover",description:"Shows the signature of a name under the mouse",autoStart:!0,requires:[s.INotebookTracker],activate:(e,t)=>{ed("course-hover-style",oA),D(t,(e,t)=>{if(!I(e))return;let o=(e,o)=>(async function(e,t,o){let r=t.state.doc.lineAt(o),n=function(e,t){let o=t,r=t;for(;o>0&&j.test(e[o-1]);)o--;for(;r<e.length&&j.test(e[r]);)r++;return o<r&&!/^\d/.test(e[o])?[o,r]:void 0}(r.text,o-r.from);if(!n)return null;let[s,a]=[r.from+n[0],r.from+n[1]],i=await async function(e,t,o){let r=e.sessionContext.session?.kernel;if(r?.status!=="idle")return"";let n=[...t.slice(0,o)].length,{content:s}=await r.requestInspect({code:t,cursor_pos:n,detail_level:0}),a="ok"===s.status&&s.found?s.data["text/plain"]:"";return"string"==typeof a?a:""}(e,t.state.doc.toString(),s);return""===i?null:{pos:s,end:a,above:!0,create:()=>({dom:function(e){let{signature:t,sentence:o}=function(e){let[t="",...o]=e.split("\n\n"),r=o.join("\n\n").replace(/^@[^]*|\n@[^]*/,"").split(/\n\s*\n/)[0].replace(/\s+/g," ").trim(),n=/^.*?[.!?](?=\s+\p{Lu}|$)/u.exec(r)?.[0]??r;return{signature:t.slice(0,600),sentence:n.slice(0,600)}}(e),r=document.createElement("div");r.className="course-hover";let n=document.createElement("code");if(n.textContent=t,r.append(n),""===o)return r;let s=document.createElement("p");return s.textContent=o,r.append(s),r}(i)})}})(t,e,o).catch(()=>null);e.ready.then(()=>{let t=(0,en.hoverTooltip)(o,{hoverTime:350,hideOnChange:!0});O(e)?.dispatch({effects:er.StateEffect.appendConfig.of(t)})})})}},oR=({model:e})=>e.outputs.toJSON().filter(({metadata:e,data:t})=>tO(e)&&!("text/markdown"in t)),oO=`
.course-lesson .jp-OutputArea-child:not(:last-child) > .course-unwritten > .jp-RenderedText pre::after {
  content: " The figure below was drawn beforehand."; }
`;var oI=o(320);let oE="[data-course-task]",oP="[data-course-check]",oq="[data-course-question]",oL="[data-course-written]",oN=`:is(${oE}, ${oq}, ${oL}) .jp-RenderedMarkdown`,oz="[data-course-guess][data-course-fold]:not(:has(.course-guess)) .jp-Placeholder-content",oB="[data-course-guess] .jp-OutputArea-output.course-figure:has(.course-guess)",oD=`${oE} + .jp-CodeCell:not(:has(.jp-OutputArea-child))`,oW=`box-sizing: border-box; border: 1px solid var(--course-card-edge); border-radius: 6px;
  background: color-mix(in srgb, var(--jp-brand-color1) var(--course-card-tint), transparent);`,oH="color-mix(in srgb, var(--course-card-edge) 45%, transparent)",oF=`
.course-lesson { --course-card-pad: 15px; --course-card-left: var(--course-start);
  /* a folded line begins where its bar does */
  --course-fold-start: calc(var(--course-start) + var(--jp-cell-collapser-width));
  --course-card-measure: calc(var(--course-measure) - var(--course-start) - var(--course-card-pad) - 1px); }
.course-lesson ${oN} { ${oW} margin-left: var(--course-card-left);
  padding: 10px var(--course-card-pad); max-width: none; }
.course-lesson ${oN} > * { box-sizing: border-box; max-width: var(--course-card-measure); }
.course-lesson ${oN} > :is(mjx-container, pre, table, details) { max-width: 100%; }
.course-lesson ${oN} > mjx-container[display="true"] { min-width: 0; }
.course-lesson ${oE} .jp-RenderedMarkdown > details { display: inline-block; vertical-align: top;
  margin-right: 6px; }
.course-lesson ${oE} .jp-RenderedMarkdown > details[open] { display: block; margin-right: 0; }
.course-lesson ${oE} details[open] > :is(p, ul, ol) { max-width: var(--course-card-measure); }
.course-lesson ${oE} .jp-RenderedMarkdown > details > summary {
  padding: 2px 8px 2px 6px; margin: 4px 0; }
.course-lesson ${oN} > :last-child { margin-bottom: 0; }
.course-lesson ${oN} > :is(h2, h3) { font-size: 20px; }
.course-lesson ${oN} > :is(h2, h3):first-child { margin-top: 4px; }
.course-lesson ${oN} > :is(h2, h3):first-child + p {
  font-size: 14px; margin-top: 0; color: var(--jp-content-font-color1); }

.course-lesson :is(${oE}, ${oq}) { padding-bottom: 0; }
.course-lesson :is(${oE}, ${oq}) .jp-RenderedMarkdown { border-bottom: 0; border-radius: 6px 6px 0 0; }
.course-lesson ${oE} + .jp-CodeCell, .course-lesson ${oL}.jp-MarkdownCell { padding-top: 0; }
.course-lesson ${oE} + .jp-CodeCell .jp-InputArea-editor { margin-left: var(--course-card-left);
  border-color: ${oH} var(--course-card-edge) var(--course-card-edge); border-radius: 0 0 6px 6px; }
.course-lesson ${oD}:has(+ ${oP}) { padding-bottom: 0; }
.course-lesson ${oD}:has(+ ${oP}) .jp-InputArea-editor { border-bottom: 0; border-radius: 0; }
.course-lesson ${oD} + ${oP} { padding-top: 0; }
.course-lesson ${oD} + ${oP} .jp-InputArea-editor { margin-left: var(--course-card-left);
  border-color: ${oH} var(--course-card-edge) var(--course-card-edge); border-radius: 0 0 6px 6px; }
.course-lesson ${oL} .jp-RenderedMarkdown { min-height: 96px; cursor: text;
  border-top-color: ${oH}; border-radius: 0 0 6px 6px; background: var(--jp-layout-color0); }
.course-lesson ${oL} .jp-RenderedMarkdown:hover { background: var(--jp-layout-color1); }
.course-lesson [data-course-unwritten] .jp-RenderedMarkdown { color: var(--course-quiet); }

.course-lesson .jp-CodeCell[data-course-guess][data-course-fold]:not(:has(.course-guess)) .jp-InputPlaceholder {
  max-width: none; }
.course-lesson ${oz} { ${oW} flex: 1 1 0; min-width: 0; margin-left: var(--course-fold-start);
  padding: 10px var(--course-card-pad) 52px; }
.course-lesson ${oz} .jp-PlaceholderText::before { content: none; }
.course-lesson ${oz} .jp-PlaceholderText { max-width: var(--course-card-measure); color: var(--jp-content-font-color1); font-weight: 600; }
.course-lesson ${oB} { ${oW} padding: 10px var(--course-card-pad); max-width: calc(100% - var(--course-start)) !important; }
.course-lesson ${oB} > * { max-width: var(--course-card-measure); margin-inline: 0; }
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
`,oU=/^\*[^*\n]+\*$/,o_=`
@media (hover: hover) {
  .course-lesson .jp-Cell:not(:hover) .jp-cell-toolbar:not(:focus-within) { opacity: 0; }
}`,oV=`
[data-jp-theme-light="true"] .jp-LabShell { background: var(--jp-layout-color2); }
[data-jp-theme-light="true"] .course-lesson {
  --course-control: #767676; --course-card-edge: #5b8fc7; --course-card-tint: 6%; --course-chip: 9%;
  --jp-content-link-color: #0b5cad; --course-quiet: #616161;
  --jp-mirror-editor-comment-color: #357070; --jp-mirror-editor-bracket-color: #6b6b4d;
  --jp-mirror-editor-atom-color: #5252d4; --jp-mirror-editor-number-color: #007000;
  --jp-mirror-editor-operator-color: #5f6368; --jp-mirror-editor-def-color: #1a3fae; }`,oK=`
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
[data-jp-theme-light="false"] .course-lesson .jp-collapseHeadingButton { filter: brightness(1.7); }`,oG=`
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
${o_}
${oV}
${oK}
`,oJ="data:image/svg+xml;base64,",oY=/[\u0370-\u03ff]/,oX=new Map;function oQ(e){let t=oX.get(e)??async function(e){let t=await fetch(e);if(!t.ok)throw Error(`${e}: ${t.status} ${t.statusText}`);let o=await t.blob();return new Promise((t,r)=>{let n=new FileReader;n.onload=()=>t(n.result),n.onerror=()=>r(n.error??Error(e)),n.readAsDataURL(o)})}(e);return oX.set(e,t),t.catch(()=>oX.delete(e)),t}let oZ=`[${z}]`,o0=e=>{let t=Array.from({length:8},(t,o)=>e+` + ${oZ}`.repeat(o+1));return`:is(${t.join(", ")})`},o1="data-course-answer-more",o2=".jp-Cell:has(.course-guess[data-open])",o6="[data-course-guess]:not(:has(.course-guess))",o4=`:is(${o0(o2)}, ${o0(o6)}).jp-CodeCell`,o3=`${o0(o2)}.jp-MarkdownCell`,o5=`:not(.jp-mod-active, ${oZ}.jp-mod-active ~ [${o1}])`,o8=`${o0(o6)}.jp-MarkdownCell${o5}`,o7=`
.course-lesson { --course-column: 864px; --course-measure: 674px; --course-start: 6px; --course-prompt: 64px;
  --course-math: 110%; --jp-code-font-size: 12.5px;
  --jp-cell-prompt-width: var(--course-prompt);
  --course-page: min(100%, var(--course-column) + var(--course-prompt) + 4 * var(--jp-notebook-padding)); }
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
.course-lesson .jp-OutputArea-output:not(.jp-RenderedText, :has(> .jp-RenderedText, > details > pre)) {
  max-width: calc(min(var(--course-measure), 100%) - var(--course-start)); margin-left: var(--course-start); }
.course-lesson .jp-OutputArea-output.course-wide:not(.jp-RenderedText) {
  max-width: calc(100% - var(--course-start)); }
.course-lesson .jp-OutputArea-output:has(> figure > table, .course-table):not(:has(.course-control), .jp-RenderedText) {
  max-width: calc(100% - var(--course-start)); } /* a table is as wide as its columns need */
.course-lesson .jp-OutputArea-output:has(> figure > table, .course-table) figcaption {
  max-width: calc(var(--course-measure) - var(--course-start)); }
.course-lesson .jp-CodeCell + .jp-MarkdownCell { padding-top: calc(var(--jp-cell-padding) + 8px); }
.course-lesson :is(.course-error, [data-mime-type="application/vnd.jupyter.stderr"]:not(.course-error > *)) { margin-left: var(--course-start); }
.course-lesson .jp-InputArea-editor { margin-left: var(--course-start); }
.course-lesson .jp-RenderedHTMLCommon :not(pre) > code { font-size: 0.9em; border-radius: 3px; box-decoration-break: clone;
  background: color-mix(in srgb, currentcolor var(--course-chip), transparent); }
.course-lesson .jp-OutputArea-output.course-figure { overflow: visible; }
.course-lesson .jp-MarkdownCell .jp-RenderedMarkdown :is(p, li, h1, h2, h3, h4, h5, h6),
.course-lesson .jp-OutputArea-output p { text-wrap: pretty; }
.course-lesson .jp-RenderedMarkdown :is(h1, h2, h3) { line-height: 1.25; }
.course-lesson .jp-RenderedMarkdown :is(h1, h2, h3) { font-weight: 600; }
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
${o4} .jp-OutputArea-output:not(.jp-RenderedText) > * {
  visibility: hidden; height: 0; min-height: 0; overflow: hidden; margin-block: 0; }
${o4} .jp-OutputArea-output:not(.jp-RenderedText)::after {
  content: "Shows after your guess above."; display: block; text-align: center; font-style: italic;
  color: var(--course-quiet); }
:is(${o3}, ${o8}) .jp-RenderedMarkdown > :not(h1, h2, h3) { display: none; }
:is(${o3}, ${o8}) .jp-RenderedMarkdown::before {
  content: "The answer follows your guess above."; display: block; font-style: italic; color: var(--course-quiet); }
${o8} .jp-RenderedMarkdown::before {
  content: "The answer to the question above. Run the question and guess first, or click here to read it."; }
:is(${o3}, ${o8})[${o1}] .jp-RenderedMarkdown::before { display: none; }
@media (max-width: 700px) {
  .course-lesson { --course-prompt: 12px; --jp-notebook-padding: 4px; }
  .course-lesson .jp-InputPrompt, .course-lesson .jp-OutputPrompt { display: none; }
  .course-lesson .jp-OutputArea-child { padding-left: 0; }
  .Toastify__toast-container { width: auto; left: auto; right: 0; max-width: 280px; font-size: 12px; }
}
`,o9="course-joined",re=/^[\u00a0.,;:!?)\]’”][^ \n]*/,rt=/[^ \n]*[\u00a0([‘“]$/;function ro(e){let{previousSibling:t,nextSibling:o,parentElement:r}=e;if(e.hasAttribute("display")||r?.className===o9)return;let n=o instanceof Text&&re.exec(o.data)?.[0],s=t instanceof Text&&rt.exec(t.data)?.[0];if(!n&&!s)return;let a=document.createElement("span");a.className=o9,e.replaceWith(a),a.append(s||"",e,n||""),s&&t.deleteData(t.length-s.length,s.length),n&&o.deleteData(0,n.length)}function rr(e){let t=document.createTreeWalker(e,NodeFilter.SHOW_TEXT);for(;t.nextNode();){let e=t.currentNode,o=(0,el.ot)(e.data);o===e.data||e.parentElement?.closest("pre, code")||(e.data=o)}}let rn=".jp-RenderedHTML > figure",rs={id:"foundation-models-lab:layout",description:"Lays out the course's notebooks for reading",autoStart:!0,requires:[s.INotebookTracker],activate:(e,t)=>{ed("course-layout-style",oG+o7+tR+oF);let o=e=>void e.context.ready.then(()=>{let t,o;return!e.isDisposed&&(t=!1,o=()=>{t||(t=!0,queueMicrotask(()=>{t=!1,e.isDisposed||function({content:e}){let t=e.widgets.map(e=>({isCode:I(e),source:e.model.sharedModel.getSource()})),o=(0,tT.TK)(t),r=(0,tT.rW)(t,o);e.widgets.forEach(({node:e},n)=>{let{isCode:s,source:a}=t[n];e.toggleAttribute("data-course-guess",s&&(0,tT.zy)(a)),e.toggleAttribute(z,void 0!==o[n]),e.toggleAttribute(o1,r.has(n))})}(e)}))},void(e.content.modelContentChanged.connect(o),o()))});t.widgetAdded.connect((e,t)=>o(t)),t.forEach(o);let r=new WeakSet;D(t,(e,t)=>{if(r.has(t)||(r.add(t),!function({content:e}){let t=new MutationObserver(e=>{for(let{addedNodes:o}of e)for(let e of o)if(e instanceof HTMLElement){if(e.matches(".jp-RenderedMarkdown, .jp-RenderedMarkdown *")){rr(e);for(let t of e.querySelectorAll("code"))(t.textContent?.length??0)<=28&&!t.closest("pre")&&t.classList.add(o9);for(let t of e.querySelectorAll(`img[src^="${oJ}"]`)){let e=Uint8Array.from(atob(t.src.slice(oJ.length)),e=>e.charCodeAt(0));(async function(e){let t=[t0(tX,await oQ(tY),tZ,"unicode-range: U+0-B1, U+B4-B8, U+BA-2FF, U+2000-206F, U+20AC, U+2122, U+2190-21FF, U+2212, U+25B2-25CF")];return oY.test(e)&&t.push(t0(tX,await oQ(tG),tZ,"unicode-range: U+370-3FF")),e.replace(/<svg[^>]*>/,e=>`${e}<style>${t.join(" ")} :not([font-family*="mono"]) { font-family: "Inter", sans-serif; }</style>`)})(new TextDecoder().decode(e)).then(e=>t.src=`data:image/svg+xml,${encodeURIComponent(e)}`,e=>console.warn("A drawing keeps another font.",e))}}var t=e.closest(".jp-RenderedHTML")??e;for(let e of t.querySelectorAll(`${rn} > figcaption > strong:only-child`)){let t=e.parentElement;t.style.fontWeight="600",(0,el.Sd)(t,e.textContent)}for(let e of t.querySelectorAll(`${rn} > table`))rr(e),(0,el.IV)(e.querySelectorAll("td"));(e.matches("mjx-container")?[e]:e.querySelectorAll("mjx-container")).forEach(ro)}});t.observe(e.node,{childList:!0,subtree:!0}),e.disposed.connect(()=>t.disconnect())}(t)),I(e)){let t;t=()=>{let t=void 0!==tI(e);e.node.toggleAttribute("data-course-preview",t),t&&e.node.setAttribute("data-course-previewed","")},e.model.outputs.changed.connect(t),t(),function({model:e,node:t}){let o=()=>{let{executionCount:o,executionState:r}=e;t.toggleAttribute("data-course-unrun",null===o&&"idle"===r)};e.stateChanged.connect(o),o()}(e)}let{role:o}=R(e);"exercise"===o&&function({content:{widgets:e}},t){let o=e[e.indexOf(t)-1];o instanceof oI.MarkdownCell&&(o.node.setAttribute("data-course-task",""),o.showEditorForReadOnly=!1)}(t,e),"check"===o&&e.node.setAttribute("data-course-check",""),"written"===o&&function({content:{widgets:e}},t){t.node.setAttribute("data-course-written","");let o=e[e.indexOf(t)-1];o instanceof oI.MarkdownCell&&o.node.setAttribute("data-course-question",""),function({model:e,node:t}){let o=()=>t.toggleAttribute("data-course-unwritten",oU.test(e.sharedModel.getSource().trim()));e.contentChanged.connect(o),o()}(t)}(t,e)})}},ra=`
.course-colored-name, .course-colored-name * { color: var(--course-letter) !important; }
[data-jp-theme-light="false"] :is(.course-colored-name, .course-colored-name *) {
  color: rgb(from var(--course-letter) calc(1.7 * r) calc(1.7 * g) calc(1.7 * b)) !important; }
`,ri=/^(VariableName|VariableDefinition|PropertyName|PropertyDefinition)$/;function rc(e,t){let o=[];(0,eo.syntaxTree)(e).iterate({enter({type:t,from:r,to:n}){n-r==1&&ri.test(t.name)&&o.push({from:r,to:n,name:e.sliceDoc(r,n)})}});let r=(0,el.cG)(new Set(o.map(({name:e})=>e)),t),n=new er.RangeSetBuilder;for(let{from:e,to:t,name:s}of o){let o=r.get(s);if(!o)continue;let a={style:`--course-letter: ${o}`};n.add(e,t,en.Decoration.mark({class:"course-colored-name",attributes:a}))}return n.finish()}let rl={id:"foundation-models-lab:letters",description:"Colors letters that have one color all through the course",autoStart:!0,requires:[s.INotebookTracker],optional:[tA.ISettingRegistry],activate:(e,t,o)=>{let r,n,s,a;ed("course-letters-style",ra),eh(o,"colorLetters",(r=new er.Compartment,n=!0,s=e=>{var t;let o,r=(t=e.content.model?.getMetadata("course"),"object"!=typeof(o=t?.colors)||null===o?{}:Object.fromEntries(Object.entries(o).filter(([e,t])=>/^[a-z]$/.test(e)&&/^#[0-9a-f]{6}$/.test(String(t)))));return n&&Object.keys(r).length>0?en.ViewPlugin.fromClass(class{decorations;constructor({state:e}){this.decorations=rc(e,r)}update({docChanged:e,startState:t,state:o}){(e||(0,eo.syntaxTree)(t)!==(0,eo.syntaxTree)(o))&&(this.decorations=rc(o,r))}},{decorations:({decorations:e})=>e}):[]},a=e=>{for(let t of e.content.widgets){let o=I(t)?O(t):void 0;o&&void 0!==r.get(o.state)&&o.dispatch({effects:r.reconfigure(s(e))})}},D(t,(e,t)=>{I(e)&&e.ready.then(()=>{let o=r.of(s(t));O(e)?.dispatch({effects:er.StateEffect.appendConfig.of(o)})})}),e=>{e!==n&&(n=e,t.forEach(a))}))}},rd={id:"foundation-models-lab:saves",description:"Saves a notebook once at a time",autoStart:!0,requires:[s.INotebookTracker],activate:(e,t)=>{t.widgetAdded.connect((e,{context:t})=>{var o;let r;o=t.save.bind(t),r=Promise.resolve(),t.save=()=>{let e=r.then(o,o);return r=e,e}})}},ru=`
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
`,rp=e=>e.model.sharedModel.getSource().trim();function rh({exercise:e,check:t,checkedSource:o}){if(!e||!t)return;let r=L(t).some(({data:e})=>c.O in e)&&void 0!==o&&o!==rp(e),{dataset:n}=t.outputArea.node;r?n.courseStale="From before your last edit. Run your cell, then the check.":delete n.courseStale}let rf=(e,t)=>t?`You have written ${e}: run this cell again to draw your own figure. The one below was drawn beforehand.`:`You have written ${e}: run this cell again.`,rm={id:"foundation-models-lab:stale",description:"Says which results are from before an edit",autoStart:!0,requires:[s.INotebookTracker],activate:(e,t)=>{ed("course-stale-style",ru);let o=new WeakMap;D(t,(e,t)=>{let{role:r,name:n}=R(e);if(!I(e)||!["exercise","check"].includes(r))return;let s=o.get(t)??new Map;o.set(t,s);let a=s.get(n)??{};s.set(n,a),"check"===r?(a.check=e,e.model.outputs.changed.connect(()=>rh(a))):(a.exercise=e,a.checkedSource??=rp(e),e.model.contentChanged.connect(()=>rh(a)))}),s.NotebookActions.executionScheduled.connect((e,{notebook:r,cell:n})=>{let s=t.find(({content:e})=>e===r),a=s&&o.get(s)?.get(R(n).name);a&&a.exercise&&(n===a.exercise&&(a.ranSource=rp(a.exercise)),n===a.check&&(a.checkedSource=a.ranSource??rp(a.exercise),rh(a)))}),s.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:r})=>{let{role:n,name:s}=R(o);r&&"exercise"===n&&I(o)&&void 0===tn(o)&&function({widgets:e},t){for(let o of e){if(!I(o)||!P(o).some(e=>$(e)===t))continue;let{outputs:e}=o.model,{dataset:r}=o.outputArea.node;if(void 0!==r.courseStale)continue;r.courseStale=rf(t,e.length>1);let n=()=>{delete r.courseStale,e.changed.disconnect(n)};e.changed.connect(n)}}(t,s)})}},rg={id:"foundation-models-lab:theme",description:"Applies a chosen theme at the first click",autoStart:!0,requires:[et.IThemeManager],activate:({commands:e},t)=>{let o;e.commandExecuted.connect((e,{id:r,args:n,result:s})=>{let{theme:a}=n;"apputils:change-theme"!==r||"string"!=typeof a||(o=a,a!==t.theme&&t.isToggledAdaptiveTheme()&&s.then(async()=>{await async function(e){for(let t=0;t<25;t++)if(await new Promise(e=>setTimeout(e,400)),null===document.getElementById("jupyterlab-splash")&&!e.isToggledAdaptiveTheme())return}(t),o===a&&t.theme!==a&&await t.setTheme(a)}))})}},rw="course-unwritten-line",rb=`
.course-lesson .${rw} { box-sizing: border-box; padding: 6px 12px; font-size: 14px; line-height: 1.5;
  font-family: var(--jp-content-font-family); color: var(--jp-content-font-color1);
  margin: 0 0 0 calc(var(--jp-cell-collapser-width) + var(--course-prompt) + var(--course-card-left));
  border: 1px solid var(--course-card-edge); border-top-color: ${oH}; border-bottom: none;
  background: var(--jp-layout-color0); }
`,rx={async react(e,...t){try{await (await async function(){n??=o.e(939).then(o.t.bind(o,544,23)).then(e=>e.default);try{return await n}catch(e){throw n=void 0,e}}()).react(e,...t)}catch(t){throw e.textContent="The chart can't be drawn: its program could not be loaded. Is there a network?",t}},purge(e){n?.then(({purge:t})=>{t(e)})}};class rv extends i.Widget{drawInto;#e;#x=(function(e){let t=new MutationObserver(e);return t.observe(document.body,{attributeFilter:["data-jp-theme-light"]}),()=>{t.disconnect()}})(()=>this.#e?.redraw());constructor(e,t){super(),this.drawInto=e,this.addClass("course-figure"),X(this.node,t)}renderModel(e){return this.toggleClass("course-wide",(0,el.JN)(e.data)>=3),this.#e=this.drawInto(this.node,e,this.#e),Promise.resolve()}dispose(){this.#x(),this.#e?.remove(),super.dispose()}}let ry=(e,t,o)=>({safe:!0,mimeTypes:[t],createRenderer:()=>(ed("course-views-style",el.Y),new rv(o,e))}),rk="application/vnd.plotly.v1+json",rj={id:"foundation-models-lab:figures",description:"Draws the course's charts",autoStart:!0,requires:[a.IRenderMimeRegistry],activate:(e,t)=>{e.started.then(()=>t.addFactory(ry(e,rk,(e,{data:t},o)=>{let r=(0,el.VR)(t[rk]);if(r)if(!o)return(0,el.$2)(rx,e,r,{dark:eu});else o.update(r);else e.textContent=String(t["text/plain"]??"");return o}),0))}},rC=new Set(["restarting","autorestarting","terminating","dead"]),r$={send:()=>void 0,close:()=>void 0},rM="application/vnd.course.view.v1+json",rS=(e,t)=>ry(e,rM,(e,{data:o},r)=>{let n=o[rM],s=(0,el.Ml)(n);return r&&s&&r.update(s)?r:(r?.remove(),(0,el.qt)(e,n,{plotly:rx,dark:eu,kernel:t,memory:el.eg}))}),rA=[e8,te,tv,tC,rj,tS,tU,{id:"foundation-models-lab:fonts",description:"Brings the fonts of the course",autoStart:!0,activate:()=>{for(let e of(ed("course-fonts",`
${t0(tX,tY,tZ,"unicode-range: U+0-B1, U+B4-B8, U+BA-2FF, U+2000-206F, U+20AC, U+2122, U+2190-21FF, U+2212, U+25B2-25CF")}
${t0(tX,tJ,tZ,"font-style: italic")}
${t0(tX,tG,tZ,"unicode-range: U+370-3FF")}
${t0(tQ,tV,"font-weight: 400")}
${t0(tQ,t_,"font-weight: 400","font-style: italic")}
${t0(tQ,tK,"font-weight: 700")}
body {
  --jp-ui-font-family: "${tX}", system-ui, sans-serif;
  --jp-content-font-family: var(--jp-ui-font-family);
  --jp-code-font-family: "${tQ}", ui-monospace, monospace;
  font-family: var(--jp-ui-font-family); }
.cm-editor, pre, code { font-variant-ligatures: none; } /* => and !== as a reader types them */
`),t1))document.fonts.load(e).catch(t=>console.warn(`The font ${e} could not be loaded.`,t))}},o$,oT,{id:"foundation-models-lab:kept-figures",description:"Keeps figures that were drawn beforehand until a run draws them",autoStart:!0,activate:e=>{ed("course-kept-style",oO);let t=new WeakMap;s.NotebookActions.executionScheduled.connect((e,{cell:o})=>{I(o)&&t.set(o,oR(o))}),s.NotebookActions.executed.connect((e,{cell:o,success:r})=>{if(!r&&I(o)&&q(o)&&!(oR(o).length>0))for(let e of t.get(o)??[])o.model.outputs.add(e)})}},rs,rl,rd,tj,rm,G,rg,{id:"foundation-models-lab:unwritten",description:"Says below an exercise's cell that ran that it isn't written yet",autoStart:!0,activate:()=>{ed("course-unwritten-style",rb),s.NotebookActions.executed.connect((e,{notebook:t,cell:o,success:r})=>{I(o)&&function({model:e,node:t},o,r){(({node:e})=>e.querySelector(`:scope > .${rw}`))(o)?.remove();let n=r?tn(o):void 0,s=null!==e&&to(e);void 0!==n&&!s&&t.closest(`.${B}`)&&function(e,t){let o=document.createElement("div");o.className=rw,o.role="status",e.node.querySelector(":scope > .jp-Cell-inputWrapper")?.after(o),o.textContent=`${t} is defined but not written yet: put your code in place of the line that throws, then run the check below.`;let{contentChanged:r}=e.model,n=()=>{o.isConnected&&void 0!==tn(e)||(o.remove(),r.disconnect(n))};r.connect(n)}(o,n)}(t,o,r)})}},{id:"foundation-models-lab:views",description:"Draws the course's views, and links them to the notebook's kernel",autoStart:!0,requires:[a.IRenderMimeRegistry],activate:(e,t)=>{t.addFactory(rS(e),-1),e.docRegistry.addWidgetExtension("Notebook",{createNew({content:t,sessionContext:o}){t.rendermime.addFactory(rS(e,{open:(e,t)=>(function(e,t,o){let r=e.session?.kernel;if(!r?.handleComms||rC.has(r.status))return o.closed(),r$;let n=r.createComm("course.control");return n.onMsg=({content:e})=>{let t;(t=e.data,t?.ready===!0)?o.ready():o.received(e.data)},n.onClose=()=>{o.closed()},n.open(t),{send(e){n.send(e)},close(){n.onClose=()=>void 0,n.isDisposed||r.isDisposed||n.close()}}})(o,e,t),onChange:e=>{let t,r;return t=!1,r=(o,r)=>{let n=rC.has(r);n!==t&&(t=n,e())},o.kernelChanged.connect(e),o.statusChanged.connect(r),()=>{o.kernelChanged.disconnect(e),o.statusChanged.disconnect(r)}}}),-1)}})}}]}}]);