import { expect, it } from 'vitest';
import { wallMsToInstant } from './zone-conversion';
import { getZone, listClockChanges, offsetPeriodAt } from './zone-offsets';

const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 0, 1);
const TO = Date.UTC(2037, 0, 1);

/** Computes the offset with Intl in another way than `zone-conversion.ts` does. */
function offsetBy(format: Intl.DateTimeFormat, instant: number): number {
  const text = format.format(instant).split('GMT')[1]!;
  const [, sign, hours, minutes, seconds] = /^([+-])?(\d\d)?:?(\d\d)?:?(\d\d)?$/.exec(text)!;
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0);
  return (sign === '-' ? -1000 : 1000) * size;
}

it('converts every wall time around every clock change of every known zone and back, 2026 to 2036', {
  timeout: 120_000,
}, () => {
  const names = Intl.supportedValuesOf('timeZone');
  let seen = 0;
  const wrong: string[] = [];
  for (const name of names) {
    const zone = getZone(name);
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    const changes = listClockChanges(zone, FROM, TO);
    seen += changes.length;
    for (const { at, before, after } of changes) {
      if (offsetBy(format, at - 1000) !== before || offsetBy(format, at) !== after)
        wrong.push(`${name} changes at ${at}`);
      for (let instant = at - 3 * HOUR; instant <= at + 3 * HOUR; instant += HOUR / 4) {
        const { offset } = offsetPeriodAt(zone, instant);
        const back = wallMsToInstant(zone, instant + offset);
        const isSecondPass = after < before && instant >= at && instant < at + before - after;
        if (back !== (isSecondPass ? instant - (before - after) : instant)) wrong.push(`${name} at ${instant}`);
        const isGap = instant >= at && instant < at + after - before;
        // A wall time in the gap is read with the offset from before the gap.
        if (isGap && wallMsToInstant(zone, instant + before) !== instant)
          wrong.push(`${name} in the gap at ${instant}`);
      }
    }
    for (let month = FROM; month < TO; month += 31 * 24 * HOUR) {
      if (offsetBy(format, month) !== offsetPeriodAt(zone, month).offset)
        wrong.push(`${name} in the month of ${month}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(names.length).toBeGreaterThan(400);
  expect(seen).toBeGreaterThan(2000);
});
