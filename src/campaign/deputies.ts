import { HOUR } from '../lib/clock.ts';
import { answer, note, type Outcome, offering, type Visit } from './visit.ts';

/** Wrong codes in a row before a pause, and how long it lasts. */
const MOST_TRIES = 5;
const PAUSE = HOUR;

/** Letters and digits that nobody confuses. */
export const CODE_SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE = new RegExp(`DB[${CODE_SIGNS}]{8}`);
/** Of a code with slips. */
const NEARLY = /^(?:我是)?(?:人大)?(?:我的)?(?:代表|邀请码|代表码|代表邀请码|码)*(?:是|为)?DB[A-Z0-9]{5,12}$/u;
/** A message that carries a code carries little else. Characters. */
const LONGEST = 40;

/** The code in a short message, written with or without dashes; `wrong`: it was meant to be one. */
export function readCode(text: string): { readonly code: string } | { readonly wrong: true } | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\p{P}\p{S}\s]/gu, '')
    .toUpperCase();
  if (plain.length > LONGEST) return undefined;
  const [code] = CODE.exec(plain) ?? [];
  if (code !== undefined) return { code };
  return NEARLY.test(plain) ? { wrong: true } : undefined;
}

/** A code was entered. The right one is of no use while a pause lasts: else trying on would be worth it. */
export async function becomeDeputy(visit: Visit, read: NonNullable<ReturnType<typeof readCode>>): Promise<Outcome> {
  const { tx, member, mind, now } = visit;
  if (member.deputySince !== undefined) return answer('deputy', mind.say('deputy-already'));
  const tries = member.tries && now - member.tries.at < PAUSE ? member.tries.count : 0;
  if (tries >= MOST_TRIES) return answer('deputy', mind.say('deputy-code-pause'));
  if ('code' in read && (await tx.useInvitation(read.code, now))) {
    await note(visit, 'deputy-joined');
    return {
      ...answer('deputy', mind.say('deputy-welcome')),
      member: { ...offering(member, undefined), deputySince: now, tries: undefined },
    };
  }
  const count = tries + 1;
  const text = mind.say(count >= MOST_TRIES ? 'deputy-code-pause' : 'deputy-code-wrong');
  return { ...answer('deputy', text), member: { ...member, tries: { count, at: now } } };
}

export async function leaveDeputies(visit: Visit): Promise<Outcome> {
  const { member, mind } = visit;
  if (member.deputySince === undefined) return answer('deputy-leave', mind.say('deputy-not'));
  await note(visit, 'deputy-left');
  return {
    ...answer('deputy-leave', mind.say('deputy-left')),
    member: { ...offering(member, undefined), deputySince: undefined, lastForward: undefined },
  };
}
