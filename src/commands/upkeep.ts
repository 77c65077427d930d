import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { systemClock } from '../lib/clock.ts';
import { openForUpkeep } from '../storage/index.ts';

/** Copies the database while the bot runs. */
export async function backup(file: string, config: Config): Promise<void> {
  const upkeep = await openForUpkeep({ ...config, now: systemClock });
  try {
    await upkeep.backup(resolve(file));
  } finally {
    await upkeep.close();
  }
  console.log(`备份好了：${file}\n钥匙不在里面。请把 ${config.stateDir}/talker.key 另外存好，恢复时两样都要。`);
}

/** Deletes all that is kept of a talker, on every channel. */
export async function erase(talker: string, config: Config): Promise<void> {
  const upkeep = await openForUpkeep({ ...config, now: systemClock });
  try {
    const rows = await upkeep.erase(talker);
    console.log(rows === 0 ? '没有找到跟他有关的记录。' : `删掉了 ${rows} 条记录。`);
  } finally {
    await upkeep.close();
  }
}
