import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { openPrintShop, type PrintJob } from '../../src/print-shop.ts';
import { mind } from '../knowledge-base.ts';

const imprint = { county: '西平县', entry: '微信搜“西平人大”', entryUrl: undefined, date: '2026-11-24' };

function picture(over: Partial<typeof imprint> = {}): PrintJob {
  const fraud = mind.base.frauds.find(({ id }) => id === 'loan');
  if (!fraud) throw new Error('no such fraud');
  return { kind: 'picture', fraud, format: 'card', imprint: { ...imprint, ...over } };
}

const shops: { stop(): void }[] = [];
afterEach(() => {
  for (const shop of shops.splice(0)) shop.stop();
});

function open() {
  const shop = openPrintShop();
  shops.push(shop);
  return shop;
}

/** Our own children that print. */
function printing(): readonly number[] {
  const told = (pid: string, what: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${what}`, 'utf8');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && told(pid, 'cmdline').includes('print-shop'))
    .filter((pid) => Number(told(pid, 'stat').split(') ')[1]?.split(' ')[1]) === process.pid)
    .map(Number);
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

describe('the process that prints', { timeout: 60_000 }, () => {
  test('prints pictures and the handbook, one after the other', async () => {
    const shop = open();
    const { frauds, firstAid, contacts, quiz, wording } = mind.base;
    const base = { frauds: frauds.slice(0, 3), firstAid, contacts, quiz, wording };
    const [first, second, book] = await Promise.all([
      shop.print(picture()),
      shop.print(picture({ county: '柏城县' })),
      shop.print({ kind: 'handbook', base, imprint }),
    ]);
    expect(first.subarray(0, 4)).toEqual(PNG);
    expect(second.equals(first)).toBe(false);
    expect(book.subarray(0, 5).toString()).toBe('%PDF-');
  });
  test('tells what could not be printed, and goes on', async () => {
    const shop = open();
    await expect(shop.print(picture({ county: '\u{1F600}县' }))).rejects.toThrow(/字|印/);
    expect((await shop.print(picture())).subarray(0, 4)).toEqual(PNG);
  });
  test.skipIf(process.platform !== 'linux')('is begun anew when it was killed', async () => {
    const shop = open();
    await shop.print(picture());
    const [pid = 0] = printing();
    expect(pid).toBeGreaterThan(0);
    const interrupted = shop.print(picture());
    process.kill(pid, 'SIGKILL');
    await interrupted.catch(() => {});
    expect((await shop.print(picture())).subarray(0, 4)).toEqual(PNG);
  });
});
