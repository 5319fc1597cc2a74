import type { Metadata } from 'next';
import { connection } from 'next/server';
import { getConsentText, getErrorReportNotice } from '@/care/consents';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { Shell } from '@/components/shell';
import { getPractice } from '@/db/practice/practice';
import { RETENTION } from '@/db/retention';

export const metadata: Metadata = {
  title: 'Privacy',
  description: 'What a booking keeps about you, who sees it, and how to have it removed.',
  alternates: { canonical: '/privacy' },
};

export default async function PrivacyPage() {
  await connection();
  const practice = await getPractice();
  return (
    <Shell practice={practice} long>
      <PageHeader title="Privacy" from="Reading needs nothing from you. Booking needs a name and an e-mail address." />
      <Section id="kept" title="What is kept">
        <DescriptionList>
          <DescriptionItem label="To book" reading>
            Your name, your e-mail address, your phone number if you give one, your dates, and the note you write for
            your therapist.
          </DescriptionItem>
          <DescriptionItem label="Where you came from" reading>
            The question page that led you to book, and the score you give, so that your therapist knows what it is for
            and whether it works. A score you note while reading stays in your browser until you book, or close the tab.
          </DescriptionItem>
          <DescriptionItem label="How it is stored" reading>
            Notes, scores and questions in your own words are encrypted in our database and in every copy of it.
          </DescriptionItem>
          <DescriptionItem label="Your health" reading>
            What you answer before a visit. It is stored encrypted. The owner of the practice and whoever treats you
            read it; the front desk sees only whether you have answered, or should be called. It is in no e-mail. When
            you withdraw your consent, your answers are deleted at once.
          </DescriptionItem>
          <DescriptionItem label="What you ask us" reading>
            Your question in your own words, and the address to answer you at. It is never e-mailed. Of an error on a
            page: {getErrorReportNotice(RETENTION.answeredQuestionDays)}
          </DescriptionItem>
          <DescriptionItem label="What you agreed to" reading>
            The sentence you ticked, when, and whether on this site or through another program. To book: “
            {getConsentText('booking', practice.name).text}” To ask: “{getConsentText('question', practice.name).text}”
          </DescriptionItem>
          <DescriptionItem label="Session notes" reading>
            What your therapist writes of each session, encrypted, and who has opened it and when. Only those who treat
            you and the owner can read it; the front desk cannot. The link in your e-mail shows you who did.
          </DescriptionItem>
          <DescriptionItem label="Reminders" reading>
            Which reminders you want, when one was sent, whether it arrived, and whether you said that you are coming.
            Also that we wrote after your last date, until when a time is held for you, or that you want no such e-mail.
            If a mail server tells us that your address does not exist, we note that too.
          </DescriptionItem>
          <DescriptionItem label="Text messages" reading>
            Only if you ticked that you want them: your number, when and how you agreed, and when you ended it. A text
            goes through whoever carries it, and says the practice, the date and your therapist’s first name. Of what
            you answer, only STOP and START are read. If a number wants no more texts, we keep that, without your name
            and in a form that cannot be read back, for as long as the site runs or until whoever has the number wants
            texts again, even when all else of you is deleted.
          </DescriptionItem>
          <DescriptionItem label="The waiting list" reading>
            What you wait for and on which days, and what was offered to you and how you answered.
          </DescriptionItem>
          <DescriptionItem label="Calendar apps" reading>
            That you made a calendar address. Whoever has it reads your dates until you remove it.
          </DescriptionItem>
          <DescriptionItem label="History" reading>
            When a date was booked, moved or cancelled, and by whom.
          </DescriptionItem>
          <DescriptionItem label="Where it came from" reading>
            A code made from your internet address, so that nobody can fill the calendar with made-up names. The address
            itself is not stored with your booking.
          </DescriptionItem>
          <DescriptionItem label="Reading" reading>
            How often each question page was read on a day: a sum, with nothing of who. We set no cookie for it, follow
            nobody, and load nothing from other companies.
          </DescriptionItem>
        </DescriptionList>
      </Section>
      <Section id="seen" title="Who sees it">
        <p className="max-w-measure font-serif text-read">
          The people who work at {practice.name}, and whoever has the link in your e-mail. Keep that link to yourself:
          it can move and cancel your dates. The data stays in the practice’s own database.
        </p>
      </Section>
      <Section id="how-long" title="How long">
        <DescriptionList>
          <DescriptionItem label="A booking" reading>
            Until you ask to have it removed. A request that waits to be confirmed is kept for an hour; one that waits
            for the practice, for a week.
          </DescriptionItem>
          <DescriptionItem label="The waiting list" reading>
            {RETENTION.endedEntryDays} days after what you wait for has ended; what you did not confirm,{' '}
            {RETENTION.unconfirmedEntryDays} days.
          </DescriptionItem>
          <DescriptionItem label="Health answers" reading>
            {RETENTION.healthAnswersDays / 365} years after the last date of that plan; what you began and did not
            finish, {RETENTION.unfinishedAnswersDays} days.
          </DescriptionItem>
          <DescriptionItem label="Session notes" reading>
            As long as the booking. What is written while there is no connection stays encrypted in your therapist’s
            browser until it is saved, and is gone when the note is signed or they sign out.
          </DescriptionItem>
          <DescriptionItem label="A question" reading>
            {RETENTION.answeredQuestionDays} days after we have answered it.
          </DescriptionItem>
          <DescriptionItem label="A message to us" reading>
            What you write by the link to your dates, encrypted, for {RETENTION.clientMessageDays} days. All who work
            here and may see those dates can read it.
          </DescriptionItem>
          <DescriptionItem label="A change of therapist" reading>
            What we asked you about it, and your answer, for {RETENTION.settledHandOverDays} days after that.
          </DescriptionItem>
          <DescriptionItem label="Links and sign-ins" reading>
            The link to your dates until a year after the last of them. A sign-in link for {RETENTION.signInLinkMinutes}{' '}
            minutes, and being signed in for {RETENTION.sessionDays} days. What lets the same form be sent twice without
            booking twice, for {RETENTION.idempotencyKeyDays * 24} hours.
          </DescriptionItem>
          <DescriptionItem label="E-mails" reading>
            What we wrote to you about a plan, until a year after its last date.
          </DescriptionItem>
          <DescriptionItem label="Backups" reading>
            Copies of the database are kept for up to {RETENTION.backupWeeks} weeks. If one is ever put back, whoever
            was removed since is removed again.
          </DescriptionItem>
        </DescriptionList>
      </Section>
      <Section id="cookies" title="Cookies">
        <p className="max-w-measure font-serif text-read">
          None to read. Booking sets one for a day. It keeps the plan you are booking to this browser. Booking again
          from the page of your dates, or by the link of an e-mail about them, may set one for two hours, so that you
          are offered what is right for you; what you told us is not in it. Signing in sets one that keeps you signed
          in, and the sign-in form one that guards it. What you type in a long form stays in this tab until you send it
          or close the tab: it is in no cookie.
        </p>
      </Section>
      <Section id="rights" title="Your rights">
        <p className="max-w-measure font-serif text-read">
          Ask what we hold about you, have it corrected, or have it removed: write to{' '}
          <a href={`mailto:${practice.email}?subject=My%20data`}>{practice.email}</a>. You get all of it as a file.
          Removed means: your name, your addresses, your notes, your questions and every upcoming date. Of visits that
          took place, the date, the massage and the price stay for the practice’s books, without your name. E-mails that
          were sent to you or your therapist we cannot call back. To change or cancel a booking, use the link in your
          mail, or <a href="/manage">have it sent again</a>.
        </p>
      </Section>
    </Shell>
  );
}
