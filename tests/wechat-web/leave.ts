/** Logs in, stops the puppet while a poll is under way, and prints when; nothing else ends the process. */
import { closeRigs, openRig, sleep } from './guarded-rig.ts';

const rig = await openRig({ pollMs: 1_000 });
await rig.signIn();
await sleep(100);
await closeRigs();
process.stdout.write(`${Date.now()}\n`);
