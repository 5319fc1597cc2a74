import type { Metadata } from 'next';
import { connection } from 'next/server';
import { capital, sayMoment, saySeries } from '@/app/manage/[token]/wording';
import { getViewer } from '@/auth';
import { Opening } from '@/components/opening';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getManageToken } from '@/db/access/manage-tokens';
import { listSeries, type SeriesView } from '@/db/appointments/series';
import { getPractice } from '@/db/practice/practice';
import { sayCount, sayReach } from '@/scheduling/wording';
import { LinksForm } from './links-form';

export const metadata: Metadata = { title: 'Manage a booking' };

export default async function ManagePage() {
  await connection();
  const [practice, viewer] = await Promise.all([getPractice(), getViewer()]);
  const now = Date.now();
  const listed = viewer.role === 'client' ? await listSeries(viewer) : [];
  const own = await Promise.all(listed.map(async (series) => ({ series, token: await getManageToken(series.uid) })));
  return (
    <Shell practice={practice} current="manage">
      <Opening
        title="See, move or cancel"
        from="Every e-mail we sent you holds the link to your dates. It is all you need: no account, no password."
      />
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
                    {saySeries(series, practice.locale)}
                  </a>
                  <p className="mt-1 text-small text-soft">{sayNext(series, now, practice.locale)}</p>
                </li>
              ))}
            </ul>
          )}
        </Section>
      )}
      <Section title="Lost the link?" aside="We write to the address you booked with.">
        <LinksForm reach={sayReach(practice)} goesOut={Boolean(process.env.SMTP_URL)} />
      </Section>
    </Shell>
  );
}

function sayNext({ appointments, therapist, timeZone }: SeriesView, now: number, locale: string): string {
  const left = appointments.filter(({ status, startsAt }) => status === 'booked' && startsAt > now);
  const [next] = left;
  if (!next) return `With ${therapist.name}. There are no upcoming dates.`;
  const many = `${capital(sayCount(left.length))} upcoming ${left.length === 1 ? 'date' : 'dates'}.`;
  return `With ${next.therapist.name}. Next: ${sayMoment({ ...next, timeZone }, locale)}. ${many}`;
}
