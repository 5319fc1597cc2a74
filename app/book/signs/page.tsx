import type { Metadata } from 'next';
import { connection } from 'next/server';
import { loadBookingContext } from '@/app/book/booking-context';
import { bookingHref } from '@/app/book/booking-url';
import { groupBlockingRedFlags } from '@/app/book/details/red-flag-lists';
import type { QueryParams } from '@/app/book/query-params';
import { type RedFlag, redFlags } from '@/care/red-flags';
import { ContactPhrase } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { countDoctorFirstPageView } from '@/counters';
import { findCountryHelp, formatCrisisLine } from '@/questions/emergency-numbers';

export const metadata: Metadata = { title: 'See a doctor first', robots: { index: false } };

/**
 * For somebody to whom a warning sign applies: what to do now. Only the number of visits is counted, never who or why.
 * The address says nothing about the reader either, because the log of a proxy may keep it.
 */
export default async function DoctorFirstPage({ searchParams }: { searchParams: Promise<QueryParams> }) {
  await connection();
  const { practice, question, choice } = await loadBookingContext(await searchParams, Date.now());
  countDoctorFirstPageView();
  const country = findCountryHelp(practice);
  return (
    <Shell practice={practice} current="book">
      <PageHeader
        title="Please see a doctor first"
        from="A massage can wait, and your health comes first. Nothing is booked, and we do not keep that one of these applies to you. This says what to do; it does not say what you have."
      />
      {groupBlockingRedFlags(question, country).map(({ heading, ids }) => (
        <Section key={heading} title={heading} tone="clay">
          <ul className="max-w-[52rem] border-t border-clay">
            {ids.map((id) => {
              const { sign, action, namesCrisisLine }: RedFlag = redFlags[id];
              return (
                <li
                  key={id}
                  className="grid gap-x-8 gap-y-0.5 border-b border-line py-3 last:border-b-0 wide:grid-cols-[minmax(0,1fr)_17rem] wide:items-baseline"
                >
                  <span className="font-serif text-read leading-[1.625rem]">{sign}</span>
                  <span className="text-small">
                    {namesCrisisLine ? `${action} ${formatCrisisLine(country)}` : action}
                  </span>
                </li>
              );
            })}
          </ul>
        </Section>
      ))}
      <Section title="And your massage?">
        <Notice tone="quiet" title="We are glad to talk it over">
          <p>
            <ContactPhrase practice={practice} capital />. When a doctor says that a massage is fine, book as before.
          </p>
          <p className="flex flex-wrap gap-x-6">
            <a href={bookingHref(choice, choice.standing ? 'you' : 'massage')}>
              None of these applies: back to booking
            </a>
            <a href="/questions/is-massage-safe">Is massage safe for me?</a>
          </p>
        </Notice>
        <p className="mt-6 max-w-[40rem] text-small text-soft">
          This list follows published advice on when a massage has to wait. No clinician has reviewed it yet.
        </p>
      </Section>
    </Shell>
  );
}
