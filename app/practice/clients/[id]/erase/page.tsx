import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { sumPaidAhead } from '@/db/money/paid-amounts';
import { getClient } from '@/db/people/get-client';
import { getPractice } from '@/db/practice/practice';
import { formatMoney } from '@/scheduling/format-money';
import { EraseClientForm } from './erase-client-form';

export const metadata: Metadata = { title: 'Erase a client', robots: { index: false } };

export default async function ErasePage({ params }: { params: Promise<{ id: string }> }) {
  await connection();
  const viewer = await requireRole('owner');
  const { id } = await params;
  const [practice, client] = await Promise.all([getPractice(), getClient(viewer, id)]);
  if (!client) notFound();
  const now = Date.now();
  const ahead = client.plans
    .flatMap(({ appointments }) => appointments)
    .filter(({ status, startsAt }) => status === 'booked' && startsAt > now).length;
  const others = client.household.map(({ name }) => name);
  const paidAhead = await sumPaidAhead(viewer, [id, ...client.household.map((other) => other.id)], { now });
  return (
    <PracticeShell practice={practice} current="clients" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title={`Erase ${client.name}?`}
        crumbs={[
          { href: '/practice/clients', label: 'Clients' },
          { href: `/practice/clients/${id}`, label: client.name },
        ]}
      />
      <Section title="What goes" open>
        <ul className="mb-8 grid max-w-measure list-disc gap-2 pl-5">
          <li>
            Their name, phone number, e-mail address, alerts and tags, what they wrote, and what was written to them.
          </li>
          <li>
            {ahead === 0
              ? 'Nothing is booked for them, so no date is cancelled.'
              : `${ahead === 1 ? 'The upcoming date' : `All ${ahead} upcoming dates`}: cancelled, without an e-mail. Tell them first if they should know.`}
          </li>
          {paidAhead > 0 && (
            <li className="font-medium">
              {formatMoney(paidAhead, practice.currency, practice.locale)} was paid for what is cancelled. Pay it back
              first, and enter it on the bills: afterwards nothing says whose it was.
            </li>
          )}
          {others.length > 0 && (
            <li className="font-medium">
              Also {others.join(', ')}: they share the address {client.email}, and all that is kept under it goes.
              Change their address first if they should stay.
            </li>
          )}
          <li>What took place, and what was paid, stays for your books, without a name.</li>
          <li>This cannot be undone. A backup that is put back later forgets them again.</li>
        </ul>
        <EraseClientForm id={id} name={client.name} />
      </Section>
    </PracticeShell>
  );
}
