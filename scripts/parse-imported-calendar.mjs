// node --import tsx scripts/parse-imported-calendar.mjs FROM TO ZONE: reads one line with the UIDs of our own events as
// JSON, then a calendar, and writes its busy times as JSON. The calendar import runs it as a process of its own, which
// it can kill: a hostile file may contain any recurrence rule, and must not take time from visitors.

import process from 'node:process';
import { text } from 'node:stream/consumers';
import { parseBusyTimes } from '../db/calendars/parse-busy-times.ts';

const [from, to, timeZone] = process.argv.slice(2);
const input = await text(process.stdin);
const end = input.indexOf('\n');
const own = new Set(JSON.parse(input.slice(0, end)));
const query = { from: Number(from), to: Number(to), timeZone, isOwn: (uid) => own.has(uid) };
const found = parseBusyTimes(input.slice(end + 1), query);
process.stdout.write(JSON.stringify(found));
