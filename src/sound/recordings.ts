import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fraud, OperatorFault } from '../domain/index.ts';

/** In the knowledge folder: one `<id>.mp3` for each fraud that somebody has read out. */
const RECORDINGS = 'recordings';
const MOST_BYTES = 10 * 1024 * 1024;

/**
 * The recording of a fraud, if there is one. The name is made from an id of the knowledge base, never from what a
 * visitor wrote; links are not followed. A file that is there and cannot be used is an OperatorFault.
 */
export async function findRecording(fraud: Pick<Fraud, 'id'>, knowledgeDir: string): Promise<Buffer | undefined> {
  if (!/^[a-z][a-z0-9-]*$/.test(fraud.id)) return undefined;
  const name = `${RECORDINGS}/${fraud.id}.mp3`;
  const refuse = (what: string, cure: string): OperatorFault =>
    new OperatorFault('录音用不了', [{ where: name, what, cure }]);
  let file: FileHandle;
  try {
    const [base, folder] = [await realpath(knowledgeDir), await realpath(join(knowledgeDir, RECORDINGS))];
    if (folder !== join(base, RECORDINGS)) throw refuse('在知识库文件夹外面', '把录音放进知识库自己的 recordings');
    // Not blocking: opening a pipe would wait for its other end.
    file = await open(join(knowledgeDir, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof OperatorFault) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'ELOOP' || code === 'EMLINK') throw refuse('是一个链接，不是录音', '把录音文件本身放进来');
    throw refuse(`读不了（${code ?? '原因不明'}）`, '让机器人能读这个文件，例如 chmod 644');
  }
  try {
    const about = await file.stat();
    if (!about.isFile()) throw refuse('不是一个文件', '把录音文件本身放进来');
    if (about.size > MOST_BYTES) throw refuse('超过 10 MB', '压小一点，单声道 64 kbps 就够听');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(about.size), 0, about.size, 0);
    const sound = buffer.subarray(0, bytesRead);
    if (!isMp3(sound)) throw refuse('不是 mp3', '另存成 mp3 再放进来');
    return sound;
  } finally {
    await file.close();
  }
}

/** Begins with a tag or with the mark that every frame begins with. */
function isMp3(data: Buffer): boolean {
  if (data.length < 4) return false;
  const frame = data[0] === 0xff && ((data[1] ?? 0) & 0xe0) === 0xe0 && ((data[1] ?? 0) & 0x06) !== 0;
  return frame || data.toString('latin1', 0, 3) === 'ID3';
}
