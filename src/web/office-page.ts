import {
  type FigureGroup,
  type Invitation,
  invitationWords,
  minuteOf,
  numberColumns,
  type Table,
} from '../office/index.ts';
import { type Html, html, type Value } from './html.ts';
import type { Link, OfficeView, Sent, WeekOfTip } from './office-view.ts';

const SECTIONS: readonly (readonly [string, string])[] = [
  ['figures', '数字'],
  ['tip', '每周提醒'],
  ['deputy', '邀请代表'],
  ['sent', '群发'],
  ['units', '各单位'],
  ['files', '下载'],
];

/** The office's page. Without scripts; works on a phone and in print. */
export function officePage(view: OfficeView): string {
  const jump = html`<nav class="jump" aria-label="本页"><ul>${SECTIONS.map(
    ([id, name]) => html`<li><a href="#${id}">${name}</a></li>`,
  )}</ul></nav>`;
  const said = view.said && html`<p class="said${view.said.wrong && ' wrong'}" role="status">${view.said.text}</p>`;
  const parts = [
    said,
    figuresPart(view),
    html`<div class="pair">${tipPart(view)}${deputyPart()}</div>`,
    sentPart(view.sent),
    unitsPart(view),
    filesPart(view),
    html`<footer>这一页只能在这台机器上打开。数字里没有人名，也不给人和单位排名次。</footer>`,
  ];
  return page(view, '办公室', html`${jump}<main class="office">${parts}</main>`);
}

/** Shows a code, this once. */
export function invitationPage(view: Pick<OfficeView, 'county' | 'day'>, invitation: Invitation): string {
  const body = html`<main class="office"><section>
<h2>代表的邀请码</h2>
<p><span class="code">${invitation.shown}</span></p>
<p>${minuteOf(invitation.until)}以前有效。一个码给一位代表，只能用一次。</p>
<p><label for="words">发给代表的话，可以整段复制</label>
<textarea id="words" rows="4" readonly>${invitationWords(invitation)}</textarea></p>
<p class="hint">码只在这里显示这一次。丢了，就再做一个；没用的到期自己作废。</p>
<form method="post" action="/invite" class="line"><button>再做一个</button></form>
<p><a href="/">回到办公室</a></p>
</section></main>`;
  return page(view, '代表的邀请码', body);
}

/** Something could not be done; nothing was changed. */
export function faultPage(view: Pick<OfficeView, 'county' | 'day'>, sentences: readonly string[]): string {
  const body = html`<main class="office"><section><h2>没有做成</h2>
${sentences.map((one) => html`<p>${one}</p>`)}<p><a href="/">回到办公室</a></p></section></main>`;
  return page(view, '没有做成', body);
}

function page({ county, day }: Pick<OfficeView, 'county' | 'day'>, title: string, body: Html): string {
  return html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="stylesheet" href="/admin.css"><title>${title} · ${county}反诈助手</title></head>
<body><header class="bar"><div><h1>${county}反诈助手 · 办公室</h1><p>${day}</p></div></header>${body}</body></html>`.toString();
}

function figuresPart({ month, all, asked }: OfficeView): Html {
  const most = Math.max(1, ...asked.map((one) => one.count));
  const list = asked.map(
    ({ name, count }) =>
      html`<li><span>${name}</span><meter min="0" max="${most}" value="${count}" aria-hidden="true"></meter>
<span class="number">${grouped(count)} 次</span></li>`,
  );
  return html`<section id="figures"><h2>数字</h2>
<div class="groups">${month.map((group, i) => figureGroup(group, all[i]))}</div>
<p class="hint">“本月”的人数和份数，是来的减走的，可能是负数。</p>${filesOf('/figures')}</section>
<section><h2>本月问得最多的骗局</h2>
${list.length > 0 ? html`<ol class="asked">${list}</ol>` : html`<p class="hint">本月还没有人问。</p>`}</section>`;
}

function figureGroup({ name, figures }: FigureGroup, all: FigureGroup | undefined): Html {
  const rows = figures.map(
    ({ label, value }, i) => html`<tr><th scope="row">${label}</th><td class="number">${grouped(value)}</td>
<td class="number">${grouped(all?.figures[i]?.value ?? 0)}</td></tr>`,
  );
  return html`<div><table><thead><tr><th scope="col"><h3>${name}</h3></th><th scope="col" class="number">本月</th>
<th scope="col" class="number">至今</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function tipPart({ weeks, choices }: OfficeView): Html {
  const shown = weeks.map(({ monday, name, words, byOffice }, i) => {
    const who = byOffice ? '办公室指定' : name === undefined ? '到时候讲前七天问得最多的' : '机器人选的，已经发了';
    return html`<h3>${weekName(i)}：${name ?? '还没有定'}</h3><p class="hint">${monday} 起 · ${who}</p>
${i === 0 && words !== undefined && html`<blockquote>${words}</blockquote>`}`;
  });
  const options = choices.map(({ id, name }) => html`<option value="${id}">${name}</option>`);
  return html`<section id="tip"><h2>每周提醒</h2>${shown}
<form method="post" action="/weekly-tip"><div class="line">
<div><label for="monday">哪一周</label><select id="monday" name="monday">${weeks.map(weekOption)}</select></div>
<div><label for="entry">改讲哪一种</label><select id="entry" name="entry" required>
<option value="">请选一种</option><option value="${BY_ITSELF}">由机器人选</option>${options}</select></div>
<button>改成这一种</button></div></form>
<p class="hint">已经发出去的，不会再发一次。只列有人核对过的骗局。</p></section>`;
}

/** Stands for no choice of the office; no knowledge file can be called like this. */
export const BY_ITSELF = '-';

function weekName(position: number): string {
  return position === 0 ? '本周' : '下周';
}

function weekOption({ monday }: WeekOfTip, position: number): Html {
  return html`<option value="${monday}">${weekName(position)}（${monday.slice(5)} 起）</option>`;
}

function deputyPart(): Html {
  return html`<section id="deputy"><h2>邀请代表</h2>
<p>给一位代表做一个邀请码。他在聊天里发这个码，就能取转发的话、代居民问、报转发的数。</p>
<form method="post" action="/invite"><button>做一个邀请码</button></form>
<p class="hint">七天有效，只能用一次，只显示一次。一次要很多个，在终端里运行：<br>
npm run -s fanzha -- deputy invite --count 20</p></section>`;
}

const STATES: Readonly<Record<Sent['state'], string>> = {
  queueing: '正在排队',
  queued: '排好了',
  dropped: '错过，没有发',
};

function sentPart(sent: readonly Sent[]): Html {
  const rows = sent.map(
    ({
      topic,
      at,
      about,
      state,
      count,
    }) => html`<li><span>${at}</span><span>${topic}${about !== '' && `：${about}`}</span>
<span>${STATES[state]}${state === 'dropped' && html`<br><span class="hint">晚了两个多小时，就不补发了</span>`}</span>
<span class="number">${state === 'dropped' ? '' : `${grouped(count)} 份`}</span></li>`,
  );
  return html`<section id="sent"><h2>近来的群发</h2>
${rows.length > 0 ? html`<ul class="sent">${rows}</ul>` : html`<p class="hint">还没有群发过。</p>`}</section>`;
}

function unitsPart({ rollCall, study }: OfficeView): Html {
  const counts = rollCall
    ? html`${tableOf(rollCall)}${filesOf('/roll-call')}`
    : html`<p class="hint">没有打开。要问大家装没装，把 FANZHA_ROLL_CALL 设成 on。</p>`;
  return html`<section id="units"><h2>各单位安装情况</h2>
<p class="hint">自己愿意才答，只记人数。按单位名排，不比多少（国办函〔2026〕12号）。</p>${counts}</section>
<section><h2>各单位周二学习</h2>${tableOf(study)}${filesOf('/study')}</section>`;
}

function tableOf({ title, columns, rows }: Table): Html {
  const numbers = numberColumns({ columns, rows });
  const side = (i: number): string => (numbers[i] ? 'number' : '');
  const body = rows.map(
    (row) =>
      html`<tr${row[0] === '合计' && html` class="sum"`}>${row.map((cell, i) =>
        i === 0
          ? html`<th scope="row">${cell}</th>`
          : html`<td class="${side(i)}">${typeof cell === 'number' ? grouped(cell) : cell}</td>`,
      )}</tr>`,
  );
  return html`<div class="wide${rows.length > MANY_ROWS && ' tall'}" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${columns.map(
    (column, i) => html`<th scope="col" class="${side(i)}">${column}</th>`,
  )}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** More rows than this scroll in a frame of their own; a county has some twenty units. */
const MANY_ROWS = 30;

function filesPart({ shelves, signIns }: OfficeView): Html {
  const lists = shelves.map(({ name, links }) =>
    shelves.length > MANY
      ? html`<details><summary>${name}</summary>${files(links)}</details>`
      : html`<div><h3>${name}</h3>${files(links)}</div>`,
  );
  return html`${signIns.length > 0 && html`<section><h2>通道登录</h2>${files(signIns)}</section>`}
<section id="files"><h2>海报和手册</h2>
<div class="many">${lists}</div></section>`;
}

/** More shelves than this are folded, so that the page does not end in a mile of links. */
const MANY = 3;

/** One of our tables, to be saved. */
function filesOf(path: string): Html {
  return files([
    { label: 'Excel 文件', href: `${path}.xlsx` },
    { label: 'CSV 文件', href: `${path}.csv` },
  ]);
}

function files(links: readonly Link[]): Html {
  return html`<ul class="files">${links.map(fileLink)}</ul>`;
}

/** A link that is neither a page of the web nor a path here is shown as words. */
function fileLink({ label, href }: Link): Value {
  const opens = /^(?:https?:\/\/|\/(?!\/))/i.test(href);
  return opens ? html`<li><a href="${href}" rel="noopener noreferrer">${label}</a></li>` : html`<li>${label}</li>`;
}

const GROUPED = new Intl.NumberFormat('zh-CN');

function grouped(value: number): string {
  return GROUPED.format(value);
}
