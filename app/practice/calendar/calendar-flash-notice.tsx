import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import type { AppointmentFacts } from '@/db/appointments/appointment-facts';
import { isMailEnabled, pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

interface Outcome {
  tone: 'good' | 'bad';
  title: string;
  next: string;
}

/**
 * Says what a press did. The words come from here, never from the address, and never contradict what the panel shows.
 */
export function CalendarFlashNotice({
  flash,
  dates,
  clashing,
  open,
  locale,
}: {
  flash: unknown;
  /** How many dates were changed, as the address says. */
  dates: unknown;
  /** The dates of a plan that were in the way, in words. */
  clashing: string;
  open: AppointmentFacts | null;
  locale: string;
}) {
  const [, count] = /^(\d{1,3})$/.exec(typeof dates === 'string' ? dates : '') ?? [];
  const outcome =
    typeof flash === 'string' ? outcomeOf(flash, { open, dates: Number(count ?? 1), clashing, locale }) : null;
  if (!outcome) return null;
  return (
    <div className="pb-4 print:hidden">
      <FocusOnOpening key={`${flash} ${open?.uid} ${open?.version}`}>
        <Notice tone={outcome.tone} title={outcome.title} id="flash" live>
          {outcome.next}
        </Notice>
      </FocusOnOpening>
    </div>
  );
}

function describeNotified(): string {
  return pickTextByMailEnabled(
    'The client and both therapists get an e-mail.',
    'No mail server is set, so no e-mail is sent: tell the client yourself.',
  );
}

function outcomeOf(
  flash: string,
  { open, dates, clashing, locale }: { open: AppointmentFacts | null; dates: number; clashing: string; locale: string },
): Outcome | null {
  const unchangedNote = 'The rest of the series stays as it was.';
  const isSo = open === null || open.status === flash;
  switch (flash) {
    case 'arrived':
      return open === null || open.arrivedAt !== null
        ? { tone: 'good', title: 'Arrived', next: 'Press Started when the massage begins.' }
        : null;
    case 'begun':
      return open === null || open.begunAt !== null
        ? { tone: 'good', title: 'Started', next: 'Press Done when it is over.' }
        : null;
    case 'late_cancel':
      return open === null || open.isLateCancel
        ? { tone: 'good', title: 'Marked as a late cancel', next: `The time is free again. ${describeMail(open)}` }
        : null;
    case 'hand_over_yes':
      return {
        tone: 'good',
        title: 'Handed over',
        next: `The dates are with the colleague now. ${describeNotified()}`,
      };
    case 'hand_over_partly':
      return {
        tone: 'good',
        title: 'Handed over, but not all of it',
        next: `Some new times are taken by now: those dates stayed, and are named below. ${describeNotified()}`,
      };
    case 'hand_over_no':
      return { tone: 'good', title: 'Nothing was handed over', next: 'The dates stay with the therapist they have.' };
    case 'hand_over_settled':
      return {
        tone: 'good',
        title: 'Dealt with',
        next: 'Nobody is asked any more. The dates are as the calendar shows.',
      };
    case 'hand_over_gone':
      return {
        tone: 'bad',
        title: 'That was answered already',
        next: 'Nothing was changed now. Open the date to see how it stands.',
      };
    case 'taken_since':
      return {
        tone: 'bad',
        title: 'That time was given to somebody else',
        next: 'It stays cancelled. Book another time.',
      };
    case 'completed':
      return isSo ? { tone: 'good', title: 'Marked completed', next: unchangedNote } : null;
    case 'no_show':
      return isSo ? { tone: 'good', title: 'Marked as a no-show', next: unchangedNote } : null;
    case 'undone':
      return open === null || open.status === 'booked'
        ? { tone: 'good', title: 'Undone', next: 'You can note again how it went.' }
        : null;
    case 'cancelled':
      return isSo
        ? {
            tone: 'good',
            title: dates > 1 ? `${dates} dates are cancelled` : 'Cancelled',
            next: `${dates > 1 ? 'Their times are' : 'The time is'} free again. ${describeMail(open)}`,
          }
        : null;
    case 'blocked':
      return {
        tone: 'good',
        title: 'Blocked',
        next: 'Nobody can book that time now. It can be removed again under Time off.',
      };
    case 'block_taken':
      return {
        tone: 'bad',
        title: 'Somebody is booking that time just now',
        next: 'Nothing was blocked. Wait a few minutes, or block other time.',
      };
    case 'not_blocked':
      return {
        tone: 'bad',
        title: 'That time cannot be blocked',
        next: 'Nothing was blocked. It must end after it begins, lie ahead, and not be blocked already.',
      };
    case 'message_answered':
      return { tone: 'good', title: 'Marked as answered', next: 'It stays here to be read, and waits for nobody.' };
    case 'link_renewed':
      return {
        tone: 'good',
        title: pickTextByMailEnabled('A new link is on its way', 'There is a new link'),
        next: `${pickTextByMailEnabled('The client gets an e-mail with it.', 'No mail server is set, so no e-mail is sent: the one with it is kept under Mail.')} It works for another year, and the one before has stopped working.`,
      };
    case 'booked':
      return open === null || open.status === 'booked'
        ? {
            tone: 'good',
            title: 'Booked',
            next: `${open ? `${describeBooked(open, locale)} ` : ''}${describeMail(open)}`,
          }
        : null;
    case 'moved':
      return {
        tone: 'good',
        title: 'Moved',
        next: `${open ? `${describeState(open, locale)} ` : ''}${describeMail(open)}`,
      };
    case 'swapped':
      return {
        tone: 'good',
        title: 'Swapped',
        next: `Each has the time of the other. ${pickTextByMailEnabled('Each client gets one e-mail.', 'No mail server is set, so no e-mail is sent: tell both of them.')}`,
      };
    case 'change_undone':
      return {
        tone: 'good',
        title: 'Undone',
        next: 'Everything is as it was before, and nobody gets an e-mail.',
      };
    case 'taken_back':
      return { tone: 'good', title: 'Undone', next: 'Everything is as it was. No e-mail leaves.' };
    case 'too_late':
      return {
        tone: 'bad',
        title: 'Too late to take it back',
        next: pickTextByMailEnabled(
          'The e-mail may have left. Move it once more: its client gets one more e-mail.',
          'Nothing was changed. Move it once more instead.',
        ),
      };
    case 'cancel_too_late':
      return {
        tone: 'bad',
        title: 'Too late to undo it',
        next: `It stays cancelled. ${pickTextByMailEnabled('The e-mail may have left. Book it once more: its client gets one more e-mail.', 'Book it once more instead.')}`,
      };
    case 'paid':
      return {
        tone: 'bad',
        title: 'Its fee was paid',
        next: 'Nothing was changed. Reverse the payment on its bill first.',
      };
    case 'given_away':
      return {
        tone: 'bad',
        title: 'Its old time was given to somebody else',
        next: 'It stays where it is now. Move it to another time.',
      };
    case 'withdrawn':
      return {
        tone: 'bad',
        title: 'It cannot go back',
        next: 'Its massage is not offered any more with that therapist or in that room. It stays where it is now.',
      };
    case 'withdrawn_since':
      return {
        tone: 'bad',
        title: 'It cannot be booked again',
        next: 'Its massage is not offered any more with that therapist or in that room. It stays cancelled. Book another time.',
      };
    case 'no_swap':
      return {
        tone: 'bad',
        title: 'These two cannot be swapped',
        next: 'Nothing was changed. One is too long for the time of the other, or its therapist does not give that massage.',
      };
    case 'length_stays':
      return {
        tone: 'bad',
        title: 'Its length stays',
        next: 'Nothing was changed. Something was entered of its payment already, or it does not come in that length.',
      };
    case 'swap_unusual':
      return {
        tone: 'bad',
        title: 'Look once more',
        next: 'Nothing was swapped yet. Read what stands below, then decide.',
      };
    case 'unusual':
      return {
        tone: 'bad',
        title: 'Look once more',
        next: 'Nothing was moved yet. Read what stands below, then decide.',
      };
    case 'conflict':
      return {
        tone: 'bad',
        title: 'It had changed in the meantime',
        next: `Nothing was changed now. ${open ? describeState(open, locale) : 'What you see is how it stands.'} Look, and do it again if it is still right.`,
      };
    case 'not_found':
      return {
        tone: 'bad',
        title: 'That appointment is not yours to change',
        next: 'Nothing was changed. It may be with a colleague now.',
      };
    case 'taken':
      return { tone: 'bad', title: 'That time has just gone', next: 'Nothing was moved. Choose another one below.' };
    case 'others_taken':
      return {
        tone: 'bad',
        title: 'Not all of them can be moved there',
        next: `${clashing ? `Not free: ${clashing}. ` : ''}Nothing was moved. Move this one only, or choose another time.`,
      };
    case 'invalid':
      return {
        tone: 'bad',
        title: 'That time cannot be booked',
        next: 'Nothing was moved. Choose one of those below.',
      };
    case 'busy':
      return {
        tone: 'bad',
        title: 'The practice’s computer is busy just now',
        next: 'Nothing was changed. Wait a moment and try again.',
      };
    default:
      return null;
  }
}

/** How an appointment stands, in one sentence. */
function describeState({ status, startsAt, timeZone, therapist }: AppointmentFacts, locale: string): string {
  if (status === 'cancelled') return 'It is cancelled.';
  if (status === 'completed') return 'It is marked completed.';
  if (status === 'no_show') return 'It is marked as a no-show.';
  const day = formatDay(toWallTime(timeZone, startsAt).on, 'long', locale);
  return `It is booked for ${day} at ${formatTime(timeZone, startsAt, locale)} with ${therapist.name}.`;
}

/** The same for what has just been booked, which may be a plan. */
function describeBooked(open: AppointmentFacts, locale: string): string {
  const dates = open.places.filter(({ status }) => status === 'booked').length;
  return dates > 1 ? `${dates} dates are booked. ${describeState(open, locale)}` : describeState(open, locale);
}

function describeMail(open: AppointmentFacts | null): string {
  if (!open) return 'It is in the calendar.';
  if (!isMailEnabled()) return 'No mail server is set, so no e-mail is sent: tell the client yourself.';
  return open.client.email
    ? 'The client gets an e-mail.'
    : 'No e-mail address of theirs is known, so none is sent: tell them yourself.';
}
