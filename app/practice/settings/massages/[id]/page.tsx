import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import {
  bringBackRetiredMassage,
  removeMassageFromOffer,
  stopOfferingMassage,
} from '@/app/practice/settings/massages/actions';
import { MassageForm } from '@/app/practice/settings/massages/massage-form';
import { toMassageFormValues } from '@/app/practice/settings/massages/massage-form-values';
import { RowActionButton } from '@/app/practice/settings/reorderable-list';
import { RetireForm } from '@/app/practice/settings/retire-form';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { listMassageSettings } from '@/db/offer/massages';
import { listRooms } from '@/db/offer/rooms';
import { getPractice } from '@/db/practice/practice';
import { listTherapists } from '@/db/practice/therapists';

export const metadata: Metadata = { title: 'Massage', robots: { index: false } };

interface Props {
  params: Promise<{ id: string }>;
}

export default async function MassagePage({ params }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const { id } = await params;
  const [practice, massages, therapists, rooms] = await Promise.all([
    getPractice(),
    listMassageSettings(viewer),
    listTherapists(),
    listRooms(viewer),
  ]);
  const massage = massages.find((other) => other.id === id) ?? null;
  if (!massage && id !== 'new') notFound();
  const crumbs = [
    { href: '/practice/settings', label: 'Settings' },
    { href: '/practice/settings/massages', label: 'Massages and prices' },
  ];
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title={massage?.name ?? 'A new massage'} crumbs={crumbs} />
      <Section title="What it is">
        <MassageForm
          id={massage?.id ?? null}
          mark={massage?.mark ?? ''}
          values={toMassageFormValues(massage, practice.currency)}
          therapists={therapists}
          rooms={rooms.filter(({ isActive }) => isActive)}
          currency={practice.currency}
          usual={{
            noticeHours: String(Math.ceil(practice.noticeMinutes / 60)),
            windowDays: String(practice.windowDays),
          }}
        />
      </Section>
      {massage?.isActive && (
        <Section title="Retire it">
          <RetireForm action={stopOfferingMassage} id={massage.id} button="Retire this massage">
            Nobody can book it any more. What is booked stays as it is, unless you decide otherwise. You can bring it
            back at any time.
          </RetireForm>
        </Section>
      )}
      {massage && !massage.isActive && (
        <Section title="Retired">
          <RowActionButton action={bringBackRetiredMassage} id={massage.id}>
            Offer it again
          </RowActionButton>
        </Section>
      )}
      {massage?.isUnused && (
        <Section title="Delete it">
          <p className="mb-4 max-w-[36rem] text-soft">
            Nothing was ever booked of it, so it can go for good. This cannot be undone.
          </p>
          <RowActionButton action={removeMassageFromOffer} id={massage.id}>
            Delete this massage
          </RowActionButton>
        </Section>
      )}
    </PracticeShell>
  );
}
