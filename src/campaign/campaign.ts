import type { Errands, Mind } from '../conversation/index.ts';
import type { Address, Incoming } from '../domain/index.ts';
import type { Clock } from '../lib/clock.ts';
import { becomeDeputy, leaveDeputies } from './deputies.ts';
import { correctForward, countForward } from './forwards.ts';
import { askLesson, leaveStudy, study } from './lessons.ts';
import type { Member } from './member.ts';
import { offered } from './offers.ts';
import { practise } from './practice.ts';
import { readChoice } from './questions.ts';
import { relayText } from './relay.ts';
import { type Request, readRequest } from './request.ts';
import { consent, rollCall, withdraw } from './roll-call.ts';
import type { CampaignSettings } from './settings.ts';
import type { CampaignTransaction } from './store.ts';
import { subscribe, unsubscribe } from './subscriptions.ts';
import { chooseTip, loudspeakerText, pictureAskedFor, tipAskedFor, tipOfThisWeek, tipOfToday } from './tips.ts';
import { chooseUnit } from './units.ts';
import { answer, note, type Outcome, type Visit } from './visit.ts';

type Handler = (visit: Visit) => Outcome | undefined | Promise<Outcome | undefined>;

/** Commands of `knowledge/commands.yml` that are the campaign's. */
const COMMANDS: Readonly<Record<string, Handler>> = {
  'deputy-leave': leaveDeputies,
  tips: (visit) => chooseTip(visit),
  'tip-today': tipOfToday,
  'tip-this-week': tipOfThisWeek,
  picture: (visit) => pictureAskedFor(visit, '', false),
  loudspeaker: (visit) => loudspeakerText(visit, ''),
  subscribe,
  unsubscribe,
  study,
  'study-leave': leaveStudy,
  lesson: askLesson,
  practise: (visit) => practise(visit),
  'practise-scam': (visit) => practise(visit, 'scam'),
  'roll-call': (visit) => rollCall(visit),
  'roll-call-second': (visit) => (visit.settings.jinzhongzhao ? rollCall(visit, 'jinzhongzhao') : rollCall(visit)),
  'roll-call-withdraw': withdraw,
};

/** What may be asked for in a group, where everybody reads along: nothing that is about a person. */
const IN_GROUPS: ReadonlySet<string> = new Set([
  'tip',

  'tip-today',
  'tip-this-week',
  'loudspeaker',
  'subscribe',
  'unsubscribe',
]);

export interface CampaignNeeds {
  mind(): Mind;
  readonly settings: CampaignSettings;
  readonly now: Clock;
}

/** The campaign's part in a talk. */
export function createCampaign({ mind, settings, now }: CampaignNeeds): Errands<CampaignTransaction> {
  return {
    async run(tx, incoming, { cases, enrolled }, command) {
      if (incoming.kind !== 'text' && incoming.kind !== 'quote') return undefined;
      const handler =
        command === undefined ? handlerOf(incoming, enrolled === true, cases[0]?.at ?? 0) : COMMANDS[command];
      if (!handler) return undefined;
      if (command !== undefined && incoming.room !== undefined && !IN_GROUPS.has(command))
        return answer(command, mind().say('only-in-private'));
      const before = await tx.member(incoming.source, incoming.talker);
      const outcome = await handler({ tx, incoming, member: before ?? {}, mind: mind(), settings, now: now() });
      if (outcome?.member) await tx.keepMember(incoming.source, incoming.talker, outcome.member, now());
      return outcome;
    },
    async beside(tx, address, said) {
      const member = await tx.member(address.source, address.talker);
      if (member?.deputySince === undefined) return [];
      const text = relayText(said, mind(), settings, now());
      if (text === undefined) return [];
      await note(visitOf(tx, address, member), 'relayed', { about: said.about });
      return [text];
    },
  };

  /** What a message of its own words asks for: a request, or a choice among what was offered. `caseAt`: of the talk's digits. */
  function handlerOf(incoming: Incoming, enrolled: boolean, caseAt: number): Handler | undefined {
    const inGroup = incoming.room !== undefined;
    const request = readRequest(incoming.text);
    if (request) return inGroup && !IN_GROUPS.has(request.kind) ? undefined : (visit) => onRequest(visit, request);
    const choice = enrolled && !inGroup ? readChoice(incoming.text) : undefined;
    if (choice === undefined) return undefined;
    if (incoming.quoted === undefined) return (visit) => offered(visit, choice, caseAt);
    // Who quotes means what he quotes.
    const offers = mind().say('question-choose');
    return incoming.quoted.includes(offers) ? (visit) => offered(visit, choice, 0) : undefined;
  }

  function visitOf(tx: CampaignTransaction, { source, talker, room }: Address, member: Member): Visit {
    const incoming = { source, talker, room, id: '', mentioned: true, kind: 'text' as const, text: '', at: now() };
    return { tx, incoming, member, mind: mind(), settings, now: now() };
  }
}

/**
 * Undefined: these words meant something else. Somebody's danger comes first: what tells of an emergency is never a request,
 * and what looks like fraud only when it was written as a request and names exactly what there is.
 */
async function onRequest(visit: Visit, request: Request): Promise<Outcome | undefined> {
  const { incoming, member, mind } = visit;
  if (request.kind === 'code') return becomeDeputy(visit, request.read);
  const isDeputy = member.deputySince !== undefined;
  const { kind } = mind.understand(incoming.text, incoming).verdict;
  if (kind === 'first-aid' || kind === 'genuine-call') return undefined;
  const suspect = kind === 'warning';
  switch (request.kind) {
    case 'forwarded':
      return isDeputy ? countForward(visit, request.told) : undefined;
    case 'correct':
      return isDeputy ? correctForward(visit, request.told) : undefined;
  }
  const { words, apart } = request;
  if (suspect && !(isDeputy || apart)) return undefined;
  const guess = !suspect && (isDeputy || apart);
  switch (request.kind) {
    case 'tip':
      return tipAskedFor(visit, words, guess);
    case 'loudspeaker':
      return loudspeakerText(visit, words, guess);
    case 'picture':
      return pictureAskedFor(visit, words, guess);
    case 'unit':
      return chooseUnit(visit, words, !suspect);
    case 'consent':
      return suspect ? undefined : consent(visit, words);
  }
}
