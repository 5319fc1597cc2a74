import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { listCountries } from '@/db/input/phone-numbers';
import { getPractice } from '@/db/practice/practice';
import { getCurrencyLockReason, pickPracticeDetails } from '@/db/practice/practice-details';
import { formatLanguageInEnglish, MAIL_LANGUAGES } from '@/scheduling/mail-language';
import { PracticeDetailsForm } from './practice-details-form';

export const metadata: Metadata = { title: 'Name, address and phone', robots: { index: false } };

export default async function PracticeDetailsPage() {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, currencyStays] = await Promise.all([getPractice(), getCurrencyLockReason()]);
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        crumbs={[{ href: '/practice/settings', label: 'Settings' }]}
        title="Name, address and phone"
        from="Every page and e-mail names the practice as it is written here."
      />
      <PracticeDetailsForm
        details={pickPracticeDetails(practice)}
        currencyStays={currencyStays}
        countries={listCountries()}
        zones={Intl.supportedValuesOf('timeZone')}
        mailLanguages={MAIL_LANGUAGES.map((code) => ({ code, name: formatLanguageInEnglish(code) }))}
      />
    </PracticeShell>
  );
}
