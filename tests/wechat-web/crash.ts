/** Loads the real puppet, bare or through the guard, and crashes. Prints `alive` if the process lives on. */
import { loadUpstream } from '../../src/channels/wechaty/guarded-wechat4u/upstream.ts';

if (process.argv[2] === 'bare') await import('wechaty-puppet-wechat4u');
else await loadUpstream();
setTimeout(() => {
  throw new Error('a crash');
}, 10);
setTimeout(() => process.stdout.write('alive\n'), 100);
