import { readCode } from './deputies.ts';
import { readCounts, readForwarded, type Told } from './forwarded.ts';

/** What a message asks the campaign for, in words of its own; plain commands are found by the recogniser instead. */
export type Request =
  | { readonly kind: 'code'; readonly read: NonNullable<ReturnType<typeof readCode>> }
  | {
      readonly kind: 'tip' | 'picture' | 'loudspeaker' | 'unit' | 'consent';
      readonly words: string;
      /** A blank or a colon stands between what is asked for and its name: it was written as a request. */
      readonly apart: boolean;
    }
  | { readonly kind: 'forwarded'; readonly told: Told }
  | { readonly kind: 'correct'; readonly told: Told | undefined };

const LONGEST = 60;
const LONGEST_WORDS = 16;
const AFTER = String.raw`(?<apart>[\s：:“"，,]*)(?<words>.+?)[”"]?[。！!]?$`;
const WANTED = {
  tip: [new RegExp(`^(?:请|帮我|我要|我想|给我)*(?:转发|发一段|来一段|来条)${AFTER}`, 'u')],
  picture: [
    new RegExp(`^(?:要|发|给我|来张|来一张)*(?:图片|海报|卡片|展板|横幅|大屏|LED图?)${AFTER}`, 'iu'),
    /^(?:我?要|发|给我|来张|来一张)*(?<apart>\s*)(?<words>.{2,12}?)(?:的)?(?:图片|海报|卡片|展板|横幅|大屏图)[。！!]?$/u,
  ],
  loudspeaker: [new RegExp(`^(?:要|发|念)?(?:大喇叭|广播稿|喇叭稿)${AFTER}`, 'u')],
  unit: [new RegExp(`^(?:我的|我)?单位(?:是)?${AFTER}`, 'u')],
  consent: [/^同意(?<apart>[\s，,。：:]*)(?:我是|我叫)?(?<words>.+?)(?:吧|啊|呀)?[。！!]?$/u],
} as const;
const CORRECTION =
  /^(?:更正|改成|改为|应该是|(?:我|刚才)*(?:说|报|写)错了|不对|不是.{1,12}?(?=是))[，,：:\s]*(?:应该)?(?:是)?(?<rest>.*)$/u;
const UNDONE =
  /^(?:算了[，,]?)?(?:撤销|撤回|取消|删掉)?(?:刚才|上次|上一次|那次)?(?:的|那次|那个)*(?:转发|报数|计数|上次|那次)(?:不算|不要|作废)?(?:了)?[。！!]?$/u;

/** Undefined: nothing that the campaign reads; the message is judged. */
export function readRequest(text: string): Request | undefined {
  const plain = text.trim();
  const read = readCode(plain);
  if (read) return { kind: 'code', read };
  if (plain.length > LONGEST || plain.includes('\n')) return undefined;
  const rest = CORRECTION.exec(plain)?.groups?.rest;
  if (rest === '' && plain.startsWith('更正')) return { kind: 'correct', told: { kind: 'no-number' } };
  const corrected = rest === undefined ? undefined : readCounts(rest);
  if (corrected) return { kind: 'correct', told: corrected };
  if (/撤销|撤回|取消|删掉|不算|不要|作废/u.test(plain) && UNDONE.test(plain))
    return { kind: 'correct', told: undefined };
  const told = readForwarded(plain);
  if (told) return { kind: 'forwarded', told };
  for (const kind of ['tip', 'picture', 'loudspeaker', 'unit', 'consent'] as const)
    for (const pattern of WANTED[kind]) {
      const { words, apart = '' } = pattern.exec(plain)?.groups ?? {};
      if (words !== undefined && [...words].length <= LONGEST_WORDS)
        return { kind, words: words.trim(), apart: apart !== '' };
    }
  return undefined;
}
