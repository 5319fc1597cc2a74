import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { type DateRow, shownDateRowSchema } from './date-rows';
import { TakenDatesNotice } from './taken-dates-notice';

const row = (other: Partial<DateRow>): DateRow =>
  shownDateRowSchema.parse({
    ...{ position: 1, state: 'clash', day: 'Mon 1 Feb', hours: '10:00 to 11:00', startsAt: 0, endsAt: 0 },
    ...{ serviceId: 'swedish', massage: 'Swedish', who: null, insteadOf: null, why: null, options: [], pick: null },
    ...other,
  });
const render = (rows: DateRow[]) => renderToStaticMarkup(<TakenDatesNotice rows={rows} rest="Nothing was booked." />);

it('says that somebody took the dates, unless one of them is on a day when the practice is closed', () => {
  const clash = row({ mayFreeUp: true });
  const closed = row({ mayFreeUp: false });
  expect(render([clash])).toContain('Someone just took one of your dates');
  expect(render([clash, clash])).toContain('Someone just took two of your dates');
  expect(render([closed])).toContain('One of your dates is not free');
  expect(render([closed, clash])).toContain('Two of your dates are not free');
  expect(render([closed])).toContain('Mon 1 Feb, 10:00 to 11:00. Nothing was booked.');
  expect(render([row({ state: 'free' })])).toBe('');
});
