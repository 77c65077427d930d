import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { maskDigits } from '../../src/lib/log.ts';

const LOG = fileURLToPath(new URL('../../src/lib/log.ts', import.meta.url));

test('a log line carries no text, no talker and no number, wherever they are put', () => {
  const code = `import { createLog } from ${JSON.stringify(LOG)};
    const log = createLog('info');
    log.info({ text: '转账', talker: 'zhang', message: { text: '汇款' }, why: '卡号6222020200112233445' }, 'called by 13900001111');`;
  const { stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  const line = JSON.parse(stderr) as Record<string, unknown>;
  expect(stderr).not.toMatch(/转账|zhang|汇款|6222020|13900001111/);
  expect(line).toMatchObject({ text: '（不记录）', why: '卡号62***', msg: 'called by 13***' });
});

test('short numbers stay readable', () => {
  expect(maskDigits('port 8060, 96110')).toBe('port 8060, 96***');
});
