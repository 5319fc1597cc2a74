import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { toMoneyInputValue } from '@/app/practice/settings/massages/massage-form-values';
import { RetireForm } from '@/app/practice/settings/retire-form';
import { removeTeamMember, resendInvitation } from '@/app/practice/settings/team/actions';
import { CorrectAddressForm } from '@/app/practice/settings/team/correct-address-form';
import { MemberForm } from '@/app/practice/settings/team/member-form';
import { SignInLinkForm } from '@/app/practice/settings/team/sign-in-link-form';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { timeOffHref } from '@/app/practice/time-off/time-off-form-values';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { type FlashContent, LiveFlashNotice } from '@/components/flash-notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { hasEverSignedIn } from '@/db/messages/sign-in';
import { listMassageSettings } from '@/db/offer/massages';
import { listTeam } from '@/db/offer/team';
import { TEAM_COLOURS, type TeamMember, type TeamMemberFormInput } from '@/db/offer/team-member-schema';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled, pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { extractFirstName } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

export const metadata: Metadata = { title: 'Team', robots: { index: false } };

const notesNow = (givesMassages: boolean): Record<string, FlashContent> => ({
  added: {
    tone: 'good',
    title: 'They are on the team',
    text: `${pickTextByMailEnabled('An e-mail with a link to sign in is on its way to them.', 'No mail server is set, so no e-mail is sent: show their link to sign in below, and give it to them.')}${givesMassages ? ' Say now what they give; then set their hours.' : ''}`,
  },
  invited: {
    tone: 'good',
    title: pickTextByMailEnabled('Sent again', 'There is a new link'),
    text: pickTextByMailEnabled(
      'The link in it is good for an hour.',
      'No mail server is set, so no e-mail is sent: it is printed where the server was started, and good for an hour.',
    ),
  },
  corrected: {
    tone: 'good',
    title: 'The address is corrected',
    text: pickTextByMailEnabled(
      'An e-mail with a link to sign in is on its way to it. Earlier links have ended.',
      'Earlier links have ended: show their new link below, and give it to them.',
    ),
  },
  added_unsent: {
    tone: 'bad',
    title: 'They are on the team, but no e-mail was sent',
    text: 'The practice was busy. Send them the link below.',
  },
  corrected_unsent: {
    tone: 'bad',
    title: 'The address is corrected, but no e-mail was sent',
    text: 'The practice was busy. Send them the link below.',
  },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was sent. Try again in a moment.' },
});

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function MemberPage({ params, searchParams }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const [{ id }, { flash }] = await Promise.all([params, searchParams]);
  const [practice, team, massages] = await Promise.all([getPractice(), listTeam(viewer), listMassageSettings(viewer)]);
  const member = team.find((other) => other.id === id && other.role !== null);
  if (!member) notFound();
  const isNew = member.userId !== null && !(await hasEverSignedIn(member.userId));
  const isLinkShown = isNew && !isMailEnabled();
  const { currency } = practice;
  const today = toWallTime(practice.timeZone, Date.now()).on;
  const offered = massages
    .filter(({ isActive }) => isActive)
    .map(({ id: massageId, name, lengths }) => {
      const priced = lengths.map(({ minutes, priceCents }) => ({
        minutes,
        usual: toMoneyInputValue(priceCents, currency),
      }));
      return { id: massageId, name, lengths: priced };
    });
  const crumbs = [
    { href: '/practice/settings', label: 'Settings' },
    { href: '/practice/settings/team', label: 'Team' },
  ];
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title={member.name} crumbs={crumbs} from={member.email || undefined}>
        <LiveFlashNotice flash={flash} notices={notesNow(member.givesMassages)} />
      </PageHeader>
      <Section title="Who they are">
        <MemberForm
          id={member.id}
          mark={member.mark}
          values={fieldsOf(member, currency)}
          isAtDesk={member.role === 'front_desk'}
          massages={offered}
          colours={TEAM_COLOURS}
          currency={currency}
        />
      </Section>
      {member.givesMassages && (
        <Section title="Their photo">
          <a href={`/practice/portrait?who=${member.therapistId}`} className="inline-flex min-h-11 items-center">
            The photo that visitors see
          </a>
        </Section>
      )}
      {member.givesMassages && (
        <Section title="Their hours">
          <a href={`/practice/settings/hours?who=${member.therapistId}`} className="inline-flex min-h-11 items-center">
            When {extractFirstName(member.name)} works
          </a>
        </Section>
      )}
      {member.userId !== null && member.userId !== viewer.userId && (
        <Section title="Signing in">
          {isLinkShown ? (
            <>
              <p className="mb-4 max-w-[36rem] text-soft">
                They sign in by a link. No mail server is set, so you give them the first one. You are shown it until
                they have signed in: after that nobody here can sign in as a colleague, and read or sign notes in their
                name.
              </p>
              <SignInLinkForm id={member.userId} name={extractFirstName(member.name)} />
            </>
          ) : (
            <>
              <p className="mb-4 max-w-[36rem] text-soft">
                {pickTextByMailEnabled(
                  `They sign in by a link that is sent to ${member.email}.`,
                  'They sign in by a link. No mail server is set: it is printed where the server was started, and not shown here, so that nobody signs in as a colleague.',
                )}{' '}
                It is good for an hour; they can ask for another on the sign-in page, too.
              </p>
              <ActionForm action={resendInvitation}>
                <input type="hidden" name="id" value={member.id} />
                <Button kind="plain" slim>
                  {pickTextByMailEnabled('Send the link again', 'Make a new link')}
                </Button>
              </ActionForm>
            </>
          )}
          <div className="mt-8">
            {isNew ? (
              <CorrectAddressForm id={member.userId} email={member.email} />
            ) : (
              <p className="max-w-[36rem] text-small text-soft">
                Only {extractFirstName(member.name)} can change this address, by “Your e-mail address” at the foot of
                the practice’s pages. Whoever changes it could sign in as them, and sign notes in their name.
              </p>
            )}
          </div>
        </Section>
      )}
      {member.userId === viewer.userId && (
        <Section title="Signing in">
          <a href="/practice/address" className="inline-flex min-h-11 items-center">
            Change the e-mail address that you sign in with
          </a>
        </Section>
      )}
      {member.userId !== viewer.userId && (
        <Section title="They leave">
          {member.givesMassages && (
            <p className="mb-4 max-w-[36rem] text-soft">
              First,{' '}
              <a href={timeOffHref({ who: member.therapistId ?? '', from: today, kind: 'leaving' })}>
                hand over or cancel what is booked with {extractFirstName(member.name)}
              </a>
              : each date is listed with who could take it
              {pickTextByMailEnabled(', and each client gets one e-mail', '')}.
            </p>
          )}
          <RetireForm action={removeTeamMember} id={member.id} button="Take them off the team">
            They are signed out everywhere at once, and nobody can book them any more. Appointments they still have stay
            in the calendar, unless you cancel them here or hand them over first.
          </RetireForm>
        </Section>
      )}
    </PracticeShell>
  );
}

function fieldsOf(member: TeamMember, currency: string): TeamMemberFormInput {
  const text = (value: number | null) => (value === null ? '' : String(value));
  const prices = member.prices.map(({ serviceId, minutes, priceCents }) => {
    return [`${serviceId}.${minutes}`, toMoneyInputValue(priceCents, currency)];
  });
  return {
    name: member.name,
    role: member.role ?? '',
    givesMassages: member.givesMassages,
    about: member.about,
    colour: TEAM_COLOURS.some(({ value }) => value === member.colour) ? member.colour : TEAM_COLOURS[0]!.value,
    trainedForPregnancy: member.trainedForPregnancy,
    serviceIds: member.serviceIds,
    prices: Object.fromEntries(prices),
    capDayMinutes: text(member.capDayMinutes),
    capWeekMinutes: text(member.capWeekMinutes),
    capDeepDayMinutes: text(member.capDeepDayMinutes),
    capDeepWeekMinutes: text(member.capDeepWeekMinutes),
  };
}
