// node --import tsx scripts/read-busy-times.mjs FROM TO ZONE < calendar.ics: the busy times in it, as JSON. The calendar import
// runs it as a process of its own, which it can end: a hostile file may have any rule in it, and takes no visitor's time.

import process from 'node:process';
import { text } from 'node:stream/consumers';
import { readBusyTimes } from '../db/calendars/read-busy-times.ts';

const [from, to, timeZone] = process.argv.slice(2);
const found = readBusyTimes(await text(process.stdin), { from: Number(from), to: Number(to), timeZone });
process.stdout.write(JSON.stringify(found));
