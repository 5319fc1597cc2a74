import { beforeEach, expect, it } from 'vitest';
import { deleteAllRows } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { setUpPractice } from './setup';
import { isSetUp, readSetupDraft, saveSetupAnswers } from './setup-draft';

const now = Date.UTC(2026, 10, 28, 9);
const { write } = setUpTestDatabase({ now });

beforeEach(() => write(deleteAllRows));

const practice = {
  name: 'Harbour Massage',
  ownerName: 'Ruth Keane',
  ownerEmail: 'ruth@harbour.example',
  timeZone: 'Europe/Dublin',
  currency: 'EUR',
  locale: 'en-IE',
  address: '',
  phone: '',
};

it('is empty before anything was answered', async () => {
  expect(await readSetupDraft()).toEqual({});
  expect(await isSetUp()).toBe(false);
});

it('keeps each answer as it was typed, and the last one for each field', async () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\0'));
  const screens = fc.array(fc.dictionary(fc.constantFrom('name', 'phone', 'from1', 'swedish-30'), words), {
    minLength: 1,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(screens, async (sent) => {
      await write(deleteAllRows);
      for (const answers of sent) expect(await saveSetupAnswers(answers, now)).toBe(true);
      expect(await readSetupDraft()).toEqual(Object.assign({}, ...sent));
    }),
    { numRuns: getPropertyTestRuns(25) },
  );
});

it('loses no answer when two screens save at the same moment', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, k) => saveSetupAnswers({ [`field-${k}`]: String(k) }, now)));
  expect(Object.keys(await readSetupDraft())).toHaveLength(8);
});

it('limits how much it stores, whatever is sent', async () => {
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, k) => [`field-${k}`, 'x'.repeat(10_000)]));
  await saveSetupAnswers(many, now);
  expect(JSON.stringify(await readSetupDraft()).length).toBeLessThan(500_000);
});

it('is deleted when the practice is created, and stores nothing after that', async () => {
  await saveSetupAnswers({ name: 'Harbour Massage' }, now);
  expect(await setUpPractice(practice, now)).toMatchObject({ ok: true });
  expect(await readSetupDraft()).toEqual({});
  expect(await saveSetupAnswers({ name: 'Another' }, now)).toBe(false);
  expect(await readSetupDraft()).toEqual({});
  expect(await isSetUp()).toBe(true);
});

it('does not overwrite another device’s answers with fields that this device left unchanged', async () => {
  await saveSetupAnswers({ name: 'Harbour', phone: '01 555 0142' }, now);
  await saveSetupAnswers({ address: '2 Quay Street' }, now, { name: 'Old name', country: 'IE' });
  expect(await readSetupDraft()).toEqual({
    name: 'Harbour',
    phone: '01 555 0142',
    address: '2 Quay Street',
    country: 'IE',
  });
});
