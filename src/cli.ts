import { Command } from 'commander';
import { ask } from './commands/ask.ts';
import { chat } from './commands/chat.ts';
import { type CheckOptions, check } from './commands/check.ts';
import { type EvalOptions, evaluate } from './commands/eval.ts';
import { learnWeights } from './commands/learn.ts';
import { createOfficialMenu } from './commands/official-account.ts';
import { recogniseLines } from './commands/recognise.ts';
import { search } from './commands/search.ts';
import { run } from './commands/start.ts';
import { backup, erase } from './commands/upkeep.ts';
import { readConfig } from './config.ts';
import { OperatorFault } from './domain/index.ts';

const program = new Command('fanzha')
  .description('反诈助手：看懂可疑的短信、电话，告诉人现在怎么办')
  .showHelpAfterError('（加 --help 看用法）');

program
  .command('start')
  .description('运行机器人：聊天网页和本机通道')
  .option(
    '--channel <name>',
    '再开一个通道，可以写几次：wechat4u、official-account',
    (name: string, all: string[]) => [...all, name],
    [],
  )
  .option('--accept-ban-risk', '知道 wechat4u 可能被微信封号，仍要用')
  .action((options: { channel: string[]; acceptBanRisk?: boolean }) =>
    run(readConfig(process.env), { channels: options.channel, acceptBanRisk: options.acceptBanRisk === true }),
  );

program
  .command('chat')
  .description('在终端里和它说话')
  .action(() => chat(readConfig(process.env)));

program
  .command('ask')
  .description('问一句，打印回复')
  .argument('<text>', '收到的话，或用自己的话说')
  .option('--json', '打印完整的判断和依据')
  .action((text: string, options: { json?: boolean }) => ask(text, options.json === true, readConfig(process.env)));

program
  .command('recognise')
  .description('从标准输入逐行读 {"text"}，逐行写出判断')
  .requiredOption('--jsonl', '输入和输出都是一行一条 JSON')
  .action(() => recogniseLines(readConfig(process.env)));

program
  .command('check')
  .description('检查知识库，报出每一处错的文件、行号和改法')
  .option('--phrases [id]', '列出每条短语是怎么拆的、认出哪些说法；写编号只列一种骗局')
  .action((options: CheckOptions) => check(options, readConfig(process.env)));

program
  .command('search')
  .description('在知识库里找字词，写错一两个字也行')
  .argument('<words>', '要找的字词')
  .action((words: string) => search(words, readConfig(process.env)));

program
  .command('eval')
  .description('用带标注的 JSONL 打分')
  .argument('<folder>', '放 fraud.jsonl、benign.jsonl、questions.jsonl 的文件夹')
  .option('--json', '打印 JSON')
  .option('--unseen', '再用没见过这些来源的权重打一遍分（要几分钟）')
  .option('--baselines', '再和几种简单办法比一比（要几分钟）')
  .action((folder: string, options: EvalOptions) => evaluate(folder, options, readConfig(process.env)));

program
  .command('learn')
  .description('从知识库（和带标注的消息）学出片段的权重，写进 learned.json')
  .argument('[folder]', '放 fraud.jsonl、benign.jsonl 的文件夹')
  .action((folder: string | undefined) => learnWeights(folder, readConfig(process.env)));

program
  .command('backup')
  .description('给数据库做一份备份，机器人不用停')
  .argument('<file>', '备份写到哪个文件，不能是已经有的')
  .action((file: string) => backup(file, readConfig(process.env)));

program
  .command('erase')
  .description('删掉跟一个人有关的所有记录')
  .argument('<talker>', '通道里代表这个人的号，例如网页的 talker')
  .action((talker: string) => erase(talker, readConfig(process.env)));

program
  .command('official-account')
  .description('公众号')
  .command('menu')
  .description('在公众号下面建三个按钮（要认证过的号）')
  .action(() => createOfficialMenu(readConfig(process.env)));

/** `fanzha … | head` closes the pipe early: that is the reader's wish, not a fault. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof OperatorFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
