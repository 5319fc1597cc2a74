import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { formatDayOfInstant } from '@/app/practice/clients/format-day-and-time';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { suggestClients } from '@/db/people/find-clients';
import { type ClientView, getClient } from '@/db/people/get-client';
import { type ClientRecordCounts, countClientBelongings } from '@/db/people/merge-clients';
import { getPractice, type Practice } from '@/db/practice/practice';
import { extractFirstName } from '@/scheduling/name-formatting';
import { mergeTwoClients } from './actions';

export const metadata: Metadata = { title: 'Join two clients', robots: { index: false } };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<'with' | 'q' | 'flash', string | string[] | undefined>>;
}

export default async function MergePage({ params, searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  if (!managesAllCalendars(viewer)) notFound();
  const [{ id }, { with: withId, q, flash }] = await Promise.all([params, searchParams]);
  const [practice, client] = await Promise.all([getPractice(), getClient(viewer, id)]);
  if (!client) notFound();
  const other = typeof withId === 'string' && withId !== id ? await getClient(viewer, withId) : null;
  const [ofClient, ofOther] = await Promise.all([
    countClientBelongings(viewer, id),
    other ? countClientBelongings(viewer, other.id) : null,
  ]);
  return (
    <PracticeShell practice={practice} current="clients" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title={`Join ${client.name} with another entry`}
        crumbs={[
          { href: '/practice/clients', label: 'Clients' },
          { href: `/practice/clients/${id}`, label: client.name },
        ]}
      >
        {flash === 'conflict' && (
          <div className="mt-6">
            <Notice tone="bad" title="One of the two was changed meanwhile" id="flash" live>
              Nothing was joined. Below is how both stand now: look again, and join them if it is still right.
            </Notice>
          </div>
        )}
        {flash === 'busy' && (
          <div className="mt-6">
            <Notice tone="bad" title="The practice is busy" id="flash" live>
              Nothing was joined. Try again in a moment.
            </Notice>
          </div>
        )}
      </PageHeader>
      {other && ofClient && ofOther ? (
        <Both pair={[client, other]} belongings={[ofClient, ofOther]} practice={practice} />
      ) : (
        <Section title="Which one?" open>
          <Choose viewer={viewer} client={client} words={typeof q === 'string' ? q : extractFirstName(client.name)} />
        </Section>
      )}
    </PracticeShell>
  );
}

async function Choose({ viewer, client, words }: { viewer: Staff; client: ClientView; words: string }) {
  const found = (await suggestClients(viewer, words, 20)).filter(({ id }) => id !== client.id);
  return (
    <>
      <form className="mb-6 flex max-w-[36rem] items-end gap-2">
        <div className="min-w-0 flex-1">
          <label htmlFor="q" className="mb-2 block text-[0.9375rem] leading-5 font-[550]">
            Name, phone or e-mail of the other entry
          </label>
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={words}
            maxLength={100}
            autoComplete="off"
            className="min-h-13 w-full rounded border border-edge bg-sheet px-3.5 py-3 text-ui text-ink"
          />
        </div>
        <Button kind="plain">Find</Button>
      </form>
      {found.length === 0 ? (
        <p className="text-soft">Nobody else is found by that.</p>
      ) : (
        <ul className="border-b border-line">
          {found.map(({ id, name, email, phone }) => (
            <li key={id} className="border-t border-line py-2">
              <a
                href={`/practice/clients/${client.id}/merge?with=${encodeURIComponent(id)}`}
                className="inline-flex min-h-11 items-center"
              >
                <bdi>{name}</bdi>
              </a>{' '}
              <span className="text-small wrap-anywhere text-soft">{[email, phone].filter(Boolean).join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Both({
  pair: [a, b],
  belongings: [ofA, ofB],
  practice,
}: {
  pair: [ClientView, ClientView];
  belongings: [ClientRecordCounts, ClientRecordCounts];
  practice: Practice;
}) {
  return (
    <ActionForm action={mergeTwoClients} className="pb-12">
      <input type="hidden" name="a" value={a.id} />
      <input type="hidden" name="aVersion" value={a.version} />
      <input type="hidden" name="b" value={b.id} />
      <input type="hidden" name="bVersion" value={b.version} />
      <fieldset>
        <legend className="mb-4 text-[1.1875rem] font-[550]">Which name and contact stay?</legend>
        <div className="grid gap-6 mid:grid-cols-2">
          <ClientCard client={a} belongings={ofA} practice={practice} isChosen />
          <ClientCard client={b} belongings={ofB} practice={practice} />
        </div>
      </fieldset>
      <p className="my-6 max-w-measure text-soft">
        Everything of the other entry goes to the one that stays: plans, dates, what was paid, agreements, and e-mails
        that still wait. What the one that stays lacks is taken from the other; tags and alerts of both are kept. The
        other entry is gone then, and this cannot be undone.
      </p>
      <div className="flex flex-wrap items-center gap-6">
        <Button>Join the two</Button>
        <a href={`/practice/clients/${a.id}`} className="inline-flex min-h-11 items-center">
          Leave them apart
        </a>
      </div>
    </ActionForm>
  );
}

function ClientCard({
  client,
  belongings,
  practice,
  isChosen,
}: {
  client: ClientView;
  belongings: ClientRecordCounts;
  practice: Practice;
  isChosen?: boolean;
}) {
  const { series, appointments, payments, consents, waitingMail, isConfirmed } = belongings;
  return (
    <div className="border border-line px-4 py-3">
      <label className="flex min-h-11 items-center gap-3 font-medium">
        <input
          type="radio"
          name="keep"
          value={client.id}
          defaultChecked={isChosen}
          className="size-5 flex-none accent-euc"
        />
        <span>
          Keep <bdi className="wrap-anywhere">{client.name}</bdi>
        </span>
      </label>
      <DescriptionList className="[&>div]:grid-cols-[6.25rem_minmax(0,1fr)]!">
        <DescriptionItem label="E-mail">
          <span className="wrap-anywhere">{client.email || 'None'}</span>
          {client.email && (
            <span className="block text-small text-soft">{isConfirmed ? 'Confirmed' : 'Not confirmed'}</span>
          )}
        </DescriptionItem>
        <DescriptionItem label="Phone">{client.phone ?? 'None'}</DescriptionItem>
        <DescriptionItem label="Since">{formatDayOfInstant(client.createdAt, practice)}</DescriptionItem>
        <DescriptionItem label="Plans">{series}</DescriptionItem>
        <DescriptionItem label="Dates">{appointments}</DescriptionItem>
        <DescriptionItem label="Payments">{payments}</DescriptionItem>
        <DescriptionItem label="Agreements">{consents}</DescriptionItem>
        <DescriptionItem label="Waiting mail">{waitingMail}</DescriptionItem>
      </DescriptionList>
    </div>
  );
}
