import { expect, it } from 'vitest';
import { getSeries } from '@/db/appointments/series';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import { setCalendarAlarmEnabled } from './calendar-alarm';

setUpTestDatabase({ now: NOW });

async function book(on: string) {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt(on, '18:00')), { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  return { id: booked.seriesId, link: linkViewer(booked.seriesId) };
}

it('the calendar alarm is off until the client turns it on, and only the series’ own link can change it', async () => {
  const [own, other] = [await book('2026-12-01'), await book('2026-12-02')];
  const isOn = async () => (await getSeries(own.link, own.id))!.hasCalendarAlarm;
  expect(await isOn()).toBe(false);
  expect(await setCalendarAlarmEnabled(other.link, own.id, true)).toBe(false);
  expect(await setCalendarAlarmEnabled(own.link, 'no id', true)).toBe(false);
  expect(await isOn()).toBe(false);
  expect(await setCalendarAlarmEnabled(own.link, own.id, true)).toBe(true);
  expect(await isOn()).toBe(true);
  await setCalendarAlarmEnabled(own.link, own.id, false);
  expect(await isOn()).toBe(false);
});
