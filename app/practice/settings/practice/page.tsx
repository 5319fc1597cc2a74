import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { listCountries } from '@/db/input/phone-numbers';
import { getCurrencyLockReason, pickPracticeDetails } from '@/db/offer/practice-details';
import { getPractice, type Practice, toNotificationPractice } from '@/db/practice/practice';
import { formatLanguageInEnglish, MAIL_LANGUAGES } from '@/scheduling/mail-language';
import { PracticeDetailsForm } from './practice-details-form';

export const metadata: Metadata = { title: 'Name, address, phone and e-mail', robots: { index: false } };

export default async function PracticeDetailsPage() {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, currencyStays] = await Promise.all([getPractice(), getCurrencyLockReason()]);
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        crumbs={[{ href: '/practice/settings', label: 'Settings' }]}
        title="Name, address, phone and e-mail"
        from="Every page and e-mail names the practice as it is written here."
      />
      <PracticeDetailsForm
        details={pickPracticeDetails(practice)}
        currencyStays={currencyStays}
        emailHint={describeUseOfEmail(practice)}
        countries={listCountries()}
        zones={Intl.supportedValuesOf('timeZone')}
        mailLanguages={MAIL_LANGUAGES.map((code) => ({ code, name: formatLanguageInEnglish(code) }))}
      />
    </PracticeShell>
  );
}

function describeUseOfEmail(practice: Practice): string {
  const isSender = toNotificationPractice(practice).mailFrom === undefined;
  const use =
    'Requests and messages of clients, questions of readers, and e-mails for therapists without an account go there. It stands on receipts and on public pages.';
  return isSender ? `${use} E-mails are sent from it, too: your mail server must allow that.` : use;
}
