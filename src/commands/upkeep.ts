import { resolve } from 'node:path';
import type { Config } from '../config/index.ts';
import { withUpkeep } from './with-upkeep.ts';

/** Copies the database while the bot runs. */
export async function backup(file: string, config: Config): Promise<void> {
  await withUpkeep('没有备份', config, (upkeep) => upkeep.backup(resolve(file)));
  console.log(`备份好了：${file}\n钥匙不在里面。请把 ${config.stateDir}/talker.key 另外存好，恢复时两样都要。`);
}

/** Deletes all that is kept of a talker, on every channel. */
export async function erase(talker: string, config: Config): Promise<void> {
  const rows = await withUpkeep('没有删完', config, (upkeep) => upkeep.erase(talker));
  console.log(rows === 0 ? '没有找到跟他有关的记录。' : `删掉了 ${rows} 条记录。`);
}
