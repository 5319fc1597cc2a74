import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { encrypt } from '@/db/access/encryption';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { getCalendarImport, setCalendarImport } from '@/db/calendars/calendar-import';
import { listExternalClashes } from '@/db/calendars/external-clashes';
import { CALENDAR_ADDRESS_ENCRYPTION_PURPOSE } from '@/db/calendars/import-busy-times';
import { calendarImports, externalBusyTimes } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { importDueCalendars } from './calendar-import-worker';
import { fetchCalendar } from './fetch-calendar';
import { isPublicIp } from './public-ip';

const db = setUpTestDatabase({ now: NOW });
const MIRA = therapistViewer('mira');
const anyAddress = () => true;
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://localhost:${(server.address() as AddressInfo).port}/private.ics`;
}
const fetchAny = (address: string, other = {}) =>
  fetchCalendar(address, { etag: null, isAllowed: anyAddress, ...other });

describe('an address that may be connected to', () => {
  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fe80::1%eth0',
      'fd00::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::a00:1',
    ],
    ...['2002:a00:1::', '2001:0:1::', '2001:db8::1', '255.255.255.255', 'localhost', '', '0x7f.1'],
  ])('is not %s', (address) => expect(isPublicIp(address)).toBe(false));

  it.each(['8.8.8.8', '93.184.216.34', '2606:4700:4700::1111', '172.32.0.1', '100.128.0.1'])('is %s', (address) =>
    expect(isPublicIp(address)).toBe(true),
  );
});

describe('fetching a calendar', () => {
  it('sends no request to this machine or its network: by name, by number, or by a redirect', async () => {
    let requests = 0;
    const address = await serve((_, response) => {
      requests += 1;
      response.end('secret');
    });
    const { port } = new URL(address);
    const refused = { kind: 'failed', problem: 'private' };
    for (const host of ['localhost', '127.0.0.1', '2130706433', '0x7f000001', '127.1', '[::1]', '[::ffff:127.0.0.1]'])
      expect(await fetchCalendar(`http://${host}:${port}/`, { etag: null })).toEqual(refused);
    expect(requests).toBe(0);
    const from = await serve((_, response) => response.writeHead(302, { Location: `http://127.0.0.1:${port}/` }).end());
    // The first address is allowed, as a public one would be; the redirect target is not.
    let looked = 0;
    expect(await fetchCalendar(from, { etag: null, isAllowed: () => ++looked <= 2 && looked === 1 })).toEqual(refused);
    expect(requests).toBe(0);
  });

  it('follows a few redirects, and then gives up', async () => {
    const end = await serve((_, response) => response.end('BEGIN'));
    const once = await serve((_, response) => response.writeHead(301, { Location: end }).end());
    expect(await fetchAny(once)).toEqual({ kind: 'read', text: 'BEGIN', etag: null });
    const round = await serve((request, response) => response.writeHead(302, { Location: request.url }).end());
    expect(await fetchAny(round)).toEqual({ kind: 'failed', problem: 'unreachable' });
    const away = await serve((_, response) => response.writeHead(302, { Location: 'file:///etc/passwd' }).end());
    expect(await fetchAny(away)).toEqual({ kind: 'failed', problem: 'unreachable' });
  });

  it('returns the ETag, and reports when nothing changed', async () => {
    const address = await serve((request, response) =>
      request.headers['if-none-match'] === '"7"'
        ? response.writeHead(304).end()
        : response.setHeader('ETag', '"7"').end('x'),
    );
    expect(await fetchAny(address)).toEqual({ kind: 'read', text: 'x', etag: '"7"' });
    expect(await fetchAny(address, { etag: '"7"' })).toEqual({ kind: 'same' });
  });

  it('stops after too many bytes, and after too long', async () => {
    const endless = await serve((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await fetchAny(endless)).toEqual({ kind: 'failed', problem: 'too_large' });
    const silent = await serve((_, response) => void response.write('x'));
    expect(await fetchAny(silent, { withinMs: 200 })).toEqual({ kind: 'failed', problem: 'too_slow' });
  });

  it.each([
    [404, 'not_found'],
    [410, 'not_found'],
    [401, 'refused'],
    [403, 'refused'],
    [500, 'unreachable'],
    [304, 'unreachable'],
  ])('reports status %i as %s', async (status, problem) => {
    expect(await fetchAny(await serve((_, response) => response.writeHead(status).end()))).toEqual({
      kind: 'failed',
      problem,
    });
  });
});

it('reads a calendar, claims its busy times, and reports when it cannot be read', { timeout: 60_000 }, async () => {
  let body = '';
  const address = await serve((_, response) => response.end(body));
  await setCalendarImport(MIRA, 'https://calendar.example/private.ics', { now: NOW });
  // This test server has no certificate, so its http address is stored directly.
  const sealedAddress = encrypt(address, CALENDAR_ADDRESS_ENCRYPTION_PURPOSE);
  await db.write((tx) => tx.update(calendarImports).set({ sealedAddress }));
  const held = async () =>
    (await db.connection().reader.select().from(externalBusyTimes)).map(({ startAt }) => startAt);
  body = 'this is no calendar';
  await importDueCalendars(NOW, anyAddress);
  expect(await getCalendarImport(MIRA)).toMatchObject({ readAt: null, problem: 'unreadable' });
  const lines = ['BEGIN:VEVENT', 'UID:a', 'DTSTART:20261201T180000Z', 'DTEND:20261201T190000Z', 'END:VEVENT'];
  body = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n');
  const later = NOW + 10 * 60_000;
  await importDueCalendars(later, anyAddress);
  expect(await getCalendarImport(MIRA)).toMatchObject({ readAt: later, problem: null, stretches: 1 });
  expect(await held()).toEqual([instantAt('2026-12-01', '18:00')]);
  // Our own appointment, imported from the calendar as an invitation, blocks nothing.
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-03', '18:00')), { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  const { uid } = booked.appointments[0]!;
  const ours = ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTART:20261203T180000Z', 'DTEND:20261203T190000Z', 'END:VEVENT'];
  body = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, ...ours, 'END:VCALENDAR'].join('\r\n');
  await importDueCalendars(later + 10 * 60_000, anyAddress);
  await cancelAppointments(OWNER_VIEWER, { uid, scope: 'this' }, { now: later + 10 * 60_000 });
  await importDueCalendars(later + 10 * 60_000, anyAddress);
  expect(await listExternalClashes(MIRA, { now: NOW })).toEqual([]);
  expect(await held()).toEqual([instantAt('2026-12-01', '18:00')]);
  await importDueCalendars(later + 20 * 60_000);
  expect(await getCalendarImport(MIRA)).toMatchObject({ readAt: later + 10 * 60_000, problem: 'private' });
  expect(await held()).toHaveLength(1);
});
