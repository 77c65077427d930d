import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Fraud } from './domain/index.ts';
import { SECOND } from './lib/clock.ts';
import { projectRoot } from './lib/project-root.ts';
import type { HandbookBase, Imprint, PictureFormat } from './pictures/index.ts';

/** What is asked of the process that prints. */
export type PrintJob =
  | { readonly kind: 'picture'; readonly fraud: Fraud; readonly format: PictureFormat; readonly imprint: Imprint }
  | { readonly kind: 'handbook'; readonly base: HandbookBase; readonly imprint: Imprint };

/** How a job came out; `fault` is a sentence for the operator. */
export type Printed = { readonly file: Uint8Array } | { readonly fault: string };

/** Prints in a process of its own: fonts take 300 MiB and a picture a tenth of a second, and nobody who asks for help shall wait. */
export interface PrintShop {
  print(job: PrintJob): Promise<Buffer>;
  stop(): void;
}

/** With nothing to print the process, and the memory it takes, is given up. */
const IDLE_FOR = 60 * SECOND;
/** Much longer than anything takes; a process that hangs is ended. */
const PRINTED_WITHIN = 60 * SECOND;

export function openPrintShop(): PrintShop {
  let worker: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  function end(): void {
    clearTimeout(idle);
    worker?.kill('SIGKILL');
    worker = undefined;
  }

  function open(): ChildProcess {
    if (worker?.connected) return worker;
    worker = fork(join(projectRoot(), 'bin/fanzha.js'), ['print-shop'], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return worker;
  }

  function printOne(job: PrintJob): Promise<Buffer> {
    if (closed) return Promise.reject(new Error('nothing is printed any more'));
    clearTimeout(idle);
    const at = open();
    return new Promise<Buffer>((resolve, reject) => {
      const ended = (): void => finish(() => reject(new Error('the process that prints has ended')));
      const failed = (error: Error): void => finish(() => reject(error));
      const answered = (printed: Printed): void =>
        finish(() => ('file' in printed ? resolve(Buffer.from(printed.file)) : reject(new Error(printed.fault))));
      const late = setTimeout(() => {
        end();
        ended();
      }, PRINTED_WITHIN);
      const finish = (then: () => void): void => {
        clearTimeout(late);
        at.off('message', answered).off('exit', ended).off('error', failed);
        clearTimeout(idle);
        idle = setTimeout(end, IDLE_FOR);
        idle.unref();
        then();
      };
      at.on('message', answered).on('exit', ended).on('error', failed);
      at.send(job, (error) => error && failed(error));
    });
  }

  return {
    print(job) {
      const printed = last.then(() => printOne(job));
      last = printed.catch(() => {});
      return printed;
    },
    stop() {
      closed = true;
      end();
    },
  };
}
