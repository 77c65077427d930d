/**
 * A bot over the guarded puppet that knows nothing of the emulator: its traffic is for WeChat, and only the environment
 * (HTTPS_PROXY, NODE_EXTRA_CA_CERTS) leads it elsewhere. Ends on SIGTERM. Usage: plain-bot.ts <session file>
 */
import { WechatyBuilder } from 'wechaty';
import { openGuardedWechat4u } from '../../src/channels/wechaty/guarded-wechat4u/open.ts';
import { quietWechatyLogs } from '../../src/channels/wechaty/quiet-logs.ts';
import { createLog } from '../../src/lib/log.ts';

const log = createLog('warn');
const puppet = await openGuardedWechat4u({
  sessionFile: process.argv[2] ?? '',
  log,
  onTrouble: ({ code }) => void process.stdout.write(`${code}\n`),
});
quietWechatyLogs(log);
const bot = WechatyBuilder.build({ puppet });
bot.on('error', (error) => void process.stdout.write(`error ${error.message}\n`));
bot.on('message', (message) => {
  message.say(`收到：${message.text()}`).catch(() => undefined);
});
process.once('SIGTERM', () => void bot.stop());
await bot.start();
