/** Every pair of text and ground keeps a contrast of 4.5:1 or more, by day and by night. */
export const ADMIN_STYLE = `:root{color-scheme:light dark;--ground:#f1f1ef;--card:#fff;--ink:#191919;--quiet:#5c5c5c;--line:#dcdad6;
--red:#b3141a;--red-ink:#fff;--link:#1d4f91;--done:#e7f3e8;--done-ink:#12512a;--warn:#fdf1dc;--warn-ink:#6d4300;--focus:#1a5fb4}
@media(prefers-color-scheme:dark){:root{--ground:#131313;--card:#1e1e1e;--ink:#e8e6e3;--quiet:#a8a5a0;--line:#3a3836;
--red:#c4262c;--link:#9dc1f5;--done:#17301e;--done-ink:#b4e2c0;--warn:#38290f;--warn-ink:#f6cf8d;--focus:#7db4ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:4em}
body{margin:0;background:var(--ground);color:var(--ink);
font:17px/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:30em;margin:0 auto;padding:1em}
h1{font-size:1.4em}h2{font-size:1.1em}
a{color:var(--link)}
svg{display:block;width:min(80vw,20em);background:#fff}
.link{color:var(--quiet);font-size:.8em;overflow-wrap:anywhere}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:4px}

.bar{background:var(--red);color:var(--red-ink)}
.bar>div{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 1em;max-width:74em;margin:0 auto;padding:.7em 1em}
.bar h1{margin:0;font-size:1.25em}
.bar p{margin:0;font-size:.9em}
.jump{position:sticky;top:0;z-index:1;background:var(--card);border-bottom:1px solid var(--line)}
.jump ul{display:flex;gap:.2em;max-width:74em;margin:0 auto;padding:0 .5em;overflow-x:auto;list-style:none}
.jump a{display:block;padding:.6em .55em;white-space:nowrap;text-decoration:none}
.office{max-width:74em;padding:1em}
.office section{margin:0 0 1em;padding:1em 1.1em 1.1em;background:var(--card);border:1px solid var(--line);border-radius:10px}
.office h2{margin:0 0 .5em;font-size:1.15em}
.office h3{margin:0 0 .2em;font-size:1em}
.office p{margin:.4em 0}
.hint{color:var(--quiet);font-size:.88em}
.said{margin:0 0 1em;padding:.7em 1em;border-radius:10px;background:var(--done);color:var(--done-ink)}
.wrong{background:var(--warn);color:var(--warn-ink)}
.pair{display:grid;gap:0 1em;grid-template-columns:minmax(0,1fr)}
.groups{display:grid;gap:1.2em 2em;grid-template-columns:repeat(auto-fill,minmax(min(100%,19em),1fr))}
.wide{overflow-x:auto;max-width:100%}
.tall{max-height:34em;overflow-y:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.34em .5em;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:600}
thead th{color:var(--quiet);font-size:.88em;font-weight:400}
.tall thead th{position:sticky;top:0;background:var(--card)}
tbody th{font-weight:400}
.groups table{table-layout:fixed}
.groups .number{width:5.4em}
.groups th h3{margin:0;color:var(--ink);font-size:1.1em}
.wide table{width:max-content;min-width:100%}
.wide th,.wide td{max-width:18em}
.wide th.number{min-width:4em;max-width:9em;white-space:normal;word-break:keep-all;vertical-align:bottom}
.wide tr>:first-child{position:sticky;left:0;max-width:9em;background:var(--card)}
.number{text-align:right;white-space:nowrap}
tr.sum>*{font-weight:600}
blockquote{margin:.5em 0 .9em;padding:.5em .9em;border-left:4px solid var(--red);background:var(--ground);white-space:pre-line}
form{margin:.6em 0}
.line{display:flex;flex-wrap:wrap;gap:.6em;align-items:end}
label{display:block;font-size:.88em;color:var(--quiet)}
select,button,textarea{font:inherit;min-height:44px;padding:.3em .7em;border:1px solid var(--line);border-radius:8px;
background:var(--card);color:var(--ink)}
select{max-width:100%;width:100%}
.line>div{flex:1 1 12em;min-width:0}
textarea{width:100%;line-height:1.6;resize:vertical}
button{border-color:var(--red);background:var(--red);color:var(--red-ink);padding:.3em 1.1em;cursor:pointer}
button.plain{background:var(--card);color:var(--ink);border-color:var(--line)}
.code{display:inline-block;margin:.3em 0;padding:.2em .6em;border:2px dashed var(--red);border-radius:8px;
font:600 1.7em/1.5 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.04em;user-select:all;-webkit-user-select:all}
.files{display:flex;flex-wrap:wrap;gap:.3em 1.2em;margin:.5em 0 0;padding:0;list-style:none}
.files a{display:inline-block;padding:.25em 0}
.asked{margin:0;padding:0;list-style:none}
.asked li{display:grid;grid-template-columns:minmax(0,22em) minmax(3em,18em) 5em;gap:.6em;align-items:center;padding:.2em 0}
.asked meter{width:100%;height:.8em}
@media(max-width:40em){.asked li{grid-template-columns:minmax(0,1fr) 5em;padding:.35em 0}.asked li>:first-child{grid-column:1/-1;line-height:1.3}}
.sent{margin:0;padding:0;list-style:none}
.sent li{display:grid;grid-template-columns:9em minmax(0,1fr) 14em 6em;gap:0 1em;padding:.5em 0;border-bottom:1px solid var(--line)}
@media(max-width:40em){.sent li{grid-template-columns:minmax(0,1fr) auto}.sent li>:nth-child(2){grid-column:1/-1;grid-row:1}
.sent .number{grid-row:3;grid-column:2}.sent li>:nth-child(3){grid-row:3}.wide tr>:first-child{max-width:6.5em}}
details{border-top:1px solid var(--line);min-width:0}
.many{display:grid;gap:0 2em;grid-template-columns:repeat(auto-fill,minmax(min(100%,19em),1fr));align-items:start}
summary{min-height:44px;padding:.5em 0;cursor:pointer}
footer{color:var(--quiet);font-size:.88em;padding:0 .2em 2em}
@media(min-width:60em){.pair{grid-template-columns:repeat(2,minmax(0,1fr))}}
`;
