/**
 * WeChat without WeChat: the program, started with `--channel wechat4u`, against the emulator behind real TLS. A made-up
 * resident scans nothing and needs no account; three messages are played, both sides are printed, and it ends by itself.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WechatWeb } from './emulator.ts';
import { startWechat4uProgram } from './program.ts';
import { openProxyFront } from './proxy-front.ts';

const RESIDENT = '@resident00000000';
const MESSAGES = [
  '刚才有人自称公安局，说我涉嫌洗钱，让我把钱转到安全账户，还不让告诉家里人',
  '1',
  '我已经转了五千了，怎么办',
];
const START_WITHIN = 20_000;
/** Two answers to one person are some seconds apart, as WeChat wants it. */
const ANSWER_WITHIN = 15_000;

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fanzha-try-'));
  const web = await new WechatWeb().start();
  web.addPerson(RESIDENT, '张大爷');
  const front = await openProxyFront(web);
  const program = startWechat4uProgram(front, join(folder, 'data'), { FANZHA_LOG_LEVEL: 'error' });
  try {
    console.log('这是演示。微信是假的，就在本机；机器人是真的。\n');
    await web.until(() => web.codes > 0, START_WITHIN);
    console.log('【扫码】二维码出来了，演示程序替你扫。');
    await web.signIn();
    await web.until(() => web.count('synccheck') > 0, START_WITHIN);
    console.log('【登录】登上了。\n');
    for (const [at, text] of MESSAGES.entries()) {
      console.log(`张大爷：${text}\n`);
      const said = Date.now();
      web.say(RESIDENT, text);
      await web.until(() => web.sent.length > at, ANSWER_WITHIN);
      const { text: answer = '' } = web.sent[at] ?? {};
      console.log(`反诈助手（${((Date.now() - said) / 1_000).toFixed(1)} 秒）：\n${answer.replace(/^/gm, '  ')}\n`);
    }
    console.log('演示完了。除了本机，哪里也没有连。');
  } catch (error) {
    console.error(`演示没有走完。程序打印了这些：\n${program.output()}`);
    throw error;
  } finally {
    await program.stop();
    await front.stop();
    await web.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
