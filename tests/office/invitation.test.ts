import { describe, expect, test } from 'vitest';
import { readCode } from '../../src/campaign/index.ts';
import { invitationWords, invite, makeInvitation } from '../../src/office/index.ts';
import { memoryCampaign } from './memory-campaign.ts';

const NOW = Date.parse('2026-11-24T02:05:00Z');

describe('an invitation for a deputy', () => {
  test('is eight signs that nobody mistakes for others', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 2_000; i++) {
      const { shown, code } = makeInvitation(NOW);
      expect(shown).toMatch(/^DB-[A-HJKMNP-Z2-9]{4}-[A-HJKMNP-Z2-9]{4}$/);
      expect(code).toBe(shown.replaceAll('-', ''));
      seen.add(code);
    }
    expect(seen.size).toBe(2_000);
    expect(new Set([...seen].flatMap((code) => [...code.slice(2)])).size).toBe(31);
  });
  test('is understood in the talk as it is shown, in small letters and with blanks as well', () => {
    const { shown, code } = makeInvitation(NOW);
    for (const said of [shown, shown.toLowerCase(), shown.replaceAll('-', ' '), code])
      expect(readCode(said)).toEqual({ code });
  });
  test('is kept for seven days, and the words for the deputy carry it with the time', async () => {
    const { store, codes } = memoryCampaign();
    const invitation = await invite(store, NOW);
    expect(codes).toEqual([{ code: invitation.code, until: NOW + 7 * 86_400_000 }]);
    expect(invitationWords(invitation)).toBe(
      `请在和反诈助手的聊天里发这个码：${invitation.shown}\n12月1日 10:05以前有效，只能用一次。`,
    );
  });
  test('asks for random numbers below the number of signs, each sign as likely', () => {
    const asked: number[] = [];
    const { code } = makeInvitation(NOW, (below) => asked.push(below) % below);
    expect(asked).toEqual(Array.from({ length: 8 }, () => 31));
    expect(code).toHaveLength(10);
  });
});
