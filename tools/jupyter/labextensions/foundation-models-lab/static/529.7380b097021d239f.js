"use strict";(self.rspackChunkfoundation_models_lab=self.rspackChunkfoundation_models_lab||[]).push([[529],{936(e,t,o){o.r(t),o.d(t,{default:()=>ev});var s=o(755),n=o(660),r=o(779),i=o.n(r),a=o(398);let c="course-views-style",d=()=>"false"===document.body.dataset.jpThemeLight;function l(){if(document.getElementById(c))return;let e=document.createElement("style");e.id=c,e.textContent=a.Y,document.head.append(e)}function u(e){let t=new MutationObserver(e);return t.observe(document.body,{attributeFilter:["data-jp-theme-light"]}),()=>{t.disconnect()}}let p="application/vnd.plotly.v1+json";class h extends n.Widget{#e;#t=u(()=>this.#e?.redraw());constructor(){super(),this.addClass("course-figure")}renderModel(e){let t=(0,a.VR)(e.data[p]);for(let o of(t?this.#e?this.#e.update(t):this.#e=(0,a.$2)(i(),this.node,t,{dark:d}):this.node.textContent=String(e.data["text/plain"]??""),this.node.querySelectorAll("input, button")))o.dataset.lmSuppressShortcuts="true";return Promise.resolve()}dispose(){this.#t(),this.#e?.remove(),super.dispose()}}let f={safe:!0,mimeTypes:[p],createRenderer:()=>(l(),new h)},m={id:"foundation-models-lab:figures",description:"Draws the course's charts",autoStart:!0,requires:[s.IRenderMimeRegistry],activate:(e,t)=>{e.started.then(()=>t.addFactory(f,0))}};var g=o(647),w=o(656),x=o(267),b=o(444),v=o(324),y=o(500),k=o(401);function $(e,t={},...o){let[s,...n]=e.split("."),r=document.createElement(s);for(let[e,o]of(n.length>0&&r.classList.add(...n),Object.entries(t)))void 0!==o&&r.setAttribute(e,o);return r.append(...o.filter(e=>void 0!==e)),r}let j=e=>$("span.course-spoken",{},e);function C(e,t){return e.addEventListener("click",e=>{e.ctrlKey||e.metaKey||e.shiftKey||0!==e.button||(e.preventDefault(),t())}),e}let O="course:home";class S{app;store;tracker;changed=new k.Signal(this);actions={openLesson:(e,t)=>void this.open(e,t),openPage:e=>void this.#o(e),openHome:()=>void this.app.commands.execute(O),addressOf:e=>{var t;return(t=this.store.pathOf(e)).endsWith(".html")?x.URLExt.join(x.PageConfig.getBaseUrl(),"files",x.URLExt.encodeParts(t)):x.PageConfig.getUrl({treePath:t})},isThere:e=>this.store.isThere(e)};constructor(e,t,o){this.app=e,this.store=t,this.tracker=o,t.changed.connect(()=>this.changed.emit()),o.currentChanged.connect(()=>this.changed.emit())}scene(){let{known:e}=this.store,{currentWidget:t}=this.tracker,o=t?this.lessonOf(t)?.id:void 0;return e&&{known:e,actions:this.actions,current:o}}lessonOf({content:e}){let t=e.model?.getMetadata("course"),o=t?.lesson;return this.store.known?.course.lessons.find(e=>e.id===o)}async open(e,t){let o=this.store.pathOf(`${e.id}.ipynb`);await this.app.commands.execute("docmanager:open",{path:o,factory:"Notebook"});let s=this.tracker.find(({context:e})=>e.path===o);s&&void 0!==t&&await T(s,t)}async #o(e){let[t,o]=e.split("#"),s=this.store.pathOf(t),{content:n}=await this.app.commands.execute("docmanager:open",{path:s,factory:"Markdown Preview"})??{};void 0!==o&&n?.setFragment?.(`#${o}`)}}async function T(e,t){await e.context.ready,await e.revealed;let{content:o}=e,s=o.widgets.findIndex(({model:e})=>e.id===t);s<0||(o.deselectAll(),o.activeCellIndex=s,o.scrollToItem(s,"start"))}class z extends n.Widget{#s;#n;constructor(e,t,o){super(),this.addClass(t),this.#s=e,this.#n=o,e.changed.connect(this.update,this),this.update()}onUpdateRequest(){let e=this.#s.scene();!function(e,...t){let o=document.activeElement,s=o instanceof HTMLElement&&e.contains(o)?o.dataset.key:void 0;e.replaceChildren(...t),void 0!==s&&e.querySelector(`[data-key="${CSS.escape(s)}"]`)?.focus()}(this.node,...e?this.#n(e):[])}onAfterAttach(){this.update()}onActivateRequest(){this.node.contains(document.activeElement)||this.node.focus()}dispose(){this.#s.changed.disconnect(this.update,this),super.dispose()}}function P(e,t){return e?"done":t?"begun":"new"}let I=e=>e.reduce((e,t)=>e+t,0);function L(e,t,o){let{exercises:s}=e,n=s.filter(({name:e})=>t[e]?.passed).length,r=s.some(({name:e})=>void 0!==t[e]);return{state:P(s.length>0&&n===s.length,r||Object.hasOwn(o.cells,e.id)),passed:n,exercises:s.length,earned:I(s.map(({name:e,points:o})=>o*(t[e]?.share??0))),points:I(s.map(({points:e})=>e))}}function M(e){let t=t=>I(e.map(e=>e[t])),o=e.filter(({exercises:e})=>e>0);return{state:P(o.length>0&&o.every(({state:e})=>"done"===e),e.some(({state:e})=>"new"!==e)),passed:t("passed"),exercises:t("exercises"),earned:t("earned"),points:t("points")}}let q=e=>String(Math.round(10*e)/10),A=(e,t)=>`${q(e)} ${t}${1===e?"":"s"}`,E={new:"not begun",begun:"begun",done:"done"},H=({id:e})=>/^\d+/.exec(e)?.[0]??"";function W(e){let t=$("span.course-tick",{"data-state":e,"aria-hidden":"true"});return $("span",{title:E[e]},t,j(E[e]))}function R(e,t,o=!1){let s=H(e),n=[...s?[$("span.course-number",{},s)," "]:[],$("span.course-title",{},e.title)];if(!t.isThere(e)){let e=$("span.course-note",{},"not in your folder; npm start puts it back");return $("span.course-missing",{},...n," ",e)}return C($("a.course-link",{href:t.addressOf(`${e.id}.ipynb`),"data-key":e.id,"aria-current":o?"page":void 0},...n),()=>t.openLesson(e))}function D(e,t){if(0===e.points)return $("span.course-points",{},t.byHand>0?`${A(t.byHand,"point")} by hand`:"");let{earned:o,points:s}=e,n=`${q(o)} of ${q(s)}`;return $("span.course-points",{},N(e,`Points in ${t.title}`),n)}function N({earned:e,points:t},o){return $("progress.course-bar",{value:String(e),max:String(t),"aria-label":o})}function B({lessons:e},{id:t}){let o=e.findIndex(e=>e.id===t);return{previous:e[o-1],next:e[o+1]}}function U(e,t,o){let s=`${H(e)} ${e.title}`.trim();if(!o.isThere(e))return $("span");let n={href:o.addressOf(`${e.id}.ipynb`),"data-key":t,title:`${t}: ${s}`},r=$("span.course-title",{},s);return C($(`a.course-${"Next"===t?"next":"previous"}`,n,j(`${t}: `),r),()=>o.openLesson(e))}let F=new WeakSet;function V(e,t,o){let s=t.content.widgets.find(({model:e})=>"lesson-end"===e.id);!s||F.has(s)||(F.add(s),s.ready.then(()=>{if(s.isDisposed)return;let t=new z(e,"course-ending",e=>(function(e,{known:t,actions:o}){let s=L(e,t.progress,t.places);if(0===s.exercises)return[];if("done"!==s.state){var n,r,i,a,c;let d,l,u=e.exercises.filter(({name:e})=>!t.progress[e]?.passed);return[$("p",{},(n=u,d=(r=s.exercises)-n.length,l=1===n.length?"is":"are",`${d} of ${A(r,"exercise")} passed; still open ${l} `),...(i=u,a=e,c=o,i.flatMap(({name:e,gradeId:t},o)=>{let s=$("a.course-link",{href:c.addressOf(`${a.id}.ipynb`),"data-key":t},e),n=o<i.length-1?", ":".";return[C(s,()=>c.openLesson(a,t)),n]})))]}let{next:d}=B(t.course,e),l=1===s.exercises?"the exercise":`all ${s.exercises} exercises`,u=`You passed ${l} of ${e.title}: ${q(s.earned)} of ${A(s.points,"point")}. Well done!`,p=d&&o.isThere(d)?U(d,"Next",o):void 0;return[$("p.course-praise",{},u),...p?[p]:[]]})(o,e));t.node.dataset.lmSuppressShortcuts="true",s.layout.addWidget(t)}))}function _(e){let{course:t,progress:o,places:s,trouble:n}=e.known,r=t.lessons.map(e=>L(e,o,s)),i=M(r);return[$("div.course-page",{},$("h1",{},t.title),function({known:{course:e}},t){let o=Math.round(e.lessons.map(({minutes:e})=>e).reduce((e,t)=>e+t,0)/60),s=$("p.course-facts",{},[A(e.lessons.length,"lesson"),A(t.exercises,"exercise"),`about ${A(o,"hour")}`].join(" \xb7 "));if("new"===t.state)return s;let n=`${t.passed} of ${A(t.exercises,"exercise")} passed, ${q(t.earned)} of ${A(t.points,"point")}`;return $("div",{},s,$("p.course-so-far",{},N(t,"Points in the course"),n))}(e,i),...n?[$("p.course-trouble",{role:"alert"},n)]:[],function({known:e,actions:t},o){let{course:s,progress:n,places:r}=e,i=function({lessons:e},t,o,s){let n=(e,s)=>L(e,t,o).state===s,r=e=>s(e)&&!n(e,"done");if(e.every(e=>n(e,"new"))){let t=e.find(s);return t&&{verb:"Start",lesson:t}}let i=function(e,t,o){let s=e.find(({id:e})=>e===o.last);if(s)return s;let n=({exercises:e})=>e.map(({name:e})=>t[e]?.at??"").reduce((e,t)=>e>t?e:t,""),[r]=[...e].sort((e,t)=>n(e)<n(t)?1:-1);return r&&""!==n(r)?r:void 0}(e,t,o);if(i&&r(i))return{verb:"Go on where you stopped",lesson:i};let a=[...e.slice(e.indexOf(i)+1),...e].find(r);return a&&{verb:"Go on with the next lesson",lesson:a}}(s,n,r,e=>t.isThere(e)),a="done"===o.state?$("p.course-praise",{},"You have passed every exercise of the course. Well done!"):void 0;if(!i)return $("div.course-way",{},a);let{verb:c,lesson:d}=i,l=`${H(d)} ${d.title}`.trim(),u=$("a.course-go",{href:t.addressOf(`${d.id}.ipynb`),"data-key":"go"},$("span.course-verb",{},c),$("span.course-goal",{},l));return $("div.course-way",{},a,C(u,()=>t.openLesson(d)),$("p.course-question",{},d.question))}(e,i),function({known:e,actions:t,current:o},s){let{components:n,lessons:r}=e.course,i=r.some(({id:t})=>e.slides.includes(`${t}.html`)),a=(e,t)=>$("th",{scope:"col",class:t},e),c=[$("th",{scope:"col"},j("State")),a("Lesson"),...n.map(e=>$("th",{scope:"col",class:"course-component"},$("span",{},e))),a("Time","course-narrow"),a("Points","course-narrow"),...i?[a("Slides","course-narrow")]:[]],d=r.map((r,a)=>{var c;let d,l,u=s[a],p=$("th",{scope:"row"},R(r,t,r.id===o),$("span.course-question",{},r.question));return $("tr",{"data-state":u.state},$("td.course-state",{},W(u.state)),p,...n.map(e=>(function(e,t,{state:o}){if(!e.components.includes(t))return $("td.course-component");let s=$("span.course-dot",{"data-state":o,"aria-hidden":"true"}),n=`${t}: ${E[o]}`;return $("td.course-component",{title:n},s,j(n))})(r,e,u)),$("td.course-narrow",{},(d=Math.floor((c=r.minutes)/60),l=Math.round(c%60),0===d?`${l} min`:0===l?`${d} h`:`${d} h ${l} min`)),$("td.course-narrow",{},D(u,r),K(r,u)),...i?[$("td.course-narrow",{},function({id:e,title:t},{known:o,actions:s}){let n=`${e}.html`;if(o.slides.includes(n))return $("a",{href:s.addressOf(`slides/${n}`),target:"_blank"},"slides",j(` of ${t}`))}(r,{known:e,actions:t,current:o}))]:[])});return $("table.course-map",{},$("caption",{},"The course, and which part of a model each lesson builds"),$("thead",{},$("tr",{},...c)),$("tbody",{},...d))}(e,r),function({known:e,actions:t}){let o={path:"helpers.md",title:"Helpers: all that course offers, on one page"},s=[...e.files.includes(o.path)?[o]:[],...e.course.pages].map(({path:e,title:o})=>{let s=$("a.course-link",{href:t.addressOf(e),"data-key":e},o);return $("li",{},C(s,()=>t.openPage(e)))});return $("nav.course-pages",{"aria-label":"To read"},$("h2",{},"To read"),$("ul",{},...s))}(e))]}let K=(e,{points:t})=>t>0&&e.byHand>0?$("span.course-by-hand",{},`and ${q(e.byHand)} by hand`):void 0;function Y({known:e,actions:t,current:o}){let{course:s,progress:n,places:r,trouble:i}=e,a=s.lessons.map(e=>L(e,n,r)),c=M(a),d=$("a.course-home-link",{href:"#","data-key":"home"},"Home"),l=s.lessons.map((e,s)=>$("li",{class:e.id===o?"course-current":void 0},W(a[s].state),R(e,t,e.id===o),D(a[s],e))),u=`${q(c.earned)} of ${A(c.points,"point")}`;return[C(d,()=>t.openHome()),$("p.course-so-far",{},N(c,"Points in the course"),u),...i?[$("p.course-trouble",{},i)]:[],$("nav",{"aria-label":"Lessons"},$("ol",{},...l))]}var G=o(906);let J=(e,t)=>new G.LabIcon({name:`course:${e}`,svgstr:`<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="${t}"/></svg>`}),Q=J("home","M12 3 2 12h3v8h6v-6h2v6h6v-8h3z"),X=J("lessons","M12 5C10 3.7 7 3.2 3 3.5V19c4-.3 7 .2 9 1.5 2-1.3 5-1.8 9-1.5V3.5c-4-.3-7 .2-9 1.5zm-1 12.3c-1.6-.6-3.6-.9-6-.9V5.4c2.6 0 4.6.4 6 1.2zm8-.9c-2.4 0-4.4.3-6 .9V6.6c1.4-.8 3.4-1.200 6-1.2z"),Z=Object.freeze(Object.create(null)),ee=e=>"object"==typeof e&&null!==e&&!Array.isArray(e),et=e=>Array.isArray(e)?e.filter(ee):[],eo=e=>"string"==typeof e?e:"",es=e=>"number"==typeof e&&e>0&&e<1e6?e:0,en=e=>Array.isArray(e)?e.map(eo).filter(Boolean):[];function er(e){let t=eo(e.id),o=et(e.exercises).map(({name:e,points:t,gradeId:o})=>({name:eo(e),points:es(t),gradeId:eo(o)}));return{id:t,title:eo(e.title)||t,question:eo(e.question),minutes:es(e.minutes),components:en(e.components),exercises:o,byHand:et(e.written).reduce((e,{points:t})=>e+es(t),0)}}function ei(e){try{return JSON.parse(e)}catch{return}}let ea="course:places",ec="course.json",ed="progress.json",el=(e,t)=>""===e?t:`${e}/${t}`;class eu{contents;state;changed=new k.Signal(this);known;#r="";#i={cells:{}};constructor(e,t){this.contents=e,this.state=t}async find(e){if(this.known)return!0;let t=await this.#a(e);if(!t?.includes(ec))return!1;let o=function(e){let t=ei(e);if(!ee(t))return;let o=et(t.lessons).map(er).filter(({id:e})=>/^[\w-]+$/.test(e));if(0===o.length)return;let s=et(t.pages).map(({path:e,title:t})=>({path:eo(e),title:eo(t)})),n=en(t.components);return{title:eo(t.course)||"The course",components:n,lessons:o,pages:s}}(await this.#c(el(e,ec))??"");return!!o&&(this.#i=function(e){let{last:t,cells:o}=e??{};return{last:"string"==typeof t?t:void 0,cells:Object.fromEntries(("object"==typeof o&&null!==o?Object.entries(o):[]).filter(e=>"string"==typeof e[1]))}}(await this.state?.fetch(ea)),this.known={folder:e,course:o,places:this.#i,...{progress:Z,trouble:void 0,files:t,slides:[]}},await this.refresh(),!0)}async refresh(){if(!this.known)return;let{folder:e,course:t}=this.known,o=await this.#a(e);if(!o)return;let s=o.includes("slides")?await this.#a(el(e,"slides")):[],n=o.includes(ed)?await this.#c(el(e,ed)):void 0,r=o.includes(ed)?function(e){let t=ei(e);if(!ee(t)||!ee(t.exercises))return;let o=Object.create(null);for(let[e,s]of Object.entries(t.exercises)){if(!ee(s))continue;let t=es(s.of),n=t>0?Math.min(1,es(s.earned)/t):0;o[e]={share:n,passed:!0===s.passed,at:eo(s.at)}}return o}(n??""):Z;this.known={folder:e,course:t,places:this.#i,progress:r??Z,trouble:r?void 0:"progress.json can't be read, so nothing counts as done here. The next check keeps it under another name and starts counting again.",files:o,slides:s??[]},this.#d()}async remember(e,t){if(!this.known)return;let{last:o,cells:s}=this.#i,n=t??s[e];if(o===e&&s[e]===n)return;let r=void 0===n?s:{...s,[e]:n};this.#i={last:e,cells:r},this.known={...this.known,places:this.#i},this.#d(),await this.state?.save(ea,this.#i)}pathOf(e){return el(this.known?.folder??"",e)}isThere({id:e}){return this.known?.files.includes(`${e}.ipynb`)??!1}#d(){let e=JSON.stringify(this.known);e!==this.#r&&(this.#r=e,this.changed.emit())}async #a(e){try{let{content:t}=await this.contents.get(e,{content:!0});return Array.isArray(t)?t.map(({name:e})=>e):void 0}catch{return}}async #c(e){try{let{content:t}=await this.contents.get(e,{type:"file",format:"text",content:!0});return"string"==typeof t?t:void 0}catch{return}}}let ep=`
.course-spoken {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
.course-home, .course-lessons {
  background: var(--jp-layout-color1); color: var(--jp-ui-font-color1);
  font-family: var(--jp-ui-font-family); overflow: auto;
}
.course-home:focus, .course-lessons:focus { outline: none; }
.course-home { container-type: inline-size; font-size: 15px; line-height: 1.45; }
.course-page { max-width: 1080px; margin: 0 auto; padding: 32px 32px 64px; }
.course-home h1 { font-size: 2em; line-height: 1.2; margin: 0 0 8px; font-weight: 600; }
.course-home h2 { font-size: 1.15em; margin: 32px 0 8px; font-weight: 600; }
.course-facts { margin: 0; }
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
.course-bar::-webkit-progress-value { background: #1e8e5a; }
.course-bar::-moz-progress-bar { background: #1e8e5a; }

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

.course-map { border-collapse: collapse; width: 100%; }
.course-map caption { text-align: left; font-weight: 600; font-size: 1.15em; padding: 0 0 8px; }
.course-map th, .course-map td {
  padding: 7px 8px; text-align: left; vertical-align: middle; font-weight: 400;
  border-bottom: 1px solid var(--jp-border-color2);
}
.course-map thead th { vertical-align: bottom; font-size: 0.87em; font-weight: 600; }
.course-map tbody tr:hover { background: var(--jp-layout-color2); }
.course-map .course-question { display: block; font-size: 0.87em; }
.course-map .course-component { text-align: center; padding-inline: 3px; width: 30px; }
.course-map thead .course-component span {
  writing-mode: vertical-rl; transform: rotate(180deg); display: inline-block;
}
.course-narrow { white-space: nowrap; font-size: 0.87em; font-variant-numeric: tabular-nums; }
.course-map .course-points { display: inline-flex; flex-direction: column; gap: 3px; }
.course-map .course-bar { width: 6em; height: 6px; }
.course-by-hand { display: block; }
.course-state { width: 20px; }

.course-tick, .course-dot {
  display: inline-block; box-sizing: border-box; width: 16px; height: 16px; border-radius: 50%;
  border: 2px solid var(--jp-ui-font-color2); vertical-align: -3px; flex: none;
}
.course-dot { border-radius: 4px; border-color: #5b8fc7; background: #5b8fc738; }
.course-tick[data-state="begun"] {
  border-color: #1e8e5a; background: linear-gradient(90deg, #1e8e5a 50%, transparent 50%);
}
.course-dot[data-state="begun"] {
  border-color: #1e8e5a; background: linear-gradient(0deg, #1e8e5a 50%, transparent 50%);
}
.course-tick[data-state="done"], .course-dot[data-state="done"] {
  border-color: #1e8e5a; background: #1e8e5a;
}
.course-tick[data-state="done"]::after {
  content: ""; display: block; width: 4px; height: 7px; margin: 0 auto; border: solid #fff;
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
.course-lessons .course-so-far { margin: 8px 0 12px; }
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
  max-width: 44em; padding: 12px 16px; border: 1px solid var(--jp-border-color2);
  border-radius: 6px; font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.45;
  color: var(--jp-ui-font-color1); background: var(--jp-layout-color1); flex: none;
}
.course-ending .course-next { display: inline-block; }
.course-ending:empty { display: none; }
.course-ending p { margin: 0; }
.course-ending .course-praise { margin: 0 0 6px; font-size: 16px; }
@media print { .course-row { display: none; } }
`,eh={id:"foundation-models-lab:home",description:"The course's home page, its side panel of lessons, and the way between them",autoStart:!0,requires:[b.INotebookTracker],optional:[g.ILabShell,g.ILayoutRestorer,w.ICommandPalette,v.IStateDB],activate:(e,t,o,s,n,r)=>{let i,a;document.head.append(Object.assign(document.createElement("style"),{textContent:ep}));let c=new eu(e.serviceManager.contents,r),d=new S(e,c,t),l=c.find("");if(!function({app:e,store:t}){let o=new y.Debouncer(()=>t.refresh(),200),s=()=>void o.invoke();b.NotebookActions.executed.connect(s),e.serviceManager.contents.fileChanged.connect(s),document.addEventListener("visibilitychange",()=>{"visible"===document.visibilityState&&s()})}(d),i=new WeakSet,a=e=>void async function(e,t,o){await t.context.ready;let{path:s}=t.context;await e.store.find(s.includes("/")?s.slice(0,s.lastIndexOf("/")):"");let n=e.lessonOf(t);if(!n||t.isDisposed)return;t.contentHeader.addWidget(new z(e,"course-row",e=>(function(e,{known:t,actions:o}){let{previous:s,next:n}=B(t.course,e),r=L(e,t.progress,t.places),i=$("a.course-home-link",{href:"#","data-key":"home"},"Home"),a=`${r.passed} of ${A(r.exercises,"exercise")}`;return[s?U(s,"Previous",o):$("span"),$("span.course-middle",{},C(i,()=>o.openHome()),...r.exercises>0?[N(r,"Points in this lesson"),a]:[]),n?U(n,"Next",o):$("span")]})(n,e))),e.changed.emit(),V(e,t,n),t.content.model?.cells.changed.connect(()=>V(e,t,n));let r=e.store.known?.places.cells[n.id];void 0!==r&&await T(t,r),o.add(t),e.tracker.currentWidget===t&&await e.store.remember(n.id)}(d,e,i),d.tracker.forEach(a),d.tracker.widgetAdded.connect((e,t)=>a(t)),function(e,t){let{store:o,tracker:s}=e,n=new y.Debouncer(()=>{let n=s.currentWidget,r=n&&t.has(n)?e.lessonOf(n):void 0;if(!n||!r)return;let{activeCellIndex:i,activeCell:a}=n.content;o.remember(r.id,i>0?a?.model.id:void 0)},500);s.activeCellChanged.connect(()=>void n.invoke()),s.currentChanged.connect(()=>void n.invoke())}(d,i),function(e,t,o,s){let{commands:n}=e.app,r=new w.WidgetTracker({namespace:"course-home"});n.addCommand(O,{label:"Home",caption:"The map of the course, with your progress",execute:async({behind:o})=>{var s,n;let i;if(!t)return void window.open(x.PageConfig.getUrl({treePath:e.store.pathOf("README.md")}));let a=r.currentWidget??(s=e,n=t,(i=new z(s,"course-home",_)).id="course-home",i.title.label="Home",i.title.icon=Q,i.title.closable=!0,i.node.tabIndex=0,n.add(i,"main",{mode:"tab-before",activate:!1}),i);r.has(a)||await r.add(a),!0!==o&&t.activateById(a.id)}});let[i,a]=["course:next-lesson","course:previous-lesson"];for(let t of(n.addCommand(i,{label:"Next Lesson",execute:()=>ef(e,1)}),n.addCommand(a,{label:"Previous Lesson",execute:()=>ef(e,-1)}),[O,i,a]))o?.addItem({command:t,category:"Course"});t&&s?.restore(r,{command:O,args:()=>({behind:!0}),name:()=>"home"})}(d,o,n,s),!o)return;let u=new z(d,"course-lessons",Y);u.id="course-lessons",u.title.icon=X,u.title.caption="Lessons",u.node.tabIndex=-1,o.add(u,"left",{rank:50}),s?.add(u,u.id),e.restored.then(async()=>{await l?await async function(e,t,o){let{known:s}=e.store;if(!s)return;let n=void 0===s.places.last;if(await e.app.commands.execute(O,{behind:!0}),n&&t.activateById(o.id),""!==x.PageConfig.getOption("treePath"))return;let r=s.course.lessons.find(({id:e})=>e===s.places.last);r&&e.store.isThere(r)?await e.open(r):t.activateById("course-home")}(d,o,u):u.dispose()})}};async function ef(e,t){let o=e.scene(),s=o?.known.course.lessons??[],n=s[s.findIndex(({id:e})=>e===o?.current)+t];o?.current!==void 0&&n&&await e.open(n)}let em=new Set(["restarting","autorestarting","terminating","dead"]),eg={send:()=>void 0,close:()=>void 0},ew="application/vnd.course.view.v1+json";class ex extends n.Widget{kernel;#l;#t=u(()=>this.#l?.redraw());constructor(e){super(),this.kernel=e,this.addClass("course-figure"),this.node.addEventListener("focusin",({target:e})=>{e.dataset.lmSuppressShortcuts="true"})}renderModel(e){let t=e.data[ew],o=(0,a.Ml)(t);if(this.#l&&o&&this.#l.update(o))return Promise.resolve();this.#l?.remove();let s={plotly:i(),dark:d,kernel:this.kernel};return this.#l=(0,a.qt)(this.node,t,s),Promise.resolve()}dispose(){this.#t(),this.#l?.remove(),super.dispose()}}let eb=e=>({safe:!0,mimeTypes:[ew],createRenderer:()=>(l(),new ex(e))}),ev=[m,{id:"foundation-models-lab:views",description:"Draws the course's views, and links them to the notebook's kernel",autoStart:!0,requires:[s.IRenderMimeRegistry],activate:(e,t)=>{t.addFactory(eb(),-1),e.docRegistry.addWidgetExtension("Notebook",{createNew({content:e,sessionContext:t}){e.rendermime.addFactory(eb({open:(e,o)=>(function(e,t,o){let s=e.session?.kernel;if(!s?.handleComms||em.has(s.status))return o.closed(),eg;let n=s.createComm("course.control");return n.onMsg=({content:e})=>{let t;(t=e.data,t?.ready===!0)?o.ready():o.received(e.data)},n.onClose=()=>{o.closed()},n.open(t),{send(e){n.send(e)},close(){n.onClose=()=>void 0,n.isDisposed||s.isDisposed||n.close()}}})(t,e,o),onChange:e=>{let o,s;return o=!1,s=(t,s)=>{let n=em.has(s);n!==o&&(o=n,e())},t.kernelChanged.connect(e),t.statusChanged.connect(s),()=>{t.kernelChanged.disconnect(e),t.statusChanged.disconnect(s)}}}),-1)}})}},eh]}}]);