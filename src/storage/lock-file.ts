import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorFault } from '../domain/index.ts';
import { loadSqlite } from './sqlite-api.ts';

export const LOCK_FILE = 'fanzha.lock';
/** Empty; the operating system's lock on it is what counts. Apart, because closing a locked file gives the lock up. */
const HELD_FILE = 'fanzha.lock-held';

/**
 * Makes sure that one process alone uses the folder, until the returned function is called or the process dies: the
 * system lets go of a dead process's lock, so no old pid has to be judged, not even one of another container. The lock
 * file itself only tells who it is: pid, and start time where /proc knows it.
 */
export async function lockFolder(stateDir: string): Promise<() => void> {
  const { DatabaseSync } = await loadSqlite();
  const file = join(stateDir, LOCK_FILE);
  writeFileSync(join(stateDir, HELD_FILE), '', { flag: 'a', mode: 0o600 });
  const held = new DatabaseSync(join(stateDir, HELD_FILE), { timeout: 0 });
  try {
    held.exec('begin exclusive');
  } catch (error) {
    held.close();
    if ((error as { errcode?: number }).errcode !== 5) throw error;
    throw new OperatorFault('另一个程序正在用这个文件夹', [
      { where: file, what: `${holder(file)}正在用它`, cure: '先停掉它，或换一个 FANZHA_STATE_DIR' },
    ]);
  }
  writeFileSync(file, `${process.pid} ${startTime(process.pid) ?? '-'}\n`, { mode: 0o600 });
  return () => {
    rmSync(file, { force: true });
    held.close();
  };
}

function holder(file: string): string {
  try {
    const pid = /^\d+/.exec(readFileSync(file, 'utf8'))?.[0];
    return pid === undefined ? '一个进程' : `进程 ${pid} `;
  } catch {
    return '一个进程';
  }
}

/** When the process began, in clock ticks since the machine started; `undefined` where there is no /proc. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it may hold blanks and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
