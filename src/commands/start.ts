import type { StartOptions } from '../channels.ts';
import type { Config } from '../config/index.ts';
import { createLog } from '../lib/log.ts';
import { stopSignal } from '../lib/stop-signal.ts';
import { start } from '../main.ts';

/** Runs until a signal asks it to stop. */
export async function run(config: Config, options: StartOptions): Promise<void> {
  const program = await start(config, createLog(config.logLevel), options);
  console.log(`反诈助手已经在运行。用浏览器打开 ${program.url} 和它说话；按 Ctrl+C 停止。`);
  console.log(`办公室的页面（只在这台机器上）：${program.adminUrl}`);
  if (options.channels.includes('wechat4u')) console.log(`微信登录的情况：${program.adminUrl}wechat4u`);
  await stopSignal();
  await program.stop();
  process.exit(0);
}
