import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { OperatorFault } from '../domain/index.ts';

export const KEY_FILE = 'talker.key';

/** The folder and everything in it are for the bot alone; one that holds other things as well is left as it is. */
export function prepareStateFolder(stateDir: string): void {
  try {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    const inside = readdirSync(stateDir);
    if (inside.length === 0 || inside.includes(KEY_FILE)) chmodSync(stateDir, 0o700);
  } catch (error) {
    throw unusable(stateDir, error);
  }
}

/** Readable by the bot's user alone; what belongs to another user stays as that one has set it. */
export function keepPrivate(file: string): void {
  try {
    chmodSync(file, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

export function unusable(where: string, cause: unknown): OperatorFault {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const what = code === 'EEXIST' || code === 'ENOTDIR' ? '这里是文件，不是文件夹' : '这里写不了';
  return new OperatorFault('数据文件夹用不了', [
    { where, what, cure: '换一个能写的 FANZHA_STATE_DIR，或给它写的权限' },
  ]);
}
