'use client';

import { useState } from 'react';

/** The day for which free times are requested. Marks itself when it differs from the day whose times are shown. */
export function MoveDayField({ shown, min, className }: { shown: string; min: string; className: string }) {
  const [day, setDay] = useState(shown);
  return (
    <label className="grid gap-1 text-small">
      Day
      <input
        type="date"
        name="to"
        required
        min={min}
        defaultValue={shown}
        data-other={day === shown ? undefined : ''}
        onChange={(event) => setDay(event.target.value)}
        className={className}
      />
    </label>
  );
}
