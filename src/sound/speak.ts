import { spawn } from 'node:child_process';
import { OperatorFault } from '../domain/index.ts';
import { syllables } from './pinyin.ts';
import { spoken } from './spoken.ts';
import { heardIn, withTrueLength } from './wav.ts';

/** The very first words, so that nobody takes the voice for a person's. */
const MACHINE_VOICE = '机器合成语音。';

/** espeak-ng's number for its speed; in Mandarin it comes to 157 characters a minute, which old people can follow. */
const SPEED = 120;
const ARGUMENTS = ['-v', 'cmn-latn-pinyin', '-s', String(SPEED), '-b', '1', '--stdin', '--stdout'];
const LONGEST_TEXT = 2_000;
const LONGEST_WORK_MS = 20_000;
/** Twelve minutes of sound. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Less than this much sound for a syllable, in seconds, or a fainter one than `FAINTEST`, and something went wrong. */
const SHORTEST_SYLLABLE = 0.08;
const FAINTEST = 0.05;

/** The program that speaks is not on this machine. */
export class NoVoice extends OperatorFault {}

/** `program`: another name or path of espeak-ng. */
export interface Voice {
  readonly program?: string;
  readonly longestWorkMs?: number;
}

/**
 * The text read out by espeak-ng, as a WAV file: 16 bits, one channel. Throws NoVoice when the program is missing, and
 * an OperatorFault when what came is no speech; a half file never comes back.
 */
export async function speak(text: string, { program = 'espeak-ng', longestWorkMs }: Voice = {}): Promise<Buffer> {
  if ([...text].length > LONGEST_TEXT) throw notSpoken('文字', `超过 ${LONGEST_TEXT} 个字`, '分几段来读');
  const sounds = syllables(spoken(MACHINE_VOICE + text));
  const stream = await run(program, sounds, longestWorkMs ?? LONGEST_WORK_MS);
  const wav = withTrueLength(stream);
  const heard = wav && heardIn(wav);
  const fewest = sounds.split(' ').length * SHORTEST_SYLLABLE;
  if (wav === undefined || heard === undefined || heard.seconds < fewest || heard.peak < FAINTEST)
    throw notSpoken(program, '没有读出声音', REINSTALL);
  return wav;
}

const REINSTALL = '重新安装：apt-get install --reinstall espeak-ng';

function notSpoken(where: string, what: string, cure: string): OperatorFault {
  return new OperatorFault('没有读成', [{ where, what, cure }]);
}

/** The program gets the words on its standard input only: nothing of them is ever an argument or a name. */
function run(program: string, input: string, longestWorkMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ARGUMENTS, {
      shell: false,
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
    });
    const parts: Buffer[] = [];
    let bytes = 0;
    const giveUp = (fault: OperatorFault): void => {
      clearTimeout(late);
      child.kill('SIGKILL');
      reject(fault);
    };
    const late = setTimeout(() => giveUp(notSpoken(program, '读得太久，停下了', REINSTALL)), longestWorkMs);
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late);
      const missing = error.code === 'ENOENT';
      const fault = missing
        ? new NoVoice('没有读成', [
            {
              where: program,
              what: '这台机器上没有装朗读程序',
              cure: 'apt-get install espeak-ng，或录一段真人的声音放进 knowledge/recordings',
            },
          ])
        : notSpoken(program, `运行不了（${error.code ?? '原因不明'}）`, REINSTALL);
      reject(fault);
    });
    child.stdout.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > MOST_BYTES) giveUp(notSpoken(program, '读出来的声音太长', REINSTALL));
      else parts.push(part);
    });
    child.on('close', (code) => {
      clearTimeout(late);
      if (code === 0) resolve(Buffer.concat(parts));
      else reject(notSpoken(program, `中途停了（${code ?? '被结束'}）`, REINSTALL));
    });
    // A program that ends early closes its input; `close` tells how it ended.
    child.stdin.on('error', () => {});
    child.stdin.end(`${input}\n`);
  });
}
