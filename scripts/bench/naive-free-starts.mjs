// What one would write first: day by day, asking the time zone for each bound, arithmetic in minutes, no caching. It is
// right on ordinary days, which is all a yardstick needs; the tests have an oracle of their own.

const DAY = 86_400_000;
const MINUTE = 60_000;
const formats = new Map();

/** Creating a formatter is so slow that even a first version would cache it; its results are not cached. */
function formatOf(timeZone) {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

function offsetAt(timeZone, instant) {
  const [month, day, year, hour, minute, second] = formatOf(timeZone).format(instant).match(/\d+/g).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}

function toInstant(timeZone, day, time) {
  const [hours, minutes] = time.split(':').map(Number);
  const wall = day * DAY + (hours * 60 + minutes) * MINUTE;
  const guess = wall - offsetAt(timeZone, wall);
  return wall - offsetAt(timeZone, guess);
}

export function naiveFreeStarts(query) {
  const { timeZone, from, to } = query;
  const starts = [];
  const firstDay = Math.floor(from / DAY) - 1;
  for (let day = firstDay; day * DAY < to + DAY; day++) {
    const weekday = (((day + 4) % 7) + 7) % 7;
    for (const [opens, closes] of query.weeklyHours[weekday] ?? []) {
      const opening = toInstant(timeZone, day, opens);
      const closing = toInstant(timeZone, day, closes);
      const busy = query.busy.filter((other) => other.start < closing + DAY && other.end > opening - DAY);
      for (
        let start = opening;
        start + query.durationMinutes * MINUTE <= closing;
        start += query.stepMinutes * MINUTE
      ) {
        if (start < from || start >= to) continue;
        const paddedStart = start - query.bufferBefore * MINUTE;
        const paddedEnd = start + (query.durationMinutes + query.bufferAfter) * MINUTE;
        if (!busy.some((other) => other.start < paddedEnd && other.end > paddedStart)) starts.push(start);
      }
    }
  }
  return starts;
}
