import { readCode } from './deputies.ts';
import { readCounts, readForwarded, type Told } from './forwarded.ts';

/** What a message asks the campaign for, in words of its own; plain commands are found by the recogniser instead. */
export type Request =
  | { readonly kind: 'code'; readonly read: NonNullable<ReturnType<typeof readCode>> }
  | { readonly kind: 'tip' | 'picture' | 'loudspeaker' | 'unit' | 'consent'; readonly words: string }
  | { readonly kind: 'forwarded'; readonly told: Told }
  | { readonly kind: 'correct'; readonly told: Told | undefined };

const LONGEST_WORDS = 16;
const PREFIXES = {
  tip: /^(?:请|帮我|我要|给我)?(?:转发|发一段|来一段)[\s：:“"]*(?<words>.+?)[”"]?(?:的?(?:提示|提醒|小知识|话))?[。！!]?$/u,
  picture: /^(?:要|发|来张|来一张)?(?:图片|海报|卡片|展板|横幅|LED图?)[\s：:“"]*(?<words>.+?)[”"]?[。！!]?$/iu,
  loudspeaker: /^(?:要|发|念)?(?:大喇叭|广播稿|喇叭稿)[\s：:“"]*(?<words>.+?)[”"]?[。！!]?$/u,
  unit: /^(?:我的|我)?单位[是\s：:“"]*(?<words>.+?)[”"]?[。！!]?$/u,
  consent: /^同意[，,。：:\s]*(?:我是|我叫)?(?<words>.+?)[。！!]?$/u,
} as const;
const CORRECTION = /^(?:更正|改成|改为|刚才(?:说|报)错了|报错了|不对)[，,：:\s]*(?:应该)?(?:是)?(?<rest>.*)$/u;
const UNDONE = /^(?:撤销|撤回|取消|删掉)(?:刚才的?|上次的?|上一次的?)?(?:转发|报数|计数)[。！!]?$/u;

/** Undefined: nothing that the campaign reads; the message is judged. */
export function readRequest(text: string): Request | undefined {
  const plain = text.trim();
  if (plain.length > 60 || plain.includes('\n')) return undefined;
  const read = readCode(plain);
  if (read) return { kind: 'code', read };
  const told = readForwarded(plain);
  if (told) return { kind: 'forwarded', told };
  if (UNDONE.test(plain)) return { kind: 'correct', told: undefined };
  const rest = CORRECTION.exec(plain)?.groups?.rest;
  const corrected = rest === undefined ? undefined : readCounts(rest);
  if (corrected) return { kind: 'correct', told: corrected };
  for (const kind of ['tip', 'picture', 'loudspeaker', 'unit', 'consent'] as const) {
    const words = PREFIXES[kind].exec(plain)?.groups?.words?.trim();
    if (words !== undefined && [...words].length <= LONGEST_WORDS) return { kind, words };
  }
  return undefined;
}
