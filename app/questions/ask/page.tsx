import type { Metadata } from 'next';
import { connection } from 'next/server';
import { AskOrReportForm } from '@/app/questions/ask-or-report-form';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatHowToContact } from '@/scheduling/name-formatting';

export const metadata: Metadata = {
  title: 'Ask us',
  description: 'Ask what massage can do for you. We answer on a page that others can read too.',
  alternates: { canonical: '/questions/ask' },
};

export default async function AskPage() {
  await connection();
  const practice = await getPractice();
  return (
    <Shell practice={practice} current="questions">
      <PageHeader
        title="Ask us"
        crumbs={[{ href: '/questions', label: 'Questions' }]}
        from="We look for what has been tested, and answer on a page for everyone, or to you alone. Your name and your words are not shown on a page for everyone. If it is urgent, ask a doctor, not us."
      />
      <Section id="ask" title="Ask" aside="A person reads it. Expect days, not minutes.">
        <AskOrReportForm sendsMail={isMailEnabled()} reach={formatHowToContact(practice)} />
      </Section>
    </Shell>
  );
}
