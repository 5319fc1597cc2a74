import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import type { AppointmentView } from '@/db/appointments/series';
import { isMailEnabled, pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { listUpcomingAppointments, type ManagedSeries } from './managed-series';
import { formatAddedTitle, formatAppointmentTime, formatDates } from './series-wording';

function upcomingFirst(managed: ManagedSeries): string {
  const [next] = listUpcomingAppointments(managed);
  return next ? `The next one is ${formatAppointmentTime(next, managed.practice.locale)}. ` : '';
}

/** The dates that got their present time at once, last of all. */
function listDatesMovedLast({ series }: ManagedSeries): AppointmentView[] {
  const booked = series.appointments.filter(({ status }) => status === 'booked');
  const last = Math.max(...booked.map(({ movedAt }) => movedAt ?? 0));
  return booked.filter(({ movedAt }) => movedAt !== null && movedAt === last);
}

function describeOthers(count: number): string {
  if (count <= 0) return '';
  return count === 1 ? 'The other one stays as it was. ' : 'The others stay as they were. ';
}

function listAddedDates({ series }: ManagedSeries, positions: unknown): AppointmentView[] {
  const added = typeof positions === 'string' ? positions.split('-').map(Number) : [];
  return series.appointments.filter(({ position, status }) => status === 'booked' && added.includes(position));
}

interface FlashProps {
  flash: unknown;
  managed: ManagedSeries;
  /** The date that was changed, and which others were changed with it: those `following` it, or `all`. */
  uid: unknown;
  along: unknown;
  /** 'both' where the date of the other person at the same time was changed with it. */
  who: unknown;
  /** The positions of the dates that were added: '9-10-11'. */
  added: unknown;
}

/** Says what was just done. The words come from here, never from the address. */
export function ManageFlashNotice({ flash, managed, uid: changedUid, along, who, added }: FlashProps) {
  const { practice, series } = managed;
  const named = series.appointments.find(({ uid }) => uid === changedUid);
  const moment = named ? formatAppointmentTime(named, practice.locale) : 'That date';
  const isAlong = along === 'following' || along === 'all';
  const isAlone = series.appointments.length === 1;
  const mail = isMailEnabled() ? 'An e-mail is on its way.' : '';
  const upcomingCount = listUpcomingAppointments(managed).length;
  const rest =
    upcomingCount === 0
      ? 'There are no upcoming dates.'
      : `${capitalizeFirstLetter(formatNumberInWords(upcomingCount))} upcoming ${upcomingCount === 1 ? 'date' : 'dates'}.`;
  const movedTogether = listDatesMovedLast(managed);
  const addedDates = listAddedDates(managed, added);
  const notices: Record<string, { tone: 'good' | 'bad'; title: string; text: string }> = {
    cancelled: {
      tone: 'good',
      title: !isAlong
        ? `${moment} is cancelled${who === 'both' ? ', for both of you' : ''}`
        : upcomingCount === 0
          ? 'All your upcoming dates are cancelled'
          : along === 'all'
            ? 'Your upcoming dates are cancelled'
            : `Cancelled, from ${moment} on`,
      text: `There is nothing to pay. ${isAlong && upcomingCount === 0 ? '' : rest} ${mail}`,
    },
    moved: {
      tone: 'good',
      title: `Moved to ${moment}`,
      text: `${isAlone ? '' : 'The other dates stay as they were. '}${mail}`,
    },
    paused: {
      tone: 'good',
      title: 'Your dates are paused',
      text: `There is nothing to pay for what is cancelled. ${upcomingFirst(managed)}${mail}`,
    },
    extended: {
      tone: 'good',
      title: formatAddedTitle(addedDates, practice),
      text: `${addedDates.length > 1 ? `${formatDates(addedDates, practice)}. ` : ''}${rest} ${mail}`,
    },
    moved_along: {
      tone: 'good',
      title: `${capitalizeFirstLetter(formatNumberInWords(movedTogether.length))} ${movedTogether.length === 1 ? 'date is' : 'dates are'} moved`,
      text: `${describeOthers(upcomingCount - movedTogether.length)}${upcomingFirst(managed)}${mail}`,
    },
    alarm_on: {
      tone: 'good',
      title: 'Your calendar will remind you a day before',
      text: 'Add the dates to your calendar once more. E-mails about changes carry the reminder too.',
    },
    after_on: { tone: 'good', title: 'Saved', text: 'We may write to you once after your last date.' },
    after_off: { tone: 'good', title: 'Saved', text: 'We write nothing more after your dates.' },
    texts_on: { tone: 'good', title: 'Saved', text: 'Reminders may come by text from now on.' },
    texts_off: {
      tone: 'good',
      title: 'Saved',
      text: `You get no more texts.${pickTextByMailEnabled(' Reminders come by e-mail.', '')}`,
    },
    reminders: { tone: 'good', title: 'Saved', text: 'Your reminders are as you chose them from now on.' },
    alarm_off: {
      tone: 'good',
      title: 'No more reminders in your calendar',
      text: 'Add the dates to your calendar once more, and those in it lose theirs.',
    },
    address_made: {
      tone: 'good',
      title: 'The calendar address is made',
      text: 'It is below, under “In your calendar app”. If there was one before, it no longer works.',
    },
    address_changed: {
      tone: 'good',
      title: 'Saved',
      text: 'Calendar apps show it when they next ask: most do within hours.',
    },
    address_removed: { tone: 'good', title: 'The calendar address is removed', text: 'It no longer works.' },
    taken: {
      tone: 'bad',
      title: 'That date has just been taken',
      text: 'Nothing was changed. It stays skipped, and is offered here again when it is free.',
    },
    cutoff: {
      tone: 'bad',
      title: 'It is too late to change that here',
      text: `Nothing was changed. ${capitalizeFirstLetter(formatHowToContact(practice))}.`,
    },
    moves_used: {
      tone: 'bad',
      title: 'This date has been moved as often as it can be here',
      text: `Nothing was changed. Please ${formatHowToContact(practice)}, and a person will help.`,
    },
    conflict: {
      tone: 'bad',
      title: 'Your dates have changed in the meantime',
      text: 'Nothing was changed now. Below is how they stand; do it again if it is still right.',
    },
    held_back: {
      tone: 'bad',
      title: 'Please talk to us first',
      text: `Nothing was changed. After what you told us about your health, please ${formatHowToContact(practice)}, and a person will help.`,
    },
    unconfirmed: {
      tone: 'bad',
      title: 'Confirm your e-mail address first',
      text: pickTextByMailEnabled(
        `Nothing was added. Press “Confirm my e-mail address” in the e-mail with your dates, then add more here. Or ${formatHowToContact(practice)}.`,
        `Nothing was added. This site sends no e-mail yet: please ${formatHowToContact(practice)}.`,
      ),
    },
    confirmed: {
      tone: 'good',
      title: 'Your e-mail address is confirmed',
      text: 'Thank you. Your dates have not changed.',
    },
    busy: {
      tone: 'bad',
      title: 'The practice’s computer is busy just now',
      text: `Nothing was changed. Wait a moment and try again, or ${formatHowToContact(practice)}.`,
    },
  };
  notices.not_found = notices.conflict as (typeof notices)[string];
  const notice = typeof flash === 'string' && Object.hasOwn(notices, flash) ? notices[flash] : undefined;
  if (flash === 'moved_along' && movedTogether.length === 0) return null;
  if (!notice || (flash === 'cancelled' && !series.appointments.some(({ status }) => status === 'cancelled')))
    return null;
  return (
    <div className="pb-10">
      <FocusOnOpening key={`${flash} ${series.version}`}>
        <Notice tone={notice.tone} title={notice.title} id="flash">
          <p>{notice.text}</p>
        </Notice>
      </FocusOnOpening>
    </div>
  );
}
