import { describe, expect, it } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { auditEvents } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { changePolicies, getPolicyFormValues } from './policies';
import { getPractice } from './practice';

setUpTestDatabase({ now: NOW });

async function change(request: Record<string, string>, seen?: string) {
  const before = getPolicyFormValues(await getPractice());
  return changePolicies(OWNER_VIEWER, { ...before, ...request }, seen ?? JSON.stringify(before), { now: NOW });
}

describe('the rules for booking', () => {
  it('are typed in hours and stored in minutes', async () => {
    expect(await change({ cancelCutoffMinutes: '48', moveCutoffMinutes: '1,5', noticeMinutes: '0.25' })).toEqual({
      ok: true,
    });
    const practice = await getPractice();
    expect(practice).toMatchObject({ cancelCutoffMinutes: 2880, moveCutoffMinutes: 90, noticeMinutes: 15 });
    expect(getPolicyFormValues(practice)).toMatchObject({ cancelCutoffMinutes: '48', moveCutoffMinutes: '1.5' });
  });

  it('keep the practice’s words on one line, and out of history', async () => {
    expect(await change({ noShowWords: ' Half the price\r\n if you  do not come. ' })).toEqual({ ok: true });
    expect((await getPractice()).noShowWords).toBe('Half the price if you do not come.');
    expect(JSON.stringify(await (await reader()).select().from(auditEvents))).not.toContain('Half the price');
  });

  it.each([
    ['cancelCutoffMinutes', 'soon'],
    ['moveCutoffMinutes', '-1'],
    ['noticeMinutes', '337'],
    ['movesPerDate', ''],
    ['graceMinutes', '121'],
    ['windowDays', '6'],
    ['stepMinutes', '7'],
    ['holdMinutes', '1.5'],
    ['maxSessions', '0'],
    ['noShowWords', 'x'.repeat(201)],
  ])('refuse %s of %s, and write nothing', async (field, input) => {
    const before = await getPractice();
    expect(await change({ [field]: input, maxSessions: field === 'maxSessions' ? input : '12' })).toMatchObject({
      ok: false,
      reason: 'invalid',
      issues: [{ path: [field] }],
    });
    expect(await getPractice()).toEqual(before);
  });

  it('do not overwrite what another owner has changed since the form was opened', async () => {
    const seen = JSON.stringify(getPolicyFormValues(await getPractice()));
    expect(await change({ windowDays: '90' }, seen)).toEqual({ ok: true });
    expect(await change({ windowDays: '120' }, seen)).toEqual({ ok: false, reason: 'changed_since' });
    expect((await getPractice()).windowDays).toBe(90);
  });
});
