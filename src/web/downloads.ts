import { setTimeout as pass } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fraud, KnowledgeBase } from '../domain/index.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { createOutage } from '../lib/outage.ts';
import type { PictureFormat } from '../pictures/index.ts';
import type { Sound } from '../sound/index.ts';
import { disposition } from './disposition.ts';
import { FORMAT_NAMES, isFormat } from './formats.ts';
import { createMadeFiles, type MadeFile, type Make, USUAL_LIMITS } from './made-files.ts';
import { rangeOf } from './range.ts';

/** Where the files come from: this room prints nothing and speaks nothing itself. */
export interface DownloadNeeds {
  base(): Pick<KnowledgeBase, 'version' | 'frauds'>;
  /** A PNG; undefined when this machine cannot make one. */
  picture(fraud: Fraud, format: PictureFormat): Promise<Buffer | undefined>;
  /** A PDF; undefined when this machine cannot make one. */
  handbook(): Promise<Buffer | undefined>;
  sound(fraud: Fraud): Promise<Sound | undefined>;
  readonly log: Log;
  readonly now?: Clock;
  /** Waits between two files; a test hands in its own. */
  readonly rest?: (ms: number) => Promise<void>;
}

const PICTURE = /^([a-z0-9-]{1,60})-([a-z]+)\.png$/;
const SOUND_TYPES = { mp3: 'audio/mpeg', wav: 'audio/wav' } as const;

const NO_PICTURE = '没有这张图片';
const NO_HANDBOOK = '现在没有手册';
const NO_SOUND = '这一条还没有录音，可以先看文字';
const BUSY = '现在下载的人多，请过几秒再试';
const FAILED = '这个文件现在做不出来，请过一会儿再试';
/** Seconds. */
const TRY_AGAIN = 5;
const FRESH_FOR = 300;

const OUTAGE = { began: '下载的文件做不出来', lasts: '下载的文件还是做不出来', ended: '下载的文件又做得出来了' };

/** Pictures, the handbook and sounds for anybody to fetch. Made when first asked for, one at a time. */
export function routeDownloads(server: FastifyInstance, needs: DownloadNeeds): void {
  const now = needs.now ?? systemClock;
  const files = createMadeFiles(USUAL_LIMITS, now, needs.rest ?? ((ms) => pass(ms, undefined, { ref: false })));
  const outage = createOutage(needs.log, OUTAGE, now);
  const known = (id: string): Fraud | undefined => needs.base().frauds.find((fraud) => fraud.id === id);

  async function give(exchange: Exchange, key: string, make: Make, none: string, called: Called): Promise<unknown> {
    const { answer } = exchange;
    let file: MadeFile | undefined | 'busy';
    try {
      file = await files.get(`${needs.base().version} ${key}`, make);
      if (file !== 'busy') outage.went();
    } catch (error) {
      outage.failed(error);
      return later(answer, FAILED);
    }
    if (file === 'busy') return later(answer, BUSY);
    return file === undefined ? answer.status(404).send({ error: none }) : send(exchange, file, called);
  }

  server.get<{ Params: { name: string } }>('/pictures/:name', async (request, answer) => {
    const [, id = '', format] = PICTURE.exec(request.params.name) ?? [];
    const fraud = known(id);
    if (fraud === undefined || !isFormat(format)) return answer.status(404).send({ error: NO_PICTURE });
    const make = async () => asFile(await needs.picture(fraud, format), 'image/png');
    const called = { plain: `${fraud.id}-${format}.png`, chinese: `${fraud.name}-${FORMAT_NAMES[format]}.png` };
    return give({ request, answer }, `picture ${fraud.id} ${format}`, make, NO_PICTURE, called);
  });

  server.get('/handbook.pdf', async (request, answer) => {
    const make = async () => asFile(await needs.handbook(), 'application/pdf');
    const called = { plain: 'handbook.pdf', chinese: '反诈手册.pdf', save: true };
    return give({ request, answer }, 'handbook', make, NO_HANDBOOK, called);
  });

  server.get<{ Params: { id: string } }>('/sound/:id', async (request, answer) => {
    const fraud = known(request.params.id);
    if (fraud === undefined) return answer.status(404).send({ error: NO_SOUND });
    const make = async () => {
      const sound = await needs.sound(fraud);
      return sound && { data: sound.data, type: SOUND_TYPES[sound.type] };
    };
    return give({ request, answer }, `sound ${fraud.id}`, make, NO_SOUND, { plain: fraud.id, chinese: fraud.name });
  });
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly answer: FastifyReply;
}

/** The names under which a file is saved; a sound gets its ending from its kind. `save`: not shown in the browser. */
interface Called {
  readonly plain: string;
  readonly chinese: string;
  readonly save?: boolean;
}

function asFile(data: Buffer | undefined, type: string): { data: Buffer; type: string } | undefined {
  return data && { data, type };
}

function later(answer: FastifyReply, error: string): FastifyReply {
  return answer.status(503).header('retry-after', TRY_AGAIN).send({ error });
}

/** The headers common to all; a part of the file when a part was asked for, nothing when the asker has it already. */
function send({ request, answer }: Exchange, { data, type, tag }: MadeFile, called: Called): FastifyReply {
  void answer
    .type(type)
    .header('cache-control', `public, max-age=${FRESH_FOR}`)
    .header('etag', tag)
    .header('accept-ranges', 'bytes')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', dispositionOf(type, called));
  if (request.headers['if-none-match']?.includes(tag)) return answer.status(304).send();
  const range = isOf(request.headers['if-range'], tag) ? rangeOf(request.headers.range, data.length) : undefined;
  if (range === 'impossible') return answer.status(416).header('content-range', `bytes */${data.length}`).send();
  if (range === undefined) return answer.header('content-length', data.length).send(data);
  return answer
    .status(206)
    .header('content-range', `bytes ${range.from}-${range.to}/${data.length}`)
    .header('content-length', range.to - range.from + 1)
    .send(data.subarray(range.from, range.to + 1));
}

const ENDINGS: Readonly<Record<string, string>> = { 'audio/mpeg': '.mp3', 'audio/wav': '.wav' };

function dispositionOf(type: string, { plain, chinese, save = false }: Called): string {
  const ending = ENDINGS[type] ?? '';
  return disposition(save ? 'attachment' : 'inline', plain + ending, chinese + ending);
}

/** Who has a part already asks for more only of the same file: parts of two would make a broken one. */
function isOf(ifRange: string | string[] | undefined, tag: string): boolean {
  return ifRange === undefined || ifRange === tag;
}
