const HEADER = 44;
const AT = { riffSize: 4, format: 20, channels: 22, rate: 24, bits: 34, data: 36, dataSize: 40 } as const;

/** What is to be heard in a WAV file: its length, and its loudest sample between 0 and 1. */
export interface Heard {
  readonly seconds: number;
  readonly peak: number;
}

/**
 * A stream of WAV cannot know its length beforehand, so its header promises far too much: writes in what really came.
 * Undefined when it is not one channel of 16-bit samples with a plain header.
 */
export function withTrueLength(stream: Buffer): Buffer | undefined {
  const plain =
    stream.length > HEADER &&
    stream.toString('latin1', 0, 4) === 'RIFF' &&
    stream.toString('latin1', 8, 16) === 'WAVEfmt ' &&
    stream.toString('latin1', AT.data, AT.data + 4) === 'data' &&
    stream.readUInt16LE(AT.format) === 1 &&
    stream.readUInt16LE(AT.channels) === 1 &&
    stream.readUInt16LE(AT.bits) === 16 &&
    stream.readUInt32LE(AT.rate) > 0;
  if (!plain) return undefined;
  const wav = Buffer.from(stream.subarray(0, stream.length - (stream.length % 2)));
  wav.writeUInt32LE(wav.length - 8, AT.riffSize);
  wav.writeUInt32LE(wav.length - HEADER, AT.dataSize);
  return wav;
}

/** @param wav as withTrueLength gives it */
export function heardIn(wav: Buffer): Heard {
  let loudest = 0;
  for (let at = HEADER; at + 1 < wav.length; at += 2) loudest = Math.max(loudest, Math.abs(wav.readInt16LE(at)));
  return { seconds: (wav.length - HEADER) / 2 / wav.readUInt32LE(AT.rate), peak: loudest / 32_768 };
}
