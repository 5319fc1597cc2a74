import type { Metadata } from 'next';
import { connection } from 'next/server';
import { findDemoMailLink } from '@/app/find-demo-mail-link';
import { describeSeries, formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { getViewer } from '@/auth';
import { CalendarFeedForm, CLIENT_FEED_DETAIL_CHOICES } from '@/components/calendar-feed-form';
import { type FlashContent, FlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getManageToken } from '@/db/access/manage-tokens';
import { listSeries, type SeriesView } from '@/db/appointments/series';
import { getFeedSettings } from '@/db/calendars/feeds';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled, pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { capitalizeFirstLetter, formatNumberInWords } from '@/scheduling/count-wording';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { baseUrl } from '@/site-address';
import { changeClientFeedDetail, makeClientFeed, removeClientFeed } from './actions';
import { ManageLinksForm } from './manage-links-form';

export const metadata: Metadata = { title: 'Manage a booking' };

const notices: Record<string, FlashContent> = {
  made: {
    tone: 'good',
    title: 'The calendar address is made',
    text: 'It is below. If there was one before, it no longer works.',
  },
  changed: { tone: 'good', title: 'Saved', text: 'Calendar apps show it when they next ask: most do within hours.' },
  removed: { tone: 'good', title: 'The calendar address is removed', text: 'It no longer works.' },
  gone: { tone: 'bad', title: 'There was nothing to do', text: 'What you see now is how it stands.' },
  busy: {
    tone: 'bad',
    title: 'The practice’s computer is busy just now',
    text: 'Nothing was changed. Wait a moment and try again.',
  },
};

export default async function ManagePage({ searchParams }: { searchParams: Promise<{ flash?: string | string[] }> }) {
  await connection();
  const { flash } = await searchParams;
  const [practice, viewer] = await Promise.all([getPractice(), getViewer()]);
  const now = Date.now();
  const listed = viewer.role === 'client' ? await listSeries(viewer) : [];
  const feed = viewer.role === 'client' ? await getFeedSettings(viewer) : null;
  const own = await Promise.all(listed.map(async (series) => ({ series, token: await getManageToken(series.uid) })));
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="See, move or cancel"
        from={`${pickTextByMailEnabled('Every e-mail we sent you', 'The page you saw after booking')} has the link to your dates. It is all you need: no account, no password.`}
      />
      <FlashNotice flash={viewer.role === 'client' ? flash : undefined} notices={notices} />
      {viewer.role === 'client' && (
        <Section title="Your plans" aside={`Signed in as ${viewer.email}.`}>
          {own.length === 0 ? (
            <p className="text-soft">
              Nothing is booked with this address. <a href="/book">Book a massage</a>
            </p>
          ) : (
            <ul className="max-w-[50rem] border-t border-ink">
              {own.map(({ series, token }) => (
                <li key={series.uid} className="border-b border-line py-4">
                  <a href={`/manage/${token}`} className="font-serif text-item font-medium">
                    {describeSeries(series, practice.locale)}
                  </a>
                  <p className="mt-1 text-small text-soft">{formatNextDate(series, now, practice.locale)}</p>
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
      {viewer.role === 'client' && (
        <Section title="In your calendar app" aside="It follows all your plans by itself.">
          <CalendarFeedForm
            feed={feed && { address: `${baseUrl()}/feeds/${feed.token}.ics`, detail: feed.detail }}
            name="your plans"
            id="feed"
            details={CLIENT_FEED_DETAIL_CHOICES}
            fields={{}}
            actions={{ make: makeClientFeed, change: changeClientFeedDetail, remove: removeClientFeed }}
          />
        </Section>
      )}
      <Section
        title="Lost the link?"
        aside={pickTextByMailEnabled('We write to the address you booked with.', 'Ask the practice for it here.')}
      >
        <ManageLinksForm
          reach={formatHowToContact(practice)}
          goesOut={isMailEnabled()}
          demoMail={await findDemoMailLink(practice)}
        />
      </Section>
    </Shell>
  );
}

function formatNextDate({ appointments, therapist, timeZone }: SeriesView, now: number, locale: string): string {
  const upcoming = appointments.filter(({ status, startsAt }) => status === 'booked' && startsAt > now);
  const [next] = upcoming;
  if (!next) return `With ${therapist.name}. There are no upcoming dates.`;
  const many = `${capitalizeFirstLetter(formatNumberInWords(upcoming.length))} upcoming ${upcoming.length === 1 ? 'date' : 'dates'}.`;
  return `With ${next.therapist.name}. Next: ${formatAppointmentTime({ ...next, timeZone }, locale)}. ${many}`;
}
