import { type Fraud, OperatorFault } from '../domain/index.ts';
import { findRecording } from './recordings.ts';
import { NoVoice, speak, type Voice } from './speak.ts';

/** Something to play. */
export interface Sound {
  readonly type: 'mp3' | 'wav';
  readonly data: Buffer;
}

type Told = Pick<Fraud, 'id' | 'tip'>;

/** The loudspeaker text of a fraud to listen to: recorded by a person if there is such a file, else by a machine voice. */
export async function soundOf(fraud: Told, knowledgeDir: string, voice?: Voice): Promise<Sound> {
  return asRecordedOrSpoken(await findRecording(fraud, knowledgeDir), fraud, voice);
}

/**
 * The same for residents: a recording that cannot be used gives way to the machine voice, and where there is no voice
 * there is no sound. `onBadRecording` hears what the operator should mend.
 */
export async function soundForResidents(
  fraud: Told,
  knowledgeDir: string,
  onBadRecording: (fault: OperatorFault) => void,
  voice?: Voice,
): Promise<Sound | undefined> {
  const recorded = await findRecording(fraud, knowledgeDir).catch((error: unknown) => {
    if (!(error instanceof OperatorFault)) throw error;
    onBadRecording(error);
    return undefined;
  });
  return asRecordedOrSpoken(recorded, fraud, voice).catch((error: unknown) => {
    if (error instanceof NoVoice) return undefined;
    throw error;
  });
}

async function asRecordedOrSpoken(recorded: Buffer | undefined, fraud: Told, voice?: Voice): Promise<Sound> {
  if (recorded !== undefined) return { type: 'mp3', data: recorded };
  return { type: 'wav', data: await speak(fraud.tip.loudspeaker, voice) };
}
