import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ProxyFront } from './proxy-front.ts';

const BIN = join(import.meta.dirname, '../../bin/fanzha.js');

/** The program as an operator starts it, with its traffic for WeChat led to an emulator by the environment alone. */
export interface Wechat4uProgram {
  readonly child: ChildProcess;
  /** Everything that it printed so far. */
  output(): string;
  /** Asks it to stop; its exit code and the signal that ended it. */
  stop(): Promise<readonly [code: number | null, signal: NodeJS.Signals | null]>;
}

export function startWechat4uProgram(
  front: Pick<ProxyFront, 'environment'>,
  stateDir: string,
  settings: Readonly<Record<string, string>> = {},
): Wechat4uProgram {
  const child = spawn(process.execPath, [BIN, 'start', '--channel', 'wechat4u', '--accept-ban-risk'], {
    env: {
      ...process.env,
      NO_PROXY: '',
      no_proxy: '',
      FANZHA_PUBLIC_PORT: '0',
      FANZHA_ADMIN_PORT: '0',
      FANZHA_STATE_DIR: stateDir,
      ...front.environment,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  return {
    child,
    output: () => printed,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 8_000);
      const how = await ended;
      clearTimeout(late);
      return how;
    },
  };
}
