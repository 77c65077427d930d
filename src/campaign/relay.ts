import type { Mind, Saying } from '../conversation/index.ts';
import { dayOf } from '../lib/clock.ts';
import type { CampaignSettings } from './settings.ts';

/** Verdicts that a resident is waiting for at the other end. */
const PASSED_ON: ReadonlySet<string> = new Set(['warning', 'first-aid', 'genuine-call', 'not-recognised']);

/** What the bot says only to whom it talks with: digits, the line on privacy, what to send it next. */
const CHROME = /^(?:回1 |（你的话只用来看骗局)/u;
const LEVEL = /^【(?:高危|可疑|急救|请接听|请留意)】/u;

/**
 * The words that a deputy passes back to the resident who asked him: the verdict in plain sentences, without anything of
 * the bot's own manners, with the date, the source, and how to reach the bot oneself. Undefined: nothing to pass on.
 */
export function relayText(said: Saying, mind: Mind, settings: CampaignSettings, now: number): string | undefined {
  if (!PASSED_ON.has(said.verdict)) return undefined;
  const { say, base } = mind;
  const unknown = said.verdict === 'not-recognised';
  if (unknown && !said.text.startsWith(say('not-recognised').split('\n')[0] ?? '')) return undefined;
  const fraud = base.frauds.find((one) => one.id === said.about);
  const lines = unknown
    ? [say('relay-unknown')]
    : said.text
        .split('\n')
        .filter((line) => !CHROME.test(line))
        .map((line) => line.replace(LEVEL, ''));
  const source = fraud?.sources[0];
  const publisher = source ? say('relay-source', { 来源: source.publisher, 来源日期: spelt(source.date) }) : '';
  return [
    say(said.verdict === 'first-aid' ? 'relay-opening-urgent' : 'relay-opening'),
    ...lines,
    say('relay-ask'),
    `${say('relay-from', { 日期: spelt(dayOf(now)) })}${publisher}`,
    say('relay-entry', { 入口: settings.entry }),
  ].join('\n');
}

/** 2026-11-24 as people write it; also 2026-11 and 2026. */
function spelt(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month ? `${month}月` : ''}${day ? `${day}日` : ''}`;
}
