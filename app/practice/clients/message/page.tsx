import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { Button } from '@/components/button';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { listMessageAudience, type PossibleRecipient } from '@/db/people/write-to-clients';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { isDayWithinSupportedYears } from '@/scheduling/day';
import { formatDay } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { MessageForm } from './message-form';

export const metadata: Metadata = { title: 'Write to clients', robots: { index: false } };

interface Props {
  searchParams: Promise<{ to?: string | string[]; on?: string | string[] }>;
}

export default async function MessagePage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const [practice, { to, on: requested }] = await Promise.all([getPractice(), searchParams]);
  const today = toWallTime(practice.timeZone, Date.now()).on;
  const on = typeof requested === 'string' && isDayWithinSupportedYears(requested) ? requested : today;
  const isOne = typeof to === 'string';
  const recipients = await listMessageAudience(viewer, isOne ? { to } : { on, about: 'dates' });
  if (!recipients) notFound();
  const many = new Set(recipients.map(({ email }) => email).filter(Boolean)).size;
  const title = isOne ? `Write to ${recipients[0]?.name}` : `Write to all of ${formatDay(on, 'long', practice.locale)}`;
  const back = isOne ? `/practice/clients/${to}` : '/practice/clients';
  return (
    <PracticeShell practice={practice} current="clients" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title={title}
        crumbs={[
          { href: '/practice/clients', label: 'Clients' },
          ...(isOne ? [{ href: back, label: recipients[0]?.name ?? '' }] : []),
        ]}
      >
        {!isOne && (
          <form className="mt-6 flex max-w-[24rem] items-end gap-2">
            <div className="min-w-0 flex-1">
              <label htmlFor="on" className="mb-2 block text-[0.9375rem] leading-5 font-[550]">
                Another day
              </label>
              <input
                id="on"
                name="on"
                type="date"
                defaultValue={on}
                className="min-h-13 w-full rounded border border-edge bg-sheet px-3.5 py-3 text-ui text-ink"
              />
            </div>
            <Button kind="plain">Show</Button>
          </form>
        )}
      </PageHeader>
      <Section
        title="To"
        open
        aside={
          isOne
            ? undefined
            : 'One e-mail for each address, and nobody sees the others. What is not about their dates goes only to those who agreed.'
        }
      >
        <Recipients recipients={recipients} />
      </Section>
      <Section title="Message">
        {many === 0 ? (
          <p className="text-soft">There is no address to write to.</p>
        ) : (
          <MessageForm
            sendsMail={isMailEnabled()}
            key={isOne ? to : on}
            audience={isOne ? { name: 'to', value: to } : { name: 'on', value: on }}
            back={back}
          />
        )}
      </Section>
    </PracticeShell>
  );
}

function Recipients({ recipients }: { recipients: PossibleRecipient[] }) {
  if (recipients.length === 0) return <p className="text-soft">Nobody is booked on that day.</p>;
  return (
    <ul className="max-w-[36rem] border-b border-line">
      {recipients.map(({ id, name, email, phone }) => (
        <li key={id} className="border-t border-line py-2">
          <a href={`/practice/clients/${id}`} className="inline-flex min-h-11 items-center">
            <bdi>{name}</bdi>
          </a>{' '}
          <span className="text-small wrap-anywhere text-soft">
            {email || `No e-mail address${phone ? `: call ${phone}` : ''}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
