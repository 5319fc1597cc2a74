import { expect, it } from 'vitest';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { pickMailSettings, saveMailSettings } from './mail-settings';
import { getPractice, toNotificationPractice } from './practice';

setUpTestDatabase({ now: NOW });

const change = async (mailFrom: string, mailReplyTo: string, seen?: string) => {
  const before = JSON.stringify(pickMailSettings(await getPractice()));
  const request = { mailFrom, mailReplyTo, mailOpening: '', mailClosing: '' };
  return saveMailSettings(OWNER_VIEWER, request, seen ?? before, { now: NOW });
};

it('sets the sender of e-mails and where replies go', async () => {
  expect(await change(' Desk@harbour.example ', 'ruth@harbour.example')).toEqual({ ok: true });
  expect(toNotificationPractice(await getPractice())).toMatchObject({
    mailFrom: 'desk@harbour.example',
    mailReplyTo: 'ruth@harbour.example',
  });
  expect(await change('', '')).toEqual({ ok: true });
  expect(pickMailSettings(await getPractice())).toEqual({
    mailFrom: '',
    mailReplyTo: '',
    mailOpening: '',
    mailClosing: '',
  });
});

it.each([
  ['desk', '', 'mailFrom'],
  ['', 'a@x.example, b@y.example', 'mailReplyTo'],
])('refuses %j and %j, and writes nothing', async (mailFrom, mailReplyTo, field) => {
  const before = await getPractice();
  expect(await change(mailFrom, mailReplyTo)).toMatchObject({ ok: false, issues: [{ path: [field] }] });
  expect(await getPractice()).toEqual(before);
});

it('does not overwrite what another owner has changed since the form was opened', async () => {
  const seen = JSON.stringify(pickMailSettings(await getPractice()));
  expect(await change('one@harbour.example', '', seen)).toEqual({ ok: true });
  expect(await change('two@harbour.example', '', seen)).toEqual({ ok: false, reason: 'changed_since' });
});

it('takes the practice’s own words, each on one line and not too long', async () => {
  const before = pickMailSettings(await getPractice());
  const write = (words: Partial<typeof before>) =>
    saveMailSettings(OWNER_VIEWER, { ...before, ...words }, JSON.stringify(before), { now: NOW });
  expect(await write({ mailClosing: 'x'.repeat(201) })).toMatchObject({
    ok: false,
    issues: [{ path: ['mailClosing'] }],
  });
  expect(await write({ mailOpening: ' How good to hear from you. ', mailClosing: 'See you soon, Ruth' })).toEqual({
    ok: true,
  });
  expect(toNotificationPractice(await getPractice())).toMatchObject({
    opening: 'How good to hear from you.',
    closing: 'See you soon, Ruth',
  });
});
