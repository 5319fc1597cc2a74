import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Section } from '@/components/section';
import type { CalendarImportView } from '@/db/calendars/calendar-import';
import { removeCalendarImport } from './actions';
import { CalendarImportForm } from './calendar-import-form';
import { CALENDAR_IMPORT_PROBLEM_TEXTS, formatElapsedTimeAgo } from './calendar-import-problem-texts';

/** A calendar of the therapist's own, during whose busy times nobody can book them. */
export function CalendarImportSection({ found, now }: { found: CalendarImportView | null; now: number }) {
  return (
    <Section title="Your busy times elsewhere" aside="Nobody can book you while your other calendar is busy.">
      {found && (
        <div className="mb-6 max-w-[36rem]">
          <p className="wrap-anywhere">
            <b className="font-medium">{found.host}</b>.{' '}
            {found.readAt === null
              ? found.problem
                ? 'It has never been read.'
                : 'It will be read within a minute.'
              : `Read ${formatElapsedTimeAgo(now - found.readAt)}: ${formatStretches(found.stretches)}.`}
          </p>
          {found.problem && (
            <p className="mt-2 border-l-2 border-clay pl-4 text-clay">
              It could not be read the last time. {CALENDAR_IMPORT_PROBLEM_TEXTS[found.problem]}
              {found.readAt !== null && ' What was known before is still blocked.'}
            </p>
          )}
          <ActionForm action={removeCalendarImport} className="mt-4">
            <Button kind="cancel" slim>
              Remove this calendar
            </Button>
          </ActionForm>
        </div>
      )}
      <CalendarImportForm host={found?.host ?? null} />
      <p className="mt-4 max-w-[36rem] text-small text-soft">
        We look every 10 minutes and store only the times: no title, place or name. Events marked as free do not count,
        and of one that lasts more than a year only the first day does. What is booked here stays booked, and your
        calendar tells you where the two meet.
      </p>
    </Section>
  );
}

function formatStretches(many: number): string {
  if (many === 0) return 'it takes no time that could be booked';
  return many === 1 ? 'one time is blocked' : `${many} times are blocked`;
}
