import { ButtonLink } from '@/components/button';
import { Section } from '@/components/section';
import { getIntake, type IntakeView } from '@/db/care/intake';
import { SESSION_CHECK_OPENS_MS } from '@/db/care/pre-session-check';
import { formatDay } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { listUpcomingAppointments, type ManagedSeries } from './managed-series';

/** The link to the questions before a visit; nothing where no visit is upcoming. */
export async function IntakeLinks({ managed }: { managed: ManagedSeries }) {
  const { viewer, token, practice, now } = managed;
  const view = await getIntake(viewer, { now });
  if (!view || listUpcomingAppointments(managed).length === 0) return null;
  const { draft, submitted, why, isGivenElsewhere } = view;
  const next = listUpcomingAppointments(managed)[0]!;
  const asksAboutSession =
    now >= next.startsAt - SESSION_CHECK_OPENS_MS && (hasHealthConsent(view) || isGivenElsewhere);
  const isDone = (submitted && why === null) || isGivenElsewhere;
  return (
    <Section title="Before your visit">
      {asksAboutSession && (
        <p className="mb-4 print:hidden">
          <ButtonLink href={`/manage/${token}/before`} broad>
            Anything new since last time?
          </ButtonLink>
        </p>
      )}
      <p className="max-w-[36rem]">
        {draft
          ? 'You began the questions. Your answers so far are saved.'
          : submitted && why === null
            ? `You answered our questions on ${formatDay(toWallTime(practice.timeZone, submitted.at).on, 'full', practice.locale)}.`
            : isDone
              ? 'We have your answers to our questions.'
              : 'A health form, so that your therapist can plan your massage with care. About three minutes.'}
      </p>
      {managed.series.bookedBy !== null && !isDone && (
        <p className="mt-2 max-w-[36rem] text-small text-soft">
          <AnswersAboutOtherPersonNote name={managed.series.client.name} />
        </p>
      )}
      <p className="flex flex-wrap gap-x-6 print:hidden">
        <a href={`/manage/${token}/intake`} className="inline-flex min-h-11 items-center">
          {draft ? 'Continue the health form' : isDone ? 'See what we advise' : 'Fill in the health form'}
        </a>
        <a href={`/manage/${token}/consents`} className="inline-flex min-h-11 items-center">
          What you agreed to
        </a>
      </p>
    </Section>
  );
}

/** For a form opened by somebody else: whom it is about, and what it asks if that person is a child. */
export function AnswersAboutOtherPersonNote({ name }: { name: string }) {
  return (
    <>
      The answers are about <bdi>{name}</bdi>. If they are under 18, tick that on the first screen: a parent or guardian
      then agrees for them, and is there at every visit.
    </>
  );
}

function hasHealthConsent({ consents }: IntakeView): boolean {
  return consents.health_kept === 'given';
}
