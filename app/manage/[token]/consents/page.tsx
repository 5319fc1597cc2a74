import type { Metadata } from 'next';
import { loadManagedSeries } from '@/app/manage/[token]/managed-series';
import { formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { ConsentRecords } from '@/components/consent-records';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import { listConsents } from '@/db/care/consents';
import { withdrawConsentByLink } from './actions';

export const metadata: Metadata = { title: 'What you agreed to' };

interface Props {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What a client agreed to: to read, to print, and to withdraw with one press. */
export default async function ConsentsPage({ params, searchParams }: Props) {
  const { practice, token, viewer, series, now } = await loadManagedSeries(params);
  const { flash } = await searchParams;
  const consents = (await listConsents(viewer)) ?? [];
  return (
    <Shell practice={practice} current="manage">
      <PageHeader
        title="What you agreed to"
        crumbs={[{ href: `/manage/${token}`, label: 'Your dates' }]}
        from={
          <>
            <bdi>{series.client.name}</bdi>, at {practice.name}. What you agreed to is never changed: what you withdraw
            stays in this record, with when it ended.
          </>
        }
      />
      <ConsentRecords
        consents={consents}
        who={token}
        withdraw={withdrawConsentByLink}
        flash={flash}
        hrefOf={({ startsAt }) => (startsAt > now ? `/manage/${token}/before?step=areas` : null)}
        formatDate={(startsAt) => formatAppointmentTime({ startsAt, timeZone: practice.timeZone }, practice.locale)}
      />
    </Shell>
  );
}
