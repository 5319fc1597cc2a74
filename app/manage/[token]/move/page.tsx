import type { Metadata } from 'next';
import { move } from '@/app/manage/[token]/actions';
import { findAppointment, loadManaged, type Managed, mayMove } from '@/app/manage/[token]/load';
import { inScope, readScope, type Scope, scopesFor } from '@/app/manage/[token]/scope';
import { sayMoment } from '@/app/manage/[token]/wording';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactLinks } from '@/components/contact-links';
import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import { Opening } from '@/components/opening';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import type { AppointmentView } from '@/db/appointments/series';
import { listTimesToMove } from '@/db/availability/times-to-move';
import { type MovePreviewResult, previewMove } from '@/db/booking/move-appointments';
import { isBusy } from '@/db/connection/database-busy';
import { addDays, daysBetween, isPlannableDay } from '@/scheduling/day';
import { canMoveAgain } from '@/scheduling/policy';
import { sayCount, sayDay, sayFirstName, sayTime, sayZone } from '@/scheduling/wording';
import { toInstant, toWall, toWallTime } from '@/scheduling/zone';
import { AlsoMoves } from './also-moves';

export const metadata: Metadata = { title: 'Move' };

interface MovePage {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const DAYS = 7;

const scopes: Record<Scope, string> = {
  this: 'Only this one',
  following: 'This and later dates',
  all: 'All upcoming',
};

/** Free times of the same therapist, a week at a time; a chosen one is shown with the button that moves to it. */
export default async function MovePage({ params, searchParams }: MovePage) {
  const managed = await loadManaged(params);
  const query = await searchParams;
  const appointment = findAppointment(managed, query.uid);
  const { practice, token, now } = managed;
  const { timeZone, locale } = practice;
  const back = `/manage/${token}`;
  const here = `${back}/move?uid=${appointment.uid}`;
  const crumbs = [{ href: back, label: 'Your dates' }];

  if (!mayMove(managed, appointment)) {
    return (
      <Shell practice={practice} current="manage">
        <Opening title={`${sayMoment(appointment, practice.locale)} cannot be moved here`} crumbs={crumbs} />
        <div className="pb-10">
          <Notice
            tone="bad"
            title={
              canMoveAgain(appointment.movesByClient, practice)
                ? 'It is too late, or it was changed already'
                : 'It has been moved as often as it can be here'
            }
          >
            <p>
              <ContactLinks practice={practice} capital />, and a person will help.
            </p>
          </Notice>
        </div>
      </Shell>
    );
  }

  const today = toWall(timeZone, now).on;
  const planned = toWall(timeZone, appointment.startsAt).on;
  const asked = isPlannableDay(query.from) ? query.from : addDays(planned, -3);
  const last = addDays(today, practice.windowDays);
  const from = asked < today ? today : asked > last ? last : asked;
  const starts = (await listTimesToMove(managed.viewer, { uid: appointment.uid, from, days: DAYS }, now)) ?? [];
  const to = readMoment(query.at, timeZone);
  const offered = scopesFor(managed, appointment);
  const scope = readScope(offered, query.scope);
  const along = to === null || scope === 'this' ? null : await previewFollowing(managed, appointment, to, scope);
  const who = sayFirstName(appointment.therapist.name);

  return (
    <Shell practice={practice} current="manage">
      <Opening
        title={`Move ${sayMoment(appointment, practice.locale)}`}
        from={`With ${who}, ${appointment.minutes} minutes. Nothing is moved until you press the button.`}
        crumbs={crumbs}
      />
      {(query.flash === 'taken' || query.flash === 'invalid') && (
        <div className="pb-10">
          <FocusOnOpening>
            <Notice tone="bad" id="flash" title="That time has just gone">
              <p>Nothing was moved. Choose another one below.</p>
            </Notice>
          </FocusOnOpening>
        </div>
      )}
      {to !== null && (
        <Section title="Move it?" id="to">
          <p className="mb-4 font-serif text-title">
            From {sayMoment(appointment, practice.locale)} to{' '}
            <b className="font-medium">{sayMoment({ startsAt: to, timeZone }, locale)}</b>.
          </p>
          {offered.length > 1 && (
            <nav aria-label="How much to move" className="mb-4 flex flex-wrap gap-x-6 gap-y-1">
              {offered.map((each) => (
                <a
                  key={each}
                  href={`${here}&from=${from}&at=${query.at}&scope=${each}#to`}
                  aria-current={each === scope || undefined}
                  className="inline-flex min-h-11 items-center border-b-2 border-transparent text-ink no-underline hover:underline aria-[current]:border-euc aria-[current]:font-semibold"
                >
                  {scopes[each]}
                </a>
              ))}
            </nav>
          )}
          {along && <AlsoMoves preview={along} meant={inScope(managed, appointment, scope)} practice={practice} />}
          {isFree(along) && (
            <ActionForm action={move} className="flex flex-wrap items-center gap-x-6 gap-y-3">
              <input type="hidden" name="token" value={token} />
              <input type="hidden" name="uid" value={appointment.uid} />
              <input type="hidden" name="version" value={appointment.version} />
              <input type="hidden" name="seriesVersion" value={managed.series.version} />
              <input type="hidden" name="scope" value={scope} />
              <input type="hidden" name="from" value={from} />
              <input type="hidden" name="at" value={String(query.at)} />
              <input type="hidden" name="to" value={to} />
              <input type="hidden" name="with" value={scope === 'this' ? appointment.therapist.id : ''} />
              <Button broad>
                {along?.ok && along.moves.length > 1 ? `Move these ${sayCount(along.moves.length)}` : 'Move it'}
              </Button>
              <a href={back} className="inline-flex min-h-11 items-center">
                Don’t move
              </a>
            </ActionForm>
          )}
        </Section>
      )}
      <Section title={`Free with ${who}`} aside={`Times are ${sayZone(timeZone)}.`} id="free">
        <nav aria-label="Other days" className="mb-4 flex flex-wrap items-center gap-x-6 text-small">
          {from > today && <DaysLink href={`${here}&from=${addDays(from, -DAYS)}`}>Earlier</DaysLink>}
          <span>
            {sayDay(from, 'short', locale)} to {sayDay(addDays(from, DAYS - 1), 'short', locale)}
          </span>
          {daysBetween(from, last) >= DAYS && <DaysLink href={`${here}&from=${addDays(from, DAYS)}`}>Later</DaysLink>}
        </nav>
        {starts.length === 0 && (
          <Notice tone="quiet" title={`${who} has no free time on these days`}>
            <p>
              Look a little later, or <ContactLinks practice={practice} />.
            </p>
          </Notice>
        )}
        <ul className="max-w-[46rem]">
          {daysOf(starts, timeZone).map(({ on, times }) => (
            <li key={on} className="border-t border-line py-4">
              <h3 className="mb-2">{sayDay(on, 'long', locale)}</h3>
              <ul className="flex flex-wrap gap-2">
                {times.map(({ startsAt, time }) => (
                  <li key={startsAt}>
                    <a
                      href={`${here}&from=${from}&at=${on}T${time}${scope === 'this' ? '' : `&scope=${scope}`}#to`}
                      aria-current={startsAt === to || undefined}
                      className="inline-flex min-h-11 items-center rounded border border-edge bg-sheet px-3 text-ink no-underline hover:border-euc aria-[current]:border-euc aria-[current]:bg-euc aria-[current]:text-on-euc"
                    >
                      <span className="sr-only">{sayDay(on, 'short', locale)}, </span>
                      {sayTime(timeZone, startsAt, locale)}
                    </a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Section>
    </Shell>
  );
}

/** Null: the calendar cannot be asked just now, and the button will say so too. */
async function previewFollowing(
  managed: Managed,
  appointment: AppointmentView,
  startsAt: number,
  scope: Scope,
): Promise<MovePreviewResult | null> {
  try {
    return await previewMove(managed.viewer, { uid: appointment.uid, startsAt, scope }, { now: managed.now });
  } catch (error) {
    if (isBusy(error)) return null;
    throw error;
  }
}

function isFree(tried: MovePreviewResult | null): boolean {
  return tried === null || (tried.ok && tried.moves.every(({ clash }) => clash === null));
}

function DaysLink({ href, children }: { href: string; children: string }) {
  return (
    <a href={`${href}#free`} className="inline-flex min-h-11 items-center">
      {children}
    </a>
  );
}

function daysOf(starts: number[], timeZone: string) {
  const days = new Map<string, { startsAt: number; time: string }[]>();
  for (const startsAt of starts) {
    const { on } = toWall(timeZone, startsAt);
    const time = toWallTime(timeZone, startsAt);
    days.set(on, [...(days.get(on) ?? []), { startsAt, time }]);
  }
  return [...days].map(([on, times]) => ({ on, times }));
}

function readMoment(value: unknown, timeZone: string): number | null {
  const [, on, time] =
    (typeof value === 'string' && /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d(?:~2)?)$/.exec(value)) || [];
  return time && isPlannableDay(on) ? toInstant(timeZone, on, time) : null;
}
