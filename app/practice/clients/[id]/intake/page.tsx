import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ButtonLink } from '@/components/button';
import { HealthForm, isIntakeScreenId } from '@/components/health-form/health-form';
import {
  SAFETY_VERDICT_LEADS,
  SAFETY_VERDICT_TITLES,
  SafetyVerdictSections,
} from '@/components/health-form/safety-verdict-sections';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { getIntake } from '@/db/care/intake';
import { getPractice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { findCountryHelp, formatEmergencyHeading } from '@/questions/emergency-numbers';
import { saveHealthFormScreenOnSite } from './actions';

export const metadata: Metadata = { title: 'Health form', robots: { index: false } };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The health form of the first visit, for a client at the practice: on a tablet, or read aloud to them. */
export default async function IntakeOnSitePage({ params, searchParams }: Props) {
  await connection();
  const viewer = await requireRole('practitioner');
  const [{ id }, { step }, practice] = await Promise.all([params, searchParams, getPractice()]);
  const view = await getIntake(viewer, { now: Date.now() }, id);
  if (!view) notFound();
  const { draft, submitted } = view;
  const client = `/practice/clients/${id}`;
  const crumbs = [{ href: client, label: 'The client' }];
  const shell = { practice, current: 'clients', viewer, signOut: <SignOutForms /> } as const;
  const verdict = view.stop ?? (draft ? null : submitted?.verdict);
  if (isIntakeScreenId(step))
    return (
      <PracticeShell {...shell}>
        <HealthForm
          screen={draft || step === 'agree' ? step : 'agree'}
          who={id}
          save={saveHealthFormScreenOnSite}
          savedAnswers={draft}
          consents={view.consents}
          guardian={view.guardian}
          isUnder18={view.isUnder18}
          practiceName={practice.name}
          ownQuestions={view.ownQuestions}
        />
      </PracticeShell>
    );
  if (verdict)
    return (
      <PracticeShell {...shell}>
        <PageHeader
          title={SAFETY_VERDICT_TITLES[verdict.tier]}
          crumbs={crumbs}
          from={SAFETY_VERDICT_LEADS[verdict.tier]}
          takesFocus={submitted !== null}
        />
        <SafetyVerdictSections
          verdict={verdict}
          answers={(view.stop ? draft : submitted?.answers)?.answers ?? {}}
          services={await listServices()}
          practice={practice}
          emergency={formatEmergencyHeading(findCountryHelp(practice))}
          datesHref={null}
        />
        <p className="pb-10">
          <a href={`${client}/intake?step=${view.stop ? view.stopScreen : 'agree'}`}>
            {view.stop ? 'Back to the questions' : 'Ask again'}
          </a>
        </p>
      </PracticeShell>
    );
  return (
    <PracticeShell {...shell}>
      <PageHeader
        title={draft ? 'The answers so far are saved' : 'A few questions before the first visit'}
        crumbs={crumbs}
        from="Hand the tablet over, or read each screen aloud. The client ticks, or tells you what to tick."
      >
        <div className="mt-6">
          <ButtonLink href={`${client}/intake?step=${draft ? view.next : 'agree'}`} broad>
            {draft ? 'Go on' : 'Begin'}
          </ButtonLink>
        </div>
      </PageHeader>
    </PracticeShell>
  );
}
