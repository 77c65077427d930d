import type { Puppet } from 'wechaty-puppet';
import { types } from 'wechaty-puppet';
import type { Log } from '../../lib/log.ts';
import { asBlocks, qrCode } from '../../lib/qr-code.ts';
import type { Trouble, TroubleCode } from './guarded-wechat4u/index.ts';

/** Where logging in stands, as the operator reads it. */
export interface SignInState {
  readonly sentence: string;
  /** What the code to scan holds; absent when there is nothing to scan. */
  readonly scan?: string;
  /** What is wrong at the moment, and what to do, a sentence each. */
  readonly troubles: readonly string[];
}

export interface SignIn {
  /** Of the channel, as in an address. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  state(): SignInState;
}

export interface SignInNeeds {
  readonly log: Log;
  readonly name: string;
  readonly title: string;
  print(text: string): void;
  halted(): boolean;
}

/** Follows a puppet from the code on show to the end of the session, and tells the operator once of each step. */
export interface WatchedSignIn extends SignIn {
  watch(puppet: Puppet): void;
  trouble(trouble: Trouble): void;
  recovered(code: TroubleCode): void;
}

type Stage = 'connecting' | 'scan' | 'scanned' | 'logged-in';

const SENTENCES: Readonly<Record<Stage, string>> = {
  connecting: '还没有登录，正在连微信。',
  scan: '还没有登录。请用备用号的微信扫码。',
  scanned: '扫到了。请在手机上点“登录”。',
  'logged-in': '已经登录，正在收消息。',
};

export function createSignIn({ log, name, title, print, halted }: SignInNeeds): WatchedSignIn {
  const troubles = new Map<TroubleCode, Trouble>();
  let stage: Stage = 'connecting';
  let scan: string | undefined;

  function enter(next: Stage): void {
    if (next === stage) return;
    stage = next;
    log.info({ channel: name, stage }, SENTENCES[stage]);
  }

  function show(link: string): void {
    if (link === scan) return;
    scan = link;
    qrCode(link).then(
      (code) =>
        print(`${asBlocks(code, process.stdout.isTTY === true)}\n用备用号的微信扫上面的码。扫不了，就看 ${link}`),
      (error: unknown) => log.error({ err: error, channel: name }, '二维码画不出来'),
    );
  }

  /** What stopped it for good stays true; the rest is over when WeChat says so. */
  function sentence(): string {
    if (!halted()) return SENTENCES[stage];
    const why = [...troubles.values()].find(({ retryable }) => !retryable);
    return why ? `已经停下。${why.sentence}` : '已经停下。';
  }

  return {
    name,
    title,
    state() {
      const others = [...troubles.values()].filter(({ retryable }) => retryable || !halted());
      const toScan = stage === 'scan' && !halted() ? scan : undefined;
      return {
        sentence: sentence(),
        ...(toScan !== undefined && { scan: toScan }),
        troubles: others.map((one) => one.sentence),
      };
    },
    watch(puppet) {
      puppet.on('scan', ({ qrcode = '', status }) => {
        if (status === types.ScanStatus.Scanned) return enter('scanned');
        enter('scan');
        if (qrcode !== '') show(qrcode);
      });
      puppet.on('login', () => enter('logged-in'));
      puppet.on('logout', () => enter('connecting'));
    },
    trouble(one) {
      troubles.set(one.code, one);
      log.warn({ channel: name, code: one.code, ret: one.ret }, one.sentence);
    },
    recovered(code) {
      troubles.delete(code);
      log.info({ channel: name, code }, '微信的这个问题过去了');
    },
  };
}
