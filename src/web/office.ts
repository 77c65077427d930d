import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Broadcast, type CampaignStore, isReviewed, mondayOf, TOPICS, type Topic } from '../campaign/index.ts';
import { type Fraud, formatFault, type Lesson, OperatorFault } from '../domain/index.ts';
import { type Clock, DAY, dayOf } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import {
  type AnswerCount,
  FIRST_DAY,
  figures,
  figuresTable,
  invite,
  minuteOf,
  mostAskedFrauds,
  type RollCallScope,
  rollCallTable,
  studyTable,
  type Table,
  toCsv,
  toXlsx,
  XLSX_TYPE,
} from '../office/index.ts';
import { disposition } from './disposition.ts';
import { BY_ITSELF, faultPage, invitationPage, officePage } from './office-page.ts';
import type { Link, OfficeView, Sent, Shelf } from './office-view.ts';
import { field, takeOwnForms } from './own-form.ts';

/** What the page of the office asks for and does. */
export interface OfficeNeeds {
  readonly county: string;
  readonly now: Clock;
  readonly log: Log;
  readonly campaign: Pick<CampaignStore, 'totals' | 'broadcasts' | 'chosenTip' | 'chooseTip' | 'invite'>;
  /** How often each kind of answer was given. Days as 2026-11-24, both included. */
  counts(from: string, to: string): Promise<readonly AnswerCount[]>;
  /** The knowledge as it is now. */
  knowledge(): { readonly frauds: readonly Fraud[]; readonly lessons: readonly Lesson[] };
  readonly rollCall: boolean;
  readonly scope: RollCallScope;
  /** Posters and handbook on the public listener. */
  shelves(): readonly Shelf[];
  readonly signIns: readonly Link[];
}

/** The page of the office on `/`, its forms and files. Everything works without scripts. */
export async function routeOffice(server: FastifyInstance, needs: OfficeNeeds): Promise<void> {
  await server.register(async (own) => {
    takeOwnForms(own);
    own.setErrorHandler((error, _request, answer) => sendPage(answer, statusOf(error), faultOf(error, needs)));

    own.get<{ Querystring: { done?: unknown } }>('/', async ({ query }, answer) =>
      sendPage(answer, 200, officePage(await viewOf(needs, query.done))),
    );
    own.post('/invite', async (_request, answer) => {
      const invitation = await invite(needs.campaign, needs.now());
      return sendPage(answer, 200, invitationPage(headOf(needs), invitation));
    });
    own.get('/invite', (_request, answer) => answer.redirect('/', 303));
    own.post('/weekly-tip', async (request, answer) => {
      const done = await chooseTip(needs, field(request, 'monday'), field(request, 'entry'));
      return answer.redirect(`/?done=${done}`, 303);
    });

    routeTable(own, '/figures', needs, async () => {
      const [month, all] = await Promise.all([totalsOfMonth(needs), totalsSinceEver(needs)]);
      return figuresTable(month, all, toolsOf(needs));
    });
    routeTable(own, '/roll-call', needs, async () => rollCallTable(await totalsSinceEver(needs), needs.scope));
    routeTable(own, '/study', needs, async () => studyOf(needs, await totalsSinceEver(needs)));
  });
}

/** What is said on the page that follows a form. Only these words can be made to appear by an address. */
const DONE = {
  chosen: { text: '改好了。', wrong: false },
  cleared: { text: '改好了，由机器人选。', wrong: false },
  late: { text: '这一页开得太久，那一周已经过了。请再选一次。', wrong: true },
  unknown: { text: '没有改：没有这种骗局，或还没有人核对过。', wrong: true },
} as const;

async function chooseTip(needs: OfficeNeeds, monday: string, entry: string): Promise<keyof typeof DONE> {
  if (!mondays(needs).includes(monday)) return 'late';
  if (entry === BY_ITSELF) {
    await needs.campaign.chooseTip(monday, undefined);
    return 'cleared';
  }
  const fraud = needs.knowledge().frauds.find((one) => one.id === entry);
  if (!fraud || !isReviewed(fraud, needs.now())) return 'unknown';
  await needs.campaign.chooseTip(monday, entry);
  return 'chosen';
}

/** The week that is now and the next. */
function mondays({ now }: OfficeNeeds): readonly string[] {
  return [mondayOf(now()), mondayOf(now() + 7 * DAY)];
}

const MOST_ASKED = 8;

async function viewOf(needs: OfficeNeeds, done: unknown): Promise<OfficeView> {
  const { day } = headOf(needs);
  const weeks = mondays(needs);
  const [month, all, counts, chosen, sent] = await Promise.all([
    totalsOfMonth(needs),
    totalsSinceEver(needs),
    needs.counts(firstOfMonth(day), day),
    Promise.all(weeks.map((monday) => needs.campaign.chosenTip(monday))),
    latest(needs),
  ]);
  const { frauds } = needs.knowledge();
  const tools = toolsOf(needs);
  return {
    ...headOf(needs),
    said: typeof done === 'string' && Object.hasOwn(DONE, done) ? DONE[done as keyof typeof DONE] : undefined,
    month: figures(month, tools),
    all: figures(all, tools),
    asked: mostAskedFrauds(counts, frauds, MOST_ASKED),
    weeks: weeks.map((monday, i) => weekOf(needs, monday, chosen[i], sent)),
    choices: frauds.filter((fraud) => isReviewed(fraud, needs.now())),
    sent: sent.map((one) => sentOf(needs, one)),
    rollCall: needs.rollCall ? rollCallTable(all, needs.scope) : undefined,
    study: studyOf(needs, all),
    shelves: needs.shelves(),
    signIns: needs.signIns,
  };
}

function headOf({ county, now }: OfficeNeeds): { readonly county: string; readonly day: string } {
  return { county, day: dayOf(now()) };
}

function totalsSinceEver({ campaign, now }: OfficeNeeds) {
  return campaign.totals(FIRST_DAY, dayOf(now()));
}

function totalsOfMonth({ campaign, now }: OfficeNeeds) {
  const day = dayOf(now());
  return campaign.totals(firstOfMonth(day), day);
}

function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

function toolsOf({ rollCall, scope }: OfficeNeeds): RollCallScope['tools'] {
  return rollCall ? scope.tools : [];
}

function studyOf(needs: OfficeNeeds, totals: Awaited<ReturnType<typeof totalsSinceEver>>): Table {
  return studyTable(totals, { units: needs.scope.units, lessons: needs.knowledge().lessons });
}

/** What the office chose, else what was sent already. */
function weekOf({ knowledge }: OfficeNeeds, monday: string, chosen: string | undefined, sent: readonly Broadcast[]) {
  const ofWeek = sent.find((one) => one.topic === 'weekly-tip' && isSent(one) && mondayOf(one.slot) === monday);
  const about = chosen ?? ofWeek?.about;
  const fraud = knowledge().frauds.find(({ id }) => id === about);
  return { monday, name: fraud?.name ?? about, words: fraud?.tip.group, byOffice: chosen !== undefined };
}

function isSent({ state }: Broadcast): boolean {
  return state !== 'dropped';
}

const TOPIC_NAMES: Readonly<Record<Topic, string>> = { 'weekly-tip': '每周提醒', lesson: '周二学习' };
const MOST_OF_EACH = 8;

/** The latest sendings of all topics, the newest first. */
async function latest({ campaign }: OfficeNeeds): Promise<readonly Broadcast[]> {
  const lists = await Promise.all(TOPICS.map((topic) => campaign.broadcasts(topic, MOST_OF_EACH)));
  return lists.flat().sort((a, b) => b.slot - a.slot);
}

function sentOf({ knowledge }: OfficeNeeds, { topic, slot, about, state, count }: Broadcast): Sent {
  const { frauds, lessons } = knowledge();
  const name =
    topic === 'lesson' ? lessons.find(({ id }) => id === about)?.title : frauds.find(({ id }) => id === about)?.name;
  return { topic: TOPIC_NAMES[topic], at: minuteOf(slot), about: name ?? about, state, count };
}

/** One table as CSV and as XLSX, to be saved under its name and the day. */
function routeTable(server: FastifyInstance, path: string, needs: OfficeNeeds, read: () => Promise<Table>): void {
  const route = (ending: string, type: string, write: (table: Table) => string | Promise<Uint8Array>): void => {
    server.get(`${path}.${ending}`, async (_request, answer) => {
      const table = await read();
      const { day } = headOf(needs);
      const name = disposition('attachment', `${path.slice(1)}-${day}.${ending}`, `${table.title}-${day}.${ending}`);
      return answer
        .type(type)
        .header('cache-control', 'no-store')
        .header('content-disposition', name)
        .send(await write(table));
    });
  };
  route('csv', 'text/csv; charset=utf-8', toCsv);
  route('xlsx', XLSX_TYPE, (table) => toXlsx([table]));
}

/** With `same-origin` browsers name the page that a form comes from; with our usual `no-referrer` they would not. */
function sendPage(answer: FastifyReply, status: number, page: string): FastifyReply {
  return answer
    .status(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'same-origin')
    .send(page);
}

function statusOf(error: unknown): number {
  return (error as { statusCode?: number }).statusCode ?? 500;
}

const REASONS: Readonly<Record<number, string>> = {
  403: '这个请求不是从本页来的。请回到办公室那一页再按一次。',
  413: '送来的内容太长。',
  415: '请用本页上的按钮。',
  429: '请求太多，请过一分钟再试。',
};

function faultOf(error: unknown, needs: OfficeNeeds): string {
  const status = statusOf(error);
  if (error instanceof OperatorFault) return faultPage(headOf(needs), error.faults.map(formatFault));
  if (status >= 500) needs.log.error({ err: error }, 'the page of the office failed');
  return faultPage(headOf(needs), [REASONS[status] ?? '现在读不了、存不了。过一会儿再试；还不行，看日志。']);
}
