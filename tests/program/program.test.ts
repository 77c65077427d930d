import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProgram } from '../e2e/program.ts';
import { KNOWLEDGE_FOLDER } from '../knowledge-base.ts';

const BIN = fileURLToPath(new URL('../../bin/fanzha.js', import.meta.url));
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanzha-program-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command as a user would, in a folder of its own. */
async function run(
  args: readonly string[],
  { input = '', settings = {} }: { input?: string; settings?: Record<string, string> } = {},
) {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: folder,
    env: { ...process.env, FANZHA_PUBLIC_PORT: '0', ...settings },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { out, err, code };
}

const SCAM = '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户，还不让告诉家里人';

describe('the program', () => {
  test('ask prints the reply', async () => {
    const { out, code } = await run(['ask', SCAM]);
    expect(code).toBe(0);
    expect(out).toMatch(/^【高危】很像“冒充公检法”/);
    expect(out).toContain('安全账户');
  });
  test('recognise answers every line, in order, the unreadable ones too', async () => {
    const lines = [JSON.stringify({ text: SCAM }), 'no json', JSON.stringify({ text: '你好' }), '{"text":5}'];
    const { out } = await run(['recognise', '--jsonl'], { input: `${lines.join('\n')}\n` });
    const answers = out
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as { level: string; intent: string; error?: string; types: unknown[]; evidence: unknown[] },
      );
    expect(answers.map((one) => one.level)).toEqual(['high', 'none', 'none', 'none']);
    expect(answers.map((one) => one.intent)).toEqual(['warning', 'unknown', 'greeting', 'unknown']);
    expect(answers.map((one) => one.error !== undefined)).toEqual([false, true, false, true]);
    expect(Object.keys(answers[0] ?? {})).toEqual(['level', 'types', 'intent', 'evidence']);
  });
  test('check tells how much there is, and ends with 1 and all faults when something is wrong', async () => {
    expect((await run(['check'])).out).toMatch(/知识库没有问题：骗局 \d+ 种/);
    const broken = join(folder, 'broken');
    await cp(KNOWLEDGE_FOLDER, broken, { recursive: true });
    await writeFile(join(broken, 'slots.yml'), '机关: 公安');
    const { err, code } = await run(['check'], { settings: { FANZHA_KNOWLEDGE_DIR: broken } });
    expect(code).toBe(1);
    expect(err).toMatch(/slots\.yml:1 .*应当是一个清单.*怎么改/);
  });
  test('search finds what was typed wrongly, and says in which file it stands', async () => {
    expect((await run(['search', '杀猪盆'])).out).toMatch(/^frauds\/romance\.yml {2}杀猪盘$/m);
    expect((await run(['search', '㐀㐁㐂'])).out).toMatch(/没有和“㐀㐁㐂”像的话/);
  });
  test('does not start with broken knowledge, and says every fault', async () => {
    const broken = join(folder, 'broken-too');
    await cp(KNOWLEDGE_FOLDER, broken, { recursive: true });
    await rm(join(broken, 'wording.yml'));
    const { err, code } = await run(['start'], { settings: { FANZHA_KNOWLEDGE_DIR: broken } });
    expect(code).toBe(1);
    expect(err).toMatch(/wording\.yml {2}找不到这个文件.*怎么改/);
  });
  test('says which port is taken and what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { err, code } = await run(['start'], { settings: { FANZHA_PUBLIC_PORT: String(port) } });
    await new Promise((resolve) => other.close(resolve));
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`FANZHA_PUBLIC_PORT {2}端口 ${port} 已经被别的程序占着。怎么改：换一个端口`));
  });
  test('names every setting that is wrong, and one that does not exist', async () => {
    const { err, code } = await run(['ask', '你好'], {
      settings: { FANZHA_PUBLIC_PORT: 'abc', FANZHA_LOG_LEVEL: 'loud', FANZHA_COUNTRY: '西平县' },
    });
    expect(code).toBe(1);
    for (const name of ['FANZHA_PUBLIC_PORT', 'FANZHA_LOG_LEVEL', 'FANZHA_COUNTRY']) expect(err).toContain(name);
  });
  test('chat in the terminal talks like the page', async () => {
    const { out, code } = await run(['chat'], { input: `${SCAM}\n1\n我已经转了五千了\n退出\n` });
    expect(code).toBe(0);
    expect(out).toMatch(/反诈助手[\s\S]*【高危】[\s\S]*识破[\s\S]*【急救】/);
  });
  test('starts, answers, and stops on a signal with 0', async () => {
    const program = await startProgram();
    expect((await fetch(new URL('/ready', program.url))).status).toBe(200);
    expect(await program.stop()).toBe(0);
    expect(program.output()).not.toMatch(/Error|unhandled/i);
  });
});
