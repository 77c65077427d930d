import type { Errands, Mind } from '../conversation/index.ts';
import type { Address } from '../domain/index.ts';
import type { Clock } from '../lib/clock.ts';
import { becomeDeputy, leaveDeputies } from './deputies.ts';
import { createFraudFinder } from './find-fraud.ts';
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
import { chooseTip, loudspeakerText, pictureOf, tipAskedFor, tipOfThisWeek, tipOfToday } from './tips.ts';
import { chooseUnit } from './units.ts';
import { answer, note, type Outcome, type Visit } from './visit.ts';

type Handler = (visit: Visit) => Outcome | undefined | Promise<Outcome | undefined>;

/** Commands of `knowledge/commands.yml` that are the campaign's. */
const COMMANDS: Readonly<Record<string, Handler>> = {
  'deputy-leave': leaveDeputies,
  tips: (visit) => chooseTip(visit),
  'tip-today': tipOfToday,
  'tip-this-week': tipOfThisWeek,
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
      const inGroup = incoming.room !== undefined;
      const handler = command === undefined ? undefined : COMMANDS[command];
      if (command !== undefined && !handler) return undefined;
      if (inGroup && command !== undefined && !IN_GROUPS.has(command))
        return answer(command, mind().say('only-in-private'));
      const request = command === undefined ? readRequest(incoming.text) : undefined;
      if (inGroup && request && request.kind !== 'tip' && request.kind !== 'loudspeaker') return undefined;
      const choice = enrolled && !inGroup && command === undefined ? readChoice(incoming.text) : undefined;
      if (!handler && !request && choice === undefined) return undefined;
      const before = await tx.member(incoming.source, incoming.talker);
      const visit: Visit = { tx, incoming, member: before ?? {}, mind: mind(), settings, now: now() };
      const outcome = handler
        ? await handler(visit)
        : request
          ? await onRequest(visit, request)
          : choice === undefined
            ? undefined
            : await offered(visit, choice, cases[0]?.at ?? 0);
      if (!outcome) return undefined;
      const { member } = outcome;
      if (member) await tx.keepMember(incoming.source, incoming.talker, member, now());
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
    async leave(tx, address) {
      const member = await tx.member(address.source, address.talker);
      if (!member) return;
      const visit = visitOf(tx, address, member);
      if (member.deputySince !== undefined) await note(visit, 'deputy-left');
      if (member.learning) await note(visit, 'learner-left', { unit: member.unit });
      await withdraw(visit);
      if (await tx.unsubscribe('weekly-tip', { source: address.source, talker: address.talker }))
        await note(visit, 'unsubscribed', { about: 'person' });
    },
  };

  function visitOf(tx: CampaignTransaction, { source, talker, room }: Address, member: Member): Visit {
    const incoming = { source, talker, room, id: '', mentioned: true, kind: 'text' as const, text: '', at: now() };
    return { tx, incoming, member, mind: mind(), settings, now: now() };
  }
}

/** Undefined: somebody else meant something else by these words. */
async function onRequest(visit: Visit, request: Request): Promise<Outcome | undefined> {
  const { member, mind } = visit;
  const isDeputy = member.deputySince !== undefined;
  switch (request.kind) {
    case 'code':
      return becomeDeputy(visit, request.read);
    case 'forwarded':
      return isDeputy ? countForward(visit, request.told) : undefined;
    case 'correct':
      return isDeputy ? correctForward(visit, request.told) : undefined;
    case 'tip':
      return tipAskedFor(visit, request.words);
    case 'loudspeaker':
      return loudspeakerText(visit, request.words);
    case 'picture': {
      const fraud = createFraudFinder(mind.base).named(
        request.words.replace(/led|大屏|展板|海报|横幅|图片/giu, '').trim(),
      );
      return fraud && pictureOf(visit, fraud, visit.incoming.text);
    }
    case 'unit':
      return visit.settings.units.length > 0 ? chooseUnit(visit, request.words) : undefined;
    case 'consent':
      return consent(visit, request.words);
  }
}
