import { Command } from 'commander';
import { ask } from './commands/ask.ts';
import { chat } from './commands/chat.ts';
import { type CheckOptions, check } from './commands/check.ts';
import { type InviteOptions, inviteDeputies } from './commands/deputy.ts';
import { type EvalOptions, evaluate } from './commands/eval.ts';
import { type HandbookOptions, handbook } from './commands/handbook.ts';
import { learnWeights } from './commands/learn.ts';
import { createOfficialMenu } from './commands/official-account.ts';
import { type PosterOptions, poster } from './commands/poster.ts';
import { servePrintShop } from './commands/print-shop.ts';
import { recogniseLines } from './commands/recognise.ts';
import { type RollCallOptions, rollCall } from './commands/roll-call.ts';
import { search } from './commands/search.ts';
import { type SpeakOptions, speakTip } from './commands/speak.ts';
import { run } from './commands/start.ts';
import { study } from './commands/study.ts';
import { type TipOptions, tip } from './commands/tip.ts';
import { backup, erase } from './commands/upkeep.ts';
import { type WeeklyTipOptions, weeklyTip } from './commands/weekly-tip.ts';
import { readConfig } from './config/index.ts';
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
  .command('tip')
  .description('打印一种骗局的提醒：发群里、朋友圈、电子屏、大喇叭')
  .argument('<id>', '骗局编号，写名字也行')
  .option('--json', '打印 JSON')
  .action((id: string, options: TipOptions) => tip(id, options, readConfig(process.env)));

program
  .command('poster')
  .description('印一种骗局的图片：手机卡片、大屏、展板、横幅')
  .argument('[id]', '骗局编号，写名字也行；全印就不写，用 --all')
  .option('--format <format>', 'card、led、board 或 banner')
  .option('--out <file>', '写到哪个 .png 文件')
  .option('--all <folder>', '所有骗局、所有样子都印进这个文件夹')
  .action((id: string | undefined, options: PosterOptions) => poster(id, options, readConfig(process.env)));

program
  .command('handbook')
  .description('印反诈知识手册（PDF）')
  .option('--out <file>', '写到哪个 .pdf 文件')
  .action((options: HandbookOptions) => handbook(options, readConfig(process.env)));

program
  .command('speak')
  .description('把大喇叭稿读成声音；有真人录音就用录音')
  .argument('<id>', '骗局编号，写名字也行')
  .option('--out <file>', '写到哪个文件，例如 loan.wav')
  .action((id: string, options: SpeakOptions) => speakTip(id, options, readConfig(process.env)));

program.command('print-shop', { hidden: true }).action(servePrintShop);

program
  .command('deputy')
  .description('人大代表')
  .command('invite')
  .description('做邀请码，代表在聊天里发给机器人')
  .option('--count <n>', '做几个，最多 50')
  .action((options: InviteOptions) => inviteDeputies(options, readConfig(process.env)));

program
  .command('weekly-tip')
  .description('指定一周讲哪一种骗局；不写编号，就看指定了哪一种')
  .argument('[id]', '骗局编号')
  .option('--clear', '不再指定')
  .option('--week <monday>', '那一周的星期一，例如 2026-11-30')
  .action((id: string | undefined, options: WeeklyTipOptions) => weeklyTip(id, options, readConfig(process.env)));

program
  .command('study')
  .description('各单位周二学习的情况')
  .option('--out <file>', '写成 .csv 或 .xlsx 文件')
  .action((options: { out?: string }) => study(options, readConfig(process.env)));

program
  .command('roll-call')
  .description('各单位安装情况：只有人数，不排名')
  .option('--from <day>', '从哪一天，例如 2026-11-01')
  .option('--to <day>', '到哪一天')
  .option('--out <file>', '写成 .csv 或 .xlsx 文件')
  .option('--unit <name>', '一个单位，和 --named 或 --missing 一起用')
  .option('--named', '有名单的单位：列出名单')
  .option('--missing <file>', '有名单的单位：名册里谁还没有答，名册一行一个名字')
  .action((options: RollCallOptions) => rollCall(options, readConfig(process.env)));

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
