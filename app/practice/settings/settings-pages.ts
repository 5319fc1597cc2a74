import { makeShortNames } from '@/app/book/booking-wording';
import type { Owner } from '@/db/access/viewer';
import { listClosedDays } from '@/db/booking/close-and-reopen-days';
import { listTimeOff } from '@/db/booking/time-off';
import { countFeeds } from '@/db/calendars/feeds';
import { listPracticeQuestionSettings } from '@/db/care/practice-questions';
import { getReminderSettings } from '@/db/messages/reminder-settings';
import { listMassageSettings } from '@/db/offer/massages';
import { listRooms } from '@/db/offer/rooms';
import { listTeam } from '@/db/offer/team';
import { getTrialBookingsState } from '@/db/people/trial-bookings';
import { pickAppearance } from '@/db/practice/appearance';
import { listEmbedOrigins } from '@/db/practice/embed-origins';
import { getEditableHours, listTherapistsWithEditableHours } from '@/db/practice/hours-plan';
import { type Practice, toNotificationPractice } from '@/db/practice/practice';
import { countReaderQuestions } from '@/db/questions/reader-questions';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { listQuestions } from '@/questions/library';
import { formatMoney } from '@/scheduling/format-money';
import { formatDateWithoutWeekday, formatDay, formatDayRange, formatDuration } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { describeHoursOfTeam, findWeeklySetOn } from './hours/describe-hours-plan';

// Every page on which an owner sets something, in the order of the index. A new page needs a row here.

export const SETTINGS_GROUPS = [
  'The practice',
  'What you offer',
  'People',
  'Booking and e-mails',
  'Your data',
] as const;

interface SettingsFacts {
  viewer: Owner;
  practice: Practice;
  now: number;
}

export interface SettingsIndexEntry {
  group: (typeof SETTINGS_GROUPS)[number];
  title: string;
  href: string;
  /** Other words by which somebody may search for it. */
  alsoCalled?: string;
  /** One line with the present setting. */
  summary: (facts: SettingsFacts) => string | Promise<string>;
}

export const settingsPages: SettingsIndexEntry[] = [
  {
    group: 'The practice',
    title: 'Name, address, phone and e-mail',
    href: '/practice/settings/practice',
    alsoCalled: 'country time zone currency language of e-mails english german french spanish locale',
    summary: ({ practice }) => [practice.name, practice.address, practice.phone].filter(Boolean).join(', '),
  },
  {
    group: 'The practice',
    title: 'Logo and colour',
    href: '/practice/settings/look',
    alsoCalled: 'mark brand icon palette design theme fortnight',
    summary: ({ practice }) => {
      const { colour } = pickAppearance(practice);
      return `${colour[0]?.toUpperCase()}${colour.slice(1)}${practice.markId ? ', with your own logo' : ''}`;
    },
  },
  {
    group: 'The practice',
    title: 'Closed days',
    href: '/practice/settings/holidays',
    alsoCalled: 'holidays public bank christmas closing',
    summary: async ({ viewer, practice, now }) => {
      const [next, ...others] = await listClosedDays(viewer, { now });
      if (!next) return 'No upcoming closed days';
      const first = `${next.name}, ${formatDay(next.on, 'short', practice.locale)}`;
      return others.length === 0 ? first : `${first}, and ${others.length} more`;
    },
  },
  {
    group: 'The practice',
    title: 'Rooms',
    href: '/practice/settings/rooms',
    alsoCalled: 'room table studio',
    summary: async ({ viewer }) => {
      const used = (await listRooms(viewer)).filter(({ isActive }) => isActive).map(({ name }) => name);
      return used.length === 0 ? 'None: nobody can book' : used.join(', ');
    },
  },
  {
    group: 'What you offer',
    title: 'Massages and prices',
    href: '/practice/settings/massages',
    alsoCalled: 'services treatments lengths minutes set-up clean-up pressure',
    summary: async ({ viewer, practice }) => {
      const offered = (await listMassageSettings(viewer)).filter(({ isActive }) => isActive);
      const prices = offered.flatMap(({ lengths }) => lengths.map(({ priceCents }) => priceCents));
      if (prices.length === 0) return 'None: nobody can book';
      const from = formatMoney(Math.min(...prices), practice.currency, practice.locale);
      return `${offered.length === 1 ? '1 massage' : `${offered.length} massages`}, from ${from}`;
    },
  },
  {
    group: 'What you offer',
    title: 'Questions',
    href: '/practice/questions',
    alsoCalled: 'answers library readers reports',
    summary: async ({ viewer }) => {
      const { open } = await countReaderQuestions(viewer);
      const pages = `${listQuestions().length} pages`;
      return open === 0 ? `${pages}. Nothing from readers is waiting` : `${pages}. ${open} from readers waiting`;
    },
  },
  {
    group: 'What you offer',
    title: 'Health form',
    href: '/practice/settings/health-form',
    alsoCalled: 'intake own questions consultation forms',
    summary: async ({ viewer }) => {
      const many = (await listPracticeQuestionSettings(viewer)).length;
      if (many === 0) return 'Asks our questions, and none of your own';
      return many === 1 ? 'Asks 1 question of your own' : `Asks ${many} questions of your own`;
    },
  },
  {
    group: 'People',
    title: 'Team',
    href: '/practice/settings/team',
    alsoCalled: 'therapists staff people invite role owner front desk leave colour limits caps prices',
    summary: async ({ viewer }) => {
      const team = (await listTeam(viewer)).filter(({ role }) => role !== null);
      return Object.values(makeShortNames(team)).join(', ');
    },
  },
  {
    group: 'People',
    title: 'Hours',
    href: '/practice/settings/hours',
    alsoCalled: 'weekly working opening lunch break days off one-off extra',
    summary: async ({ viewer, practice, now }) => {
      const today = toWallTime(practice.timeZone, now).on;
      const owners = await listTherapistsWithEditableHours(viewer);
      const plans = await Promise.all(owners.map(({ id }) => getEditableHours(viewer, id, today)));
      const changes = owners.flatMap(({ name }, k) =>
        (plans[k]?.sets ?? [])
          .filter(({ validFrom }) => validFrom > today)
          .map(({ validFrom }) => ({ name, validFrom })),
      );
      const [next] = changes.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
      const weeks = owners.flatMap(({ id, name }, k) => {
        const plan = plans[k];
        return plan ? [{ id, name, week: findWeeklySetOn(plan, today).week }] : [];
      });
      const hours = describeHoursOfTeam(weeks, practice.locale);
      if (!next) return hours;
      const from = formatDateWithoutWeekday(next.validFrom, 'long', practice.locale);
      return `${hours}. Next change: ${next.name}, from ${from}`;
    },
  },
  {
    group: 'People',
    title: 'Time off',
    href: '/practice/time-off',
    alsoCalled: 'leave break ill sick closed absence',
    summary: async ({ viewer, practice, now }) => {
      const [next, ...others] = await listTimeOff(viewer, { now });
      if (!next) return 'None planned';
      const [from, until] = [next.startsAt, next.endsAt - 1].map(
        (instant) => toWallTime(practice.timeZone, instant).on,
      );
      const days =
        from === until ? formatDay(from!, 'short', practice.locale) : formatDayRange(from!, until!, practice.locale);
      const first = `${next.therapist.name}, ${days}`;
      return others.length === 0 ? first : `${first}, and ${others.length} more`;
    },
  },
  {
    group: 'People',
    title: 'Calendar apps',
    href: '/practice/calendars',
    alsoCalled: 'feed ical ics subscribe google apple outlook sync address',
    summary: async ({ viewer }) => {
      const many = await countFeeds(viewer);
      if (many === 0) return 'No calendar reads from here';
      return many === 1 ? '1 address to subscribe to' : `${many} addresses to subscribe to`;
    },
  },
  {
    group: 'Booking and e-mails',
    title: 'Rules for booking',
    href: '/practice/settings/policies',
    alsoCalled: 'policies cutoff cancel move notice window step hold no-show late grace',
    summary: ({ practice: { cancelCutoffMinutes, moveCutoffMinutes } }) =>
      `Cancel free until ${formatDuration(cancelCutoffMinutes)} before, move until ${formatDuration(moveCutoffMinutes)} before`,
  },
  {
    group: 'Booking and e-mails',
    title: 'Sender of e-mails',
    href: '/practice/settings/mail',
    alsoCalled: 'mail smtp reply-to test server',
    summary: ({ practice }) => {
      const { email, mailFrom = email } = toNotificationPractice(practice);
      return isMailEnabled() ? `Sent from ${mailFrom}` : 'Not sent: no mail server is set';
    },
  },
  {
    group: 'Booking and e-mails',
    title: 'Reminders',
    href: '/practice/settings/reminders',
    alsoCalled: 'remind notify before no-show text sms book again follow up',
    summary: async ({ viewer }) => {
      const { all, channels } = await getReminderSettings(viewer);
      if (all.length === 0) return 'None';
      const ways = [isMailEnabled() && 'e-mail', Object.keys(channels).length > 0 && 'text'].filter(
        (way) => way !== false,
      );
      if (ways.length === 0) return 'Not sent: no mail server is set';
      return `By ${ways.join(' and ')}, ${all.map(formatDuration).join(', ')} before each date`;
    },
  },
  {
    group: 'Booking and e-mails',
    title: 'New clients',
    href: '/practice/unconfirmed',
    alsoCalled: 'unconfirmed limits approve strangers spam',
    summary: ({ practice: { newClients } }) =>
      ({
        book: 'Booked at once, and asked to confirm only beyond the limits',
        confirm: 'Booked when they have pressed the link in an e-mail',
        approve: 'Booked when you have approved them',
      })[newClients],
  },
  {
    group: 'Your data',
    title: 'On your own site',
    href: '/practice/embed',
    alsoCalled: 'embed frame website widget',
    summary: async () => {
      const sites = await listEmbedOrigins();
      if (sites.length === 0) return 'No other site may show your times';
      return sites.length === 1 ? `${sites[0]} may show your times` : `${sites.length} sites may show your times`;
    },
  },
  {
    group: 'Your data',
    title: 'History',
    href: '/practice/history',
    alsoCalled: 'log audit events changes who did what trail',
    summary: () => 'What was done here, and by whom',
  },
  {
    group: 'Your data',
    title: 'Going live',
    href: '/practice/settings/live',
    alsoCalled: 'test bookings clear try trial begin start',
    summary: async ({ viewer, practice, now }) => {
      const { bookings, why, liveSince } = await getTrialBookingsState(viewer, { now });
      if (liveSince !== null)
        return `Live since ${formatDateWithoutWeekday(toWallTime(practice.timeZone, liveSince).on, 'long', practice.locale)}`;
      if (why !== null) return 'No test bookings to clear';
      return bookings.appointments === 1
        ? '1 date booked so far can be cleared'
        : `${bookings.appointments} dates booked so far can be cleared`;
    },
  },
];
