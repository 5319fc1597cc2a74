import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { listServicesBookableOnline } from '@/db/practice/services';
import { listTherapists } from '@/db/practice/therapists';
import { buildSampleMails, type SampleMailFacts } from '@/mail/sample-mails';
import { formatLanguageInEnglish, isMailLanguage, MAIL_LANGUAGES } from '@/scheduling/mail-language';

export const metadata: Metadata = { title: 'What e-mails say', robots: { index: false } };

interface Props {
  searchParams: Promise<{ language?: string | string[] }>;
}

/** Every e-mail about a booking as this practice would write it, for reading. Nothing is sent from here. */
export default async function MailPreviewPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, team, services, { language: requested }] = await Promise.all([
    getPractice(),
    listTherapists(),
    listServicesBookableOnline(),
    searchParams,
  ]);
  const language = typeof requested === 'string' && isMailLanguage(requested) ? requested : practice.mailLanguage;
  const [first, second] = team;
  const [service] = services;
  const cast: SampleMailFacts = {
    therapist: first?.name ?? practice.name,
    colleague: second?.name ?? 'A colleague',
    service: service?.name ?? 'Massage',
    priceCents: service?.lengths[0]?.priceCents ?? 0,
  };
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        crumbs={[
          { href: '/practice/settings', label: 'Settings' },
          { href: '/practice/settings/mail', label: 'Sender of e-mails' },
        ]}
        title="What e-mails say"
        from="Each kind of e-mail as your clients and therapists get it. The client and the dates are made up, and nothing is sent."
      />
      <nav aria-label="Language of the e-mails" className="mb-6 flex flex-wrap gap-x-6">
        {MAIL_LANGUAGES.map((each) => (
          <a
            key={each}
            href={`/practice/settings/mail/preview?language=${each}`}
            aria-current={each === language ? 'page' : undefined}
            className="inline-flex min-h-11 items-center aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
          >
            {formatLanguageInEnglish(each)}
          </a>
        ))}
      </nav>
      <ol className="border-b border-line lining-nums proportional-nums">
        {buildSampleMails({ ...toNotificationPractice(practice), language }, cast, Date.now()).map(
          ({ title, message }) => (
            <li
              key={title}
              className="border-t border-line py-5 wide:grid wide:grid-cols-[14.5rem_minmax(0,1fr)] wide:gap-x-10 board:gap-x-18"
            >
              <p className="mb-2 text-small text-soft wide:mb-0">{title}</p>
              <div className="min-w-0">
                <h2 lang={language} className="text-item!">
                  {message.subject}
                </h2>
                <details className="mt-1">
                  <summary className="inline-flex min-h-11 items-center text-small text-euc underline underline-offset-[0.2em]">
                    What it says<span className="sr-only">: {title}</span>
                  </summary>
                  <pre
                    lang={language}
                    className="mt-2 max-w-measure border-l-2 border-line pl-4 font-sans text-small wrap-anywhere whitespace-pre-wrap"
                  >
                    {message.text}
                  </pre>
                </details>
              </div>
            </li>
          ),
        )}
      </ol>
    </PracticeShell>
  );
}
