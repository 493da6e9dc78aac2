"use strict";(self.rspackChunkfoundation_models_lab=self.rspackChunkfoundation_models_lab||[]).push([[277],{404(e,t,o){o.r(t),o.d(t,{default:()=>ej});var r=o(755),n=o(660),s=o(779),a=o.n(s);let i=e=>"object"==typeof e&&null!==e&&!Array.isArray(e),c=new Set(["scatter","bar","heatmap","histogram","box","violin","contour"]),l=new Set(["images","template","mapbox","geo","updatemenus"]),u=e=>Array.isArray(e)?e.filter(e=>i(e)&&c.has(String(e.type??"scatter"))):[];function d(e){return Object.fromEntries(Object.entries(i(e)?e:{}).filter(([e])=>!l.has(e)))}let p=e=>i(e.layout.meta)?e.layout.meta:{};function h({layout:e,frames:t=[]},o){return 7.5*Math.max(0,...[e,...t.map(e=>e.layout??{})].flatMap(e=>e[o]?.ticktext??[]).map(e=>String(e).length))}let m={ink:"#222222",grid:"#dddddd",label:"#ffffff"},f={ink:"#e4e4e4",grid:"#484848",label:"#2b2b2b"},g="rgba(0, 0, 0, 0)",b=e=>"#000000"===e||"black"===e,x={responsive:!1,displaylogo:!1,displayModeBar:"hover",modeBarButtonsToRemove:["select2d","lasso2d","autoScale2d"]},w=`
.course-view { margin: 0 auto; max-width: 900px; color: var(--jp-content-font-color1, inherit); }
.course-view figcaption { font-weight: 600; margin: 0.4em 0; text-align: center; }
.course-view .course-plot { display: flex; justify-content: center; }
.course-view .course-plot .modebar { opacity: 0.8; }
.course-slider { display: flex; gap: 0.75em; align-items: center; justify-content: center; margin: 0.4em auto; max-width: 640px; }
.course-slider label { display: flex; flex: 1; gap: 0.75em; align-items: center; }
.course-slider input { flex: 1; min-width: 8em; accent-color: var(--jp-brand-color1, #0072b2); }
.course-slider output { min-width: 4em; font-variant-numeric: tabular-nums; }
.course-slider button { font: inherit; width: 2.4em; height: 2.4em; border-radius: 50%; cursor: pointer;
  border: 1px solid var(--jp-border-color1, #888); background: transparent; color: inherit; }
.course-slider button:focus-visible, .course-slider input:focus-visible { outline: 2px solid var(--jp-brand-color1, #0072b2); outline-offset: 2px; }
@media print { .course-slider { display: none; } }
`,v="application/vnd.plotly.v1+json",y="course-views-style",k=()=>"false"===document.body.dataset.jpThemeLight;class $ extends n.Widget{#e;#t=new MutationObserver(()=>this.#e?.redraw());constructor(){super(),this.addClass("course-figure"),this.#t.observe(document.body,{attributeFilter:["data-jp-theme-light"]})}renderModel(e){let t=function(e){if(!i(e))return;let t=u(e.data);if(0===t.length)return;let o=Array.isArray(e.frames)?e.frames.filter(i):[];return{data:t,layout:d(e.layout),frames:o.map(e=>({data:u(e.data),...i(e.layout)?{layout:d(e.layout)}:{}}))}}(e.data[v]);for(let o of(t?this.#e?this.#e.update(t):this.#e=function(e,t,o,r){let n,s,a,c,{figure:l,caption:u,plot:d}=((s=document.createElement("figure")).className="course-view",a=document.createElement("figcaption"),(c=document.createElement("div")).className="course-plot",c.setAttribute("role","img"),s.append(a,c),{figure:s,caption:a,plot:c});t.replaceChildren(l);let w=o,v=p(o).slider?.start??0,y=0,k=()=>{if(0===(y=t.clientWidth||y))return;let{data:o,layout:n}=function(e,t){let o=t?f:m,{layout:r}=e,n=Object.keys(r).filter(e=>/^[xy]axis\d*$/.test(e)).map(e=>[e,function(e,{ink:t,grid:o}){return{...e,gridcolor:o,linecolor:t,tickcolor:t,zerolinecolor:t}}(r[e],o)]),s=r.annotations??[],a=r.colorway??[];return{...e,data:t?e.data.map(e=>(function(e,{ink:t}){let o=o=>{let r=e[o];return r&&b(r.color)?{[o]:{...r,color:t}}:{}};return{...e,...o("line"),...o("marker")}})(e,o)):e.data,layout:{...r,...Object.fromEntries(n),annotations:s.map(e=>((e,{ink:t})=>{let o=e.font??{};return void 0!==o.color&&o.color!==m.ink?e:{...e,font:{...o,color:t}}})(e,o)),...t?{colorway:a.map(e=>b(e)?o.ink:e)}:{},paper_bgcolor:g,plot_bgcolor:"#ffffff"===r.plot_bgcolor?g:r.plot_bgcolor,font:{...r.font,color:o.ink},hoverlabel:{...r.hoverlabel,bgcolor:o.label,font:{...r.hoverlabel?.font,color:o.ink}}}}}(function(e,t,o){let r,{width:n,height:s,margin:a}=function(e,t){let o,{captionRoom:r=0,slider:n,cells:s}=p(e),a={l:60,r:20,t:20,b:50,...e.layout.margin},i={...a,t:a.t-r,b:a.b-(n?.room??0)},c=(e.layout.height??360)-r-(n?.room??0),l=Math.max(220,Math.min(900,t));if(!s)return{width:l,height:c,margin:i};let u=90*!!e.data.some(e=>!1!==e.showscale),d=Math.max(i.l,h(e,"yaxis")+40)+i.r+u,m=Math.max(1,Math.min(46,(l-d)/s.columns,560/s.rows));return{width:Math.min(l,Math.ceil(m*s.columns+d)),height:Math.ceil(m*s.rows+i.t+Math.max(i.b,((o=h(e,"xaxis"))>m?.8*o:0)+40)),margin:i}}(e,o),c=(r=e.frames?.[t])?{...e,data:e.data.map((e,t)=>({...e,...r.data[t]})),layout:r.layout?function(e,t){let o={...e};for(let[r,n]of Object.entries(t)){let t=e[r];o[r]=i(t)&&i(n)?{...t,...n}:n}return o}(e.layout,r.layout):e.layout}:e,l={...c.layout,width:n,height:s,margin:a,autosize:!1,title:void 0};return{...c,layout:{...l,sliders:void 0}}}(w,v,y),r.dark());e.react(d,o,n,x)},$=e=>{v=e,k()},j=()=>{n?.stop(),n?.element.remove()},O=e=>{w=e;let{caption:t=""}=p(e);u.textContent=t,d.setAttribute("aria-label",t),j(),(n=function(e,t,o){let r=p(e).slider;if(!r||r.values.length<2)return;let n=Math.min(t,r.values.length-1);return function(e,t,o,r){var n,s,a;let i,c,l,u,d,p,h,m=document.createElement("div");m.className="course-slider";let{element:f,range:g,value:b}=(n=t.length,i=document.createElement("label"),c=document.createElement("span"),l=document.createElement("input"),u=document.createElement("output"),c.textContent=e,Object.assign(l,{type:"range",min:"0",max:String(n-1),step:"1"}),i.append(c,l,u),{element:i,range:l,value:u}),x=((d=document.createElement("button")).type="button",d);m.append(x,f);let w=e=>{g.value=String(e),g.setAttribute("aria-valuetext",t[e]),b.textContent=t[e]},v=e=>{w(e),r(e)},y=t.length-1,k=(s=()=>(v(Math.min(y,Number(g.value)+1)),Number(g.value)<y),a=t=>{x.textContent=t?"⏸":"▶",x.setAttribute("aria-label",`${t?"Pause":"Play"} ${e}`)},{start:()=>{p=setInterval(()=>{s()||h()},450),a(!0)},stop:h=()=>{clearInterval(p),p=void 0,a(!1)},playing:()=>void 0!==p});return g.addEventListener("input",()=>{k.stop(),v(Number(g.value))}),x.addEventListener("click",()=>{if(k.playing())return k.stop();Number(g.value)===y&&v(0),k.start()}),w(o),k.stop(),{element:m,stop:k.stop}}(r.label,r.values.map(String),n,o)}(e,v,$))&&l.append(n.element),k()},S=new ResizeObserver(()=>{t.clientWidth!==y&&k()});return O(o),S.observe(t),{update:O,redraw:k,remove:()=>{S.disconnect(),j(),e.purge(d),l.remove()}}}(a(),this.node,t,{dark:k}):this.node.textContent=String(e.data["text/plain"]??""),this.node.querySelectorAll("input, button")))o.dataset.lmSuppressShortcuts="true";return Promise.resolve()}dispose(){this.#t.disconnect(),this.#e?.remove(),super.dispose()}}let j={safe:!0,mimeTypes:[v],createRenderer:()=>(!function(){if(document.getElementById(y))return;let e=document.createElement("style");e.id=y,e.textContent=w,document.head.append(e)}(),new $)},O={id:"foundation-models-lab:figures",description:"Draws the course's charts",autoStart:!0,requires:[r.IRenderMimeRegistry],activate:(e,t)=>{e.started.then(()=>t.addFactory(j,0))}};var S=o(647),M=o(656),C=o(267),z=o(444),E=o(324),A=o(500),P=o(401);function I(e,t={},...o){let[r,...n]=e.split("."),s=document.createElement(r);for(let[e,o]of(n.length>0&&s.classList.add(...n),Object.entries(t)))void 0!==o&&s.setAttribute(e,o);return s.append(...o.filter(e=>void 0!==e)),s}let T=e=>I("span.course-spoken",{},e);function L(e,t){return e.addEventListener("click",e=>{e.ctrlKey||e.metaKey||e.shiftKey||0!==e.button||(e.preventDefault(),t())}),e}let N="course:home";class q{app;store;tracker;changed=new P.Signal(this);actions={openLesson:(e,t)=>void this.open(e,t),openPage:e=>void this.#o(e),openHome:()=>void this.app.commands.execute(N),addressOf:e=>{var t;return(t=this.store.pathOf(e)).endsWith(".html")?C.URLExt.join(C.PageConfig.getBaseUrl(),"files",C.URLExt.encodeParts(t)):C.PageConfig.getUrl({treePath:t})},isThere:e=>this.store.isThere(e)};constructor(e,t,o){this.app=e,this.store=t,this.tracker=o,t.changed.connect(()=>this.changed.emit()),o.currentChanged.connect(()=>this.changed.emit())}scene(){let{known:e}=this.store,{currentWidget:t}=this.tracker,o=t?this.lessonOf(t)?.id:void 0;return e&&{known:e,actions:this.actions,current:o}}lessonOf({content:e}){let t=e.model?.getMetadata("course"),o=t?.lesson;return this.store.known?.course.lessons.find(e=>e.id===o)}async open(e,t){let o=this.store.pathOf(`${e.id}.ipynb`);await this.app.commands.execute("docmanager:open",{path:o,factory:"Notebook"});let r=this.tracker.find(({context:e})=>e.path===o);r&&void 0!==t&&await H(r,t)}async #o(e){let[t,o]=e.split("#"),r=this.store.pathOf(t),{content:n}=await this.app.commands.execute("docmanager:open",{path:r,factory:"Markdown Preview"})??{};void 0!==o&&n?.setFragment?.(`#${o}`)}}async function H(e,t){await e.context.ready,await e.revealed;let{content:o}=e,r=o.widgets.findIndex(({model:e})=>e.id===t);r<0||(o.deselectAll(),o.activeCellIndex=r,await o.scrollToItem(r,"start"))}class W extends n.Widget{#r;#n;constructor(e,t,o){super(),this.addClass(t),this.#r=e,this.#n=o,e.changed.connect(this.update,this),this.update()}onUpdateRequest(){let e=this.#r.scene();!function(e,...t){let o=document.activeElement,r=o instanceof HTMLElement&&e.contains(o)?o.dataset.key:void 0;e.replaceChildren(...t),void 0!==r&&e.querySelector(`[data-key="${CSS.escape(r)}"]`)?.focus()}(this.node,...e?this.#n(e):[])}onAfterAttach(){this.update()}onActivateRequest(){this.node.contains(document.activeElement)||this.node.focus()}dispose(){this.#r.changed.disconnect(this.update,this),super.dispose()}}function B(e,t){return e?"done":t?"begun":"new"}let R=e=>e.reduce((e,t)=>e+t,0);function _(e,t,o){let{exercises:r}=e,n=r.filter(({name:e})=>t[e]?.passed).length,s=r.some(({name:e})=>void 0!==t[e]);return{state:B(r.length>0&&n===r.length,s||Object.hasOwn(o.cells,e.id)),passed:n,exercises:r.length,earned:R(r.map(({name:e,points:o})=>o*(t[e]?.share??0))),points:R(r.map(({points:e})=>e))}}function D(e){let t=t=>R(e.map(e=>e[t])),o=e.filter(({exercises:e})=>e>0);return{state:B(o.length>0&&o.every(({state:e})=>"done"===e),e.some(({state:e})=>"new"!==e)),passed:t("passed"),exercises:t("exercises"),earned:t("earned"),points:t("points")}}let U=e=>String(Math.round(10*e)/10),V=(e,t)=>`${U(e)} ${t}${1===e?"":"s"}`,F={new:"not begun",begun:"begun",done:"done"},K=({id:e})=>/^\d+/.exec(e)?.[0]??"";function G(e){let t=I("span.course-tick",{"data-state":e,"aria-hidden":"true"});return I("span",{title:F[e]},t,T(F[e]))}function J(e,t,o=!1){let r=K(e),n=[...r?[I("span.course-number",{},r)," "]:[],I("span.course-title",{},e.title)];if(!t.isThere(e)){let e=I("span.course-note",{},"not in your folder; npm start puts it back");return I("span.course-missing",{},...n," ",e)}return L(I("a.course-link",{href:t.addressOf(`${e.id}.ipynb`),"data-key":e.id,"aria-current":o?"page":void 0},...n),()=>t.openLesson(e))}function Y(e,t){if(0===e.points)return I("span.course-points",{},t.byHand>0?`${V(t.byHand,"point")} by hand`:"");let{earned:o,points:r}=e,n=`${U(o)} of ${U(r)}`;return I("span.course-points",{},Q(e,`Points in ${t.title}`),n)}function Q({earned:e,points:t},o){return I("progress.course-bar",{value:String(e),max:String(t),"aria-label":o})}function X({lessons:e},{id:t}){let o=e.findIndex(e=>e.id===t);return{previous:e[o-1],next:e[o+1]}}function Z(e,t,o){let r=`${K(e)} ${e.title}`.trim();if(!o.isThere(e))return I("span");let n={href:o.addressOf(`${e.id}.ipynb`),"data-key":t,title:`${t}: ${r}`},s=I("span.course-title",{},r);return L(I(`a.course-${"Next"===t?"next":"previous"}`,n,T(`${t}: `),s),()=>o.openLesson(e))}let ee=new WeakSet;function et(e,t,o){let r=t.content.widgets.find(({model:e})=>"lesson-end"===e.id);!r||ee.has(r)||(ee.add(r),r.ready.then(()=>{if(r.isDisposed)return;let t=new W(e,"course-ending",e=>(function(e,{known:t,actions:o}){let r=_(e,t.progress,t.places);if(0===r.exercises)return[];if("done"!==r.state){var n,s,a,i,c;let l,u,d=e.exercises.filter(({name:e})=>!t.progress[e]?.passed);return[I("p",{},(n=d,l=(s=r.exercises)-n.length,u=1===n.length?"is":"are",`${l} of ${V(s,"exercise")} passed; still open ${u} `),...(a=d,i=e,c=o,a.flatMap(({name:e,gradeId:t},o)=>{let r=I("a.course-link",{href:c.addressOf(`${i.id}.ipynb`),"data-key":t},e),n=o<a.length-1?", ":".";return[L(r,()=>c.openLesson(i,t)),n]})))]}let{next:l}=X(t.course,e),u=1===r.exercises?"the exercise":`all ${r.exercises} exercises`,d=`You passed ${u} of ${e.title}: ${U(r.earned)} of ${V(r.points,"point")}. Well done!`,p=l&&o.isThere(l)?Z(l,"Next",o):void 0;return[I("p.course-praise",{},d),...p?[p]:[]]})(o,e));t.node.dataset.lmSuppressShortcuts="true",r.layout.addWidget(t)}))}function eo(e){let{course:t,progress:o,places:r,trouble:n}=e.known,s=t.lessons.map(e=>_(e,o,r)),a=D(s);return[I("div.course-page",{},I("h1",{},t.title),function({known:{course:e}},t){let o=Math.round(e.lessons.map(({minutes:e})=>e).reduce((e,t)=>e+t,0)/60),r=I("p.course-facts",{},[V(e.lessons.length,"lesson"),V(t.exercises,"exercise"),`about ${V(o,"hour")}`].join(" \xb7 "));if("new"===t.state)return r;let n=`${t.passed} of ${V(t.exercises,"exercise")} passed, ${U(t.earned)} of ${V(t.points,"point")}`;return I("div",{},r,I("p.course-so-far",{},Q(t,"Points in the course"),n))}(e,a),...n?[I("p.course-trouble",{role:"alert"},n)]:[],function({known:e,actions:t},o){let{course:r,progress:n,places:s}=e,a=function({lessons:e},t,o,r){let n=(e,r)=>_(e,t,o).state===r,s=e=>r(e)&&!n(e,"done");if(e.every(e=>n(e,"new"))){let t=e.find(r);return t&&{verb:"Start",lesson:t}}let a=function(e,t,o){let r=e.find(({id:e})=>e===o.last);if(r)return r;let n=({exercises:e})=>e.map(({name:e})=>t[e]?.at??"").reduce((e,t)=>e>t?e:t,""),[s]=[...e].sort((e,t)=>n(e)<n(t)?1:-1);return s&&""!==n(s)?s:void 0}(e,t,o);if(a&&s(a))return{verb:"Go on where you stopped",lesson:a};let i=[...e.slice(e.indexOf(a)+1),...e].find(s);return i&&{verb:"Go on with the next lesson",lesson:i}}(r,n,s,e=>t.isThere(e)),i="done"===o.state?I("p.course-praise",{},"You have passed every exercise of the course. Well done!"):void 0;if(!a)return I("div.course-way",{},i);let{verb:c,lesson:l}=a,u=`${K(l)} ${l.title}`.trim(),d=I("a.course-go",{href:t.addressOf(`${l.id}.ipynb`),"data-key":"go"},I("span.course-verb",{},c),I("span.course-goal",{},u));return I("div.course-way",{},i,L(d,()=>t.openLesson(l)),I("p.course-question",{},l.question))}(e,a),function({known:e,actions:t,current:o},r){let{components:n,lessons:s}=e.course,a=s.some(({id:t})=>e.slides.includes(`${t}.html`)),i=(e,t)=>I("th",{scope:"col",class:t},e),c=[I("th",{scope:"col"},T("State")),i("Lesson"),...n.map(e=>I("th",{scope:"col",class:"course-component"},I("span",{},e))),i("Time","course-narrow"),i("Points","course-narrow"),...a?[i("Slides","course-narrow")]:[]],l=s.map((s,i)=>{var c;let l,u,d=r[i],p=I("th",{scope:"row"},J(s,t,s.id===o),I("span.course-question",{},s.question));return I("tr",{"data-state":d.state},I("td.course-state",{},G(d.state)),p,...n.map(e=>(function(e,t,{state:o}){if(!e.components.includes(t))return I("td.course-component");let r=I("span.course-dot",{"data-state":o,"aria-hidden":"true"}),n=`${t}: ${F[o]}`;return I("td.course-component",{title:n},r,T(n))})(s,e,d)),I("td.course-narrow",{},(l=Math.floor((c=s.minutes)/60),u=Math.round(c%60),0===l?`${u} min`:0===u?`${l} h`:`${l} h ${u} min`)),I("td.course-narrow",{},Y(d,s),er(s,d)),...a?[I("td.course-narrow",{},function({id:e,title:t},{known:o,actions:r}){let n=`${e}.html`;if(o.slides.includes(n))return I("a",{href:r.addressOf(`slides/${n}`),target:"_blank"},"slides",T(` of ${t}`))}(s,{known:e,actions:t,current:o}))]:[])});return I("table.course-map",{},I("caption",{},"The course, and which part of a model each lesson builds"),I("thead",{},I("tr",{},...c)),I("tbody",{},...l))}(e,s),function({known:e,actions:t}){let o={path:"helpers.md",title:"Helpers: all that course offers, on one page"},r=[...e.files.includes(o.path)?[o]:[],...e.course.pages].map(({path:e,title:o})=>{let r=I("a.course-link",{href:t.addressOf(e),"data-key":e},o);return I("li",{},L(r,()=>t.openPage(e)))});return I("nav.course-pages",{"aria-label":"To read"},I("h2",{},"To read"),I("ul",{},...r))}(e))]}let er=(e,{points:t})=>t>0&&e.byHand>0?I("span.course-by-hand",{},`and ${U(e.byHand)} by hand`):void 0;function en({known:e,actions:t,current:o}){let{course:r,progress:n,places:s,trouble:a}=e,i=r.lessons.map(e=>_(e,n,s)),c=D(i),l=I("a.course-home-link",{href:"#","data-key":"home"},"Home"),u=r.lessons.map((e,r)=>I("li",{class:e.id===o?"course-current":void 0},G(i[r].state),J(e,t,e.id===o),Y(i[r],e))),d=`${U(c.earned)} of ${V(c.points,"point")}`;return[L(l,()=>t.openHome()),I("p.course-so-far",{},Q(c,"Points in the course"),d),...a?[I("p.course-trouble",{},a)]:[],I("nav",{"aria-label":"Lessons"},I("ol",{},...u))]}var es=o(906);let ea=(e,t)=>new es.LabIcon({name:`course:${e}`,svgstr:`<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="${t}"/></svg>`}),ei=ea("home","M12 3 2 12h3v8h6v-6h2v6h6v-8h3z"),ec=ea("lessons","M12 5C10 3.7 7 3.2 3 3.5V19c4-.3 7 .2 9 1.5 2-1.3 5-1.8 9-1.5V3.5c-4-.3-7 .2-9 1.5zm-1 12.3c-1.6-.6-3.6-.9-6-.9V5.4c2.6 0 4.6.4 6 1.2zm8-.9c-2.4 0-4.4.3-6 .9V6.6c1.4-.8 3.4-1.200 6-1.2z"),el=Object.freeze(Object.create(null)),eu=e=>"object"==typeof e&&null!==e&&!Array.isArray(e),ed=e=>Array.isArray(e)?e.filter(eu):[],ep=e=>"string"==typeof e?e:"",eh=e=>"number"==typeof e&&e>0&&e<1e6?e:0,em=e=>Array.isArray(e)?e.map(ep).filter(Boolean):[];function ef(e){let t=ep(e.id),o=ed(e.exercises).map(({name:e,points:t,gradeId:o})=>({name:ep(e),points:eh(t),gradeId:ep(o)}));return{id:t,title:ep(e.title)||t,question:ep(e.question),minutes:eh(e.minutes),components:em(e.components),exercises:o,byHand:ed(e.written).reduce((e,{points:t})=>e+eh(t),0)}}function eg(e){try{return JSON.parse(e)}catch{return}}let eb="course:places",ex="course.json",ew="progress.json",ev=(e,t)=>""===e?t:`${e}/${t}`;class ey{contents;state;changed=new P.Signal(this);known;#s="";#a={cells:{}};constructor(e,t){this.contents=e,this.state=t}async find(e){if(this.known)return!0;let t=await this.#i(e);if(!t?.includes(ex))return!1;let o=function(e){let t=eg(e);if(!eu(t))return;let o=ed(t.lessons).map(ef).filter(({id:e})=>/^[\w-]+$/.test(e));if(0===o.length)return;let r=ed(t.pages).map(({path:e,title:t})=>({path:ep(e),title:ep(t)})),n=em(t.components);return{title:ep(t.course)||"The course",components:n,lessons:o,pages:r}}(await this.#c(ev(e,ex))??"");return!!o&&(this.#a=function(e){let{last:t,cells:o}=e??{};return{last:"string"==typeof t?t:void 0,cells:Object.fromEntries(("object"==typeof o&&null!==o?Object.entries(o):[]).filter(e=>"string"==typeof e[1]))}}(await this.state?.fetch(eb)),this.known={folder:e,course:o,places:this.#a,...{progress:el,trouble:void 0,files:t,slides:[]}},await this.refresh(),!0)}async refresh(){if(!this.known)return;let{folder:e,course:t}=this.known,o=await this.#i(e);if(!o)return;let r=o.includes("slides")?await this.#i(ev(e,"slides")):[],n=o.includes(ew)?await this.#c(ev(e,ew)):void 0,s=o.includes(ew)?function(e){let t=eg(e);if(!eu(t)||!eu(t.exercises))return;let o=Object.create(null);for(let[e,r]of Object.entries(t.exercises)){if(!eu(r))continue;let t=eh(r.of),n=t>0?Math.min(1,eh(r.earned)/t):0;o[e]={share:n,passed:!0===r.passed,at:ep(r.at)}}return o}(n??""):el;this.known={folder:e,course:t,places:this.#a,progress:s??el,trouble:s?void 0:"progress.json can't be read, so nothing counts as done here. The next check keeps it under another name and starts counting again.",files:o,slides:r??[]},this.#l()}async remember(e,t){if(!this.known)return;let{last:o,cells:r}=this.#a,n=t??r[e];if(o===e&&r[e]===n)return;let s=void 0===n?r:{...r,[e]:n};this.#a={last:e,cells:s},this.known={...this.known,places:this.#a},this.#l(),await this.state?.save(eb,this.#a)}pathOf(e){return ev(this.known?.folder??"",e)}isThere({id:e}){return this.known?.files.includes(`${e}.ipynb`)??!1}#l(){let e=JSON.stringify(this.known);e!==this.#s&&(this.#s=e,this.changed.emit())}async #i(e){try{let{content:t}=await this.contents.get(e,{content:!0});return Array.isArray(t)?t.map(({name:e})=>e):void 0}catch{return}}async #c(e){try{let{content:t}=await this.contents.get(e,{type:"file",format:"text",content:!0});return"string"==typeof t?t:void 0}catch{return}}}let ek=`
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
  margin: 4px 0 16px; padding: 12px 16px; border: 1px solid var(--jp-border-color2);
  border-radius: 6px; font-family: var(--jp-ui-font-family); font-size: 14px; line-height: 1.45;
  color: var(--jp-ui-font-color1); background: var(--jp-layout-color1); flex: none;
}
.course-ending:empty { display: none; }
.course-ending p { margin: 0; }
.course-ending .course-praise { margin: 0 0 6px; font-size: 16px; }
@media print { .course-row { display: none; } }
`;async function e$(e,t){let o=e.scene(),r=o?.known.course.lessons??[],n=r[r.findIndex(({id:e})=>e===o?.current)+t];o?.current!==void 0&&n&&await e.open(n)}let ej=[O,{id:"foundation-models-lab:home",description:"The course's home page, its side panel of lessons, and the way between them",autoStart:!0,requires:[z.INotebookTracker],optional:[S.ILabShell,S.ILayoutRestorer,M.ICommandPalette,E.IStateDB],activate:(e,t,o,r,n,s)=>{let a,i;document.head.append(Object.assign(document.createElement("style"),{textContent:ek}));let c=new ey(e.serviceManager.contents,s),l=new q(e,c,t),u=c.find("");if(!function({app:e,store:t}){let o=new A.Debouncer(()=>t.refresh(),200),r=()=>void o.invoke();z.NotebookActions.executed.connect(r),e.serviceManager.contents.fileChanged.connect(r),document.addEventListener("visibilitychange",()=>{"visible"===document.visibilityState&&r()})}(l),a=new WeakSet,i=e=>void async function(e,t,o){await t.context.ready;let{path:r}=t.context;await e.store.find(r.includes("/")?r.slice(0,r.lastIndexOf("/")):"");let n=e.lessonOf(t);if(!n||t.isDisposed)return;t.contentHeader.addWidget(new W(e,"course-row",e=>(function(e,{known:t,actions:o}){let{previous:r,next:n}=X(t.course,e),s=_(e,t.progress,t.places),a=I("a.course-home-link",{href:"#","data-key":"home"},"Home"),i=`${s.passed} of ${V(s.exercises,"exercise")}`;return[r?Z(r,"Previous",o):I("span"),I("span.course-middle",{},L(a,()=>o.openHome()),...s.exercises>0?[Q(s,"Points in this lesson"),i]:[]),n?Z(n,"Next",o):I("span")]})(n,e))),e.changed.emit(),et(e,t,n),t.content.model?.cells.changed.connect(()=>et(e,t,n));let s=e.store.known?.places.cells[n.id];void 0!==s&&await H(t,s),o.add(t),e.tracker.currentWidget===t&&await e.store.remember(n.id)}(l,e,a),l.tracker.forEach(i),l.tracker.widgetAdded.connect((e,t)=>i(t)),function(e,t){let{store:o,tracker:r}=e,n=new A.Debouncer(()=>{let n=r.currentWidget,s=n&&t.has(n)?e.lessonOf(n):void 0;if(!n||!s)return;let{activeCellIndex:a,activeCell:i}=n.content;o.remember(s.id,a>0?i?.model.id:void 0)},500);r.activeCellChanged.connect(()=>void n.invoke()),r.currentChanged.connect(()=>void n.invoke())}(l,a),function(e,t,o,r){let{commands:n}=e.app,s=new M.WidgetTracker({namespace:"course-home"});n.addCommand(N,{label:"Home",caption:"The map of the course, with your progress",execute:async({behind:o})=>{var r,n;let a;if(!t)return void window.open(C.PageConfig.getUrl({treePath:e.store.pathOf("README.md")}));let i=s.currentWidget??(r=e,n=t,(a=new W(r,"course-home",eo)).id="course-home",a.title.label="Home",a.title.icon=ei,a.title.closable=!0,a.node.tabIndex=0,n.add(a,"main",{mode:"tab-before",activate:!1}),a);s.has(i)||await s.add(i),!0!==o&&t.activateById(i.id)}});let[a,i]=["course:next-lesson","course:previous-lesson"];for(let t of(n.addCommand(a,{label:"Next Lesson",execute:()=>e$(e,1)}),n.addCommand(i,{label:"Previous Lesson",execute:()=>e$(e,-1)}),[N,a,i]))o?.addItem({command:t,category:"Course"});t&&r?.restore(s,{command:N,args:()=>({behind:!0}),name:()=>"home"})}(l,o,n,r),!o)return;let d=new W(l,"course-lessons",en);d.id="course-lessons",d.title.icon=ec,d.title.caption="Lessons",d.node.tabIndex=-1,o.add(d,"left",{rank:50}),r?.add(d,d.id),e.restored.then(async()=>{await u?await async function(e,t,o){let{known:r}=e.store;if(!r)return;let n=void 0===r.places.last;if(await e.app.commands.execute(N,{behind:!0}),n&&t.activateById(o.id),""!==C.PageConfig.getOption("treePath"))return;let s=r.course.lessons.find(({id:e})=>e===r.places.last);s&&e.store.isThere(s)?await e.open(s):t.activateById("course-home")}(l,o,d):d.dispose()})}}]}}]);