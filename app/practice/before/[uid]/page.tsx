import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { formatAppointmentTime } from '@/app/manage/[token]/series-wording';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { SessionCheckForm } from '@/components/health-form/session-check-form';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { isTherapistOrOwner } from '@/db/access/viewer';
import { getAppointmentFacts } from '@/db/appointments/appointment-facts';
import { getSessionCheck, sessionCheckQuestions } from '@/db/care/pre-session-check';
import { getPractice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { findCountryHelp, formatEmergencyHeading } from '@/questions/emergency-numbers';
import { extractFirstName } from '@/scheduling/name-formatting';
import { saveAllowedAreasForClient, saveNewSignsForClient, saveNothingNewForClient } from './actions';

export const metadata: Metadata = { title: 'Anything new?', robots: { index: false } };

interface Props {
  params: Promise<{ uid: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** For a client at the desk, on a tablet: is anything new before this session? */
export default async function BeforeAtDeskPage({ params, searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const [{ uid }, { step, flash }, practice] = await Promise.all([params, searchParams, getPractice()]);
  const [session, facts] = await Promise.all([
    getSessionCheck(viewer, uid, { now: Date.now() }),
    getAppointmentFacts(viewer, uid),
  ]);
  if (!session || !facts || facts.client.isErased) notFound();
  const shell = { practice, current: 'calendar', viewer, signOut: <SignOutForms /> } as const;
  const moment = formatAppointmentTime(facts, practice.locale);
  const client = `/practice/clients/${session.clientId}`;
  if (!session.isOpen || !session.hasConsent)
    return (
      <PracticeShell {...shell}>
        <PageHeader
          title={session.isOpen ? 'The health form first' : 'It is too early or too late to ask'}
          crumbs={[{ href: client, label: facts.client.name }]}
          from={
            session.isOpen
              ? 'They have not agreed yet that what they tell is kept. The form asks for it on its first screen.'
              : `It can be asked from 24 hours before ${moment} until it ends.`
          }
        >
          {session.isOpen && isTherapistOrOwner(viewer) && (
            <p className="mt-6">
              <a href={`${client}/intake`}>The health form</a>
            </p>
          )}
        </PageHeader>
      </PracticeShell>
    );
  return (
    <PracticeShell {...shell}>
      <SessionCheckForm
        session={session}
        step={step}
        flash={flash}
        who=""
        currentHref={`/practice/before/${uid}?`}
        hello={`Hello ${extractFirstName(facts.client.name)}. Before ${moment}:`}
        isFirst={facts.position === 1}
        questions={sessionCheckQuestions}
        actions={{
          sayNothingNew: saveNothingNewForClient,
          saySigns: saveNewSignsForClient,
          saveAreas: saveAllowedAreasForClient,
        }}
        services={await listServices()}
        practice={practice}
        emergency={formatEmergencyHeading(findCountryHelp(practice))}
        moveHref={null}
        datesHref={null}
        scoreHref={null}
        until={`${extractFirstName(facts.therapist.name)} reads it before you begin. Please hand the tablet back when you have answered.`}
      />
    </PracticeShell>
  );
}
