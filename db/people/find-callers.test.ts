import { describe, expect, it } from 'vitest';
import { buildClientSearchText } from '@/db/input/search-text';
import { clients } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { DESK_VIEWER, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { findCallers, getCaller } from './find-callers';

const { write } = setUpTestDatabase({ now: NOW });
const mira = therapistViewer('mira');
const find = async (query: string) => (await findCallers(mira, query, { now: NOW })).map(({ name }) => name);

async function plantClients(...planted: { name: string; email?: string; phone?: string }[]): Promise<void> {
  await write(async (tx) => {
    for (const { name, email = '', phone = null } of planted) {
      const searchText = buildClientSearchText({ name, email, phone });
      await tx.insert(clients).values({ id: name, name, email, phone, searchText, createdAt: NOW });
    }
  });
}

describe('a caller is found', () => {
  it('by part of the name, whatever its accents and capitals; names that begin with it come first', async () => {
    await plantClients(
      { name: 'Joanna Lee' },
      { name: 'Ana Costa' },
      { name: 'Rita Anders' },
      { name: 'Zoë Ní Bhriain' },
    );
    expect(await find('AN')).toEqual(['Ana Costa', 'Rita Anders', 'Joanna Lee']);
    expect(await find('zoe ní')).toEqual(['Zoë Ní Bhriain']);
    expect(await find('costa an')).toEqual(['Ana Costa']);
  });

  it('by the digits of a number, in national format or with the country code', async () => {
    await plantClients({ name: 'Ana Costa', phone: '+353875550134' }, { name: 'Ben Hale', phone: '+353865550177' });
    expect(await find('087 555-0134')).toEqual(['Ana Costa']);
    expect(await find('+353 87')).toEqual(['Ana Costa']);
    expect(await find('0177')).toEqual(['Ben Hale']);
  });

  it('by an e-mail address', async () => {
    await plantClients({ name: 'Ana Costa', email: 'ana@example.org' }, { name: 'Ben Hale', email: 'ben@example.org' });
    expect(await find('Ben@')).toEqual(['Ben Hale']);
  });

  it('by special characters of the database only where they appear literally', async () => {
    await plantClients(
      { name: 'Ana Costa', email: 'ana_c@example.org' },
      { name: 'Ben Hale', email: 'anac@example.org' },
    );
    expect(await find('a_c@')).toEqual(['Ana Costa']);
    expect(await find('%')).toEqual([]);
    expect(await find('!')).toEqual([]);
    expect(await find('  ')).toEqual([]);
  });

  it('among eight results at most', async () => {
    await plantClients(...Array.from({ length: 10 }, (_, k) => ({ name: `Ana ${k}` })));
    expect(await find('ana')).toHaveLength(8);
  });
});

it('shows the therapist of a current plan, and the last visit', async () => {
  await plantClients({ name: 'Ana Costa', phone: '+353875550134' });
  await write(async (tx) => {
    const series = { client: 'Ana Costa', seriesId: 's', sessions: 3, roomId: 'garden' };
    await insertTestAppointment(tx, {
      ...series,
      id: 'a',
      on: '2026-11-10',
      time: '18:00',
      therapistId: 'tom',
      position: 1,
    });
    await insertTestAppointment(tx, {
      ...series,
      id: 'b',
      on: '2026-12-01',
      time: '18:00',
      therapistId: 'mira',
      position: 2,
    });
    await insertTestAppointment(tx, {
      ...series,
      id: 'c',
      on: '2026-12-08',
      time: '18:00',
      therapistId: 'jun',
      position: 3,
    });
  });
  const known = await getCaller(mira, 'Ana Costa', { now: NOW });
  const lastMassage = { serviceId: 'swedish', minutes: 60 };
  expect(await getCaller(OWNER_VIEWER, 'Ana Costa', { now: NOW })).toEqual({ ...known, lastMassage });
  expect(await getCaller(DESK_VIEWER, 'Ana Costa', { now: NOW })).toEqual({ ...known, lastMassage });
  expect(await getCaller(therapistViewer('tom'), 'Ana Costa', { now: NOW })).toEqual({ ...known, lastMassage });
  expect(known, 'what a colleague gave them is not hers to read').toEqual({
    id: 'Ana Costa',
    name: 'Ana Costa',
    email: '',
    phone: '087 555 0134',
    phoneLink: 'tel:+353875550134',
    planWith: 'Mira Kovač',
    lastVisitAt: instantAt('2026-11-10', '18:00'),
    lastMassage: null,
  });
  expect(await getCaller(mira, 'nobody', { now: NOW })).toBeNull();
});
