import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PhoneLink } from '@/components/contact-phrase';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { PageLinks } from '@/components/page-links';
import { PracticeShell } from '@/components/shell';
import { managesAllCalendars } from '@/db/access/viewer';
import { type ListedClient, listClients } from '@/db/people/find-clients';
import { getPractice, type Practice } from '@/db/practice/practice';
import { ClientSearchForm } from './client-search-form';
import { formatDayAndTime } from './format-day-and-time';

export const metadata: Metadata = { title: 'Clients', robots: { index: false } };

interface Props {
  searchParams: Promise<{ q?: string | string[]; page?: string | string[]; flash?: string | string[] }>;
}

export default async function ClientsPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const now = Date.now();
  const { q, page, flash } = await searchParams;
  const words = typeof q === 'string' ? q.slice(0, 100) : '';
  const [practice, found] = await Promise.all([
    getPractice(),
    listClients(viewer, { words, page: Number(page) }, { now }),
  ]);
  return (
    <PracticeShell practice={practice} current="clients" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title="Clients">
        {!managesAllCalendars(viewer) && (
          <p className="mt-4 max-w-measure text-soft">Those who have or had an appointment with you.</p>
        )}
        {flash === 'erased' && (
          <div className="mt-6">
            <Notice tone="good" title="Erased" id="flash" live>
              Nothing that names them is kept any more. What took place stays for your books, without a name.
            </Notice>
          </div>
        )}
        {flash === 'gone' && (
          <div className="mt-6">
            <Notice tone="bad" title="This client is not here any more" id="flash" live>
              Nothing was changed. Somebody may have erased them, or joined them with another entry.
            </Notice>
          </div>
        )}
        <div className="mt-6">
          <ClientSearchForm words={words} hint="name, phone or e-mail" />
        </div>
        <div className="mt-4 flex flex-wrap items-center gap-x-6 text-small">
          <p className="text-soft" role="status">
            {formatCountOf(found.total, words)}
          </p>
          <a href="/practice/clients/message" className="inline-flex min-h-11 items-center">
            Write to all of a day
          </a>
        </div>
      </PageHeader>
      {found.total > 0 && <ClientList clients={found.clients} practice={practice} />}
      {found.pages > 1 && (
        <PageLinks
          page={found.page}
          pages={found.pages}
          label="names"
          href={(to) => `/practice/clients?${new URLSearchParams({ ...(words && { q: words }), page: String(to) })}`}
          className="mb-10"
        />
      )}
    </PracticeShell>
  );
}

function formatCountOf(total: number, words: string): string {
  if (total === 0)
    return words ? 'Nobody is found by that. Try fewer letters, or the end of the number.' : 'No clients yet.';
  const many = total === 1 ? '1 client' : `${total.toLocaleString('en')} clients`;
  return words ? `${many} found` : many;
}

const COLUMNS = 'mid:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)]';

function ClientList({ clients, practice }: { clients: ListedClient[]; practice: Practice }) {
  return (
    <>
      <p
        aria-hidden="true"
        className={`hidden border-b border-ink pb-2 text-small text-soft mid:grid mid:gap-x-6 ${COLUMNS}`}
      >
        <span>Name</span>
        <span>Phone</span>
        <span>Next date</span>
        <span>Last date</span>
      </p>
      <ol className="mb-8 border-b border-line lining-nums max-mid:border-t max-mid:border-t-ink">
        {clients.map((client) => (
          <li
            key={client.id}
            className={`border-t border-line py-2 first:border-t-0 mid:grid mid:items-center mid:gap-x-6 ${COLUMNS}`}
          >
            <p className="min-w-0">
              <a
                href={`/practice/clients/${client.id}`}
                className="inline-flex min-h-11 items-center font-serif text-[1.125rem] wrap-anywhere"
              >
                <bdi>{client.name}</bdi>
              </a>
            </p>
            <p className="min-w-0">
              {client.phone && (
                <PhoneLink shown={client.phone} link={client.phoneLink} className="inline-flex min-h-11 items-center" />
              )}
            </p>
            <Moment label="Next date" at={client.nextAt} practice={practice} />
            <Moment label="Last date" at={client.lastAt} practice={practice} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Moment({ label, at, practice }: { label: string; at: number | null; practice: Practice }) {
  if (at === null) return <p className="hidden text-small text-soft mid:block">None</p>;
  return (
    <p className="text-small">
      <span className="text-soft mid:sr-only">{label}: </span>
      {formatDayAndTime(at, practice)}
    </p>
  );
}
