import { Section } from '@/components/section';
import { formatZoneCity } from '@/scheduling/formatting';
import { findNameAmongSeveral, formatMoment, formatPlan, formatPlanLength, type KeptData } from './kept-data';
import { ForWhom, KeptRow, KeptRows } from './kept-row';

/** What was booked: each plan as it was made, the latest first. */
export function PlansSection(kept: KeptData) {
  const { data, practice } = kept;
  const plans = data.series.toSorted((a, b) => b.createdAt - a.createdAt);
  if (plans.length === 0) return null;
  return (
    <Section title={plans.length === 1 ? 'Your plan' : 'Your plans'} aside="As first booked, the latest first.">
      <KeptRows>
        {plans.map((plan) => (
          <KeptRow key={plan.id} title={formatPlan(plan, practice)}>
            {formatPlanLength(plan, practice)}, {formatZoneCity(plan.timeZone)}
            <ForWhom name={findNameAmongSeveral(data, plan.clientId)} />. Booked
            {plan.bookedBy !== null && (
              <>
                {' '}
                by <bdi>{plan.bookedBy}</bdi>
              </>
            )}
            : {formatMoment(plan.createdAt, kept)}.
          </KeptRow>
        ))}
      </KeptRows>
    </Section>
  );
}
