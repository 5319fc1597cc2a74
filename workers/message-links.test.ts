import { beforeEach, expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { makeMessageLinks } from './message-links';

setUpTestDatabase({ now: NOW });
beforeEach(() => vi.stubEnv('BASE_URL', 'https://massage.example'));

const queryOf = async (about: 'again' | 'missed') => {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 4)), {
    now: NOW,
  });
  if (!booked.ok) throw new Error(booked.reason);
  const { bookUrl } = await makeMessageLinks(
    {
      ...{ kind: 'follow_up', about, practice: toNotificationPractice(await getPractice()), uid: 'a', start: NOW },
      ...{ seriesUid: booked.seriesId, clientName: 'Ana Costa', service: 'Swedish', therapist: 'Mira Kovač' },
      again: {
        ...{ serviceId: 'swedish', minutes: 60, cadence: 'weekly', sessions: 4, therapistId: 'mira' },
        ...{ on: '2026-12-29', time: '18:00' },
      },
    },
    'ana@example.org',
  );
  const { pathname, searchParams } = new URL(bookUrl ?? '');
  expect(pathname).toBe(`/manage/${booked.manageToken}/again`);
  return Object.fromEntries(searchParams);
};

it('links from the end of a plan to the same plan again', async () => {
  expect(await queryOf('again')).toMatchObject({ step: 'dates', cadence: 'weekly', sessions: '4', on: '2026-12-29' });
});

it('links from a missed date to one other date, whose time is chosen first', async () => {
  expect(await queryOf('missed')).toEqual({
    ...{ step: 'time', type: 'swedish', minutes: '60', cadence: 'once', sessions: '1', therapist: 'mira' },
  });
});
