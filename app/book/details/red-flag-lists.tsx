import { redFlags } from '@/care/red-flags';
import { groupBlockingSignsByUrgency } from '@/care/safety-questions';
import { type CountryHelp, formatEmergencyHeading } from '@/questions/emergency-numbers';
import type { Question } from '@/questions/library';

/** The warning signs that rule out a booking, in two lists: get help now, and see a doctor first. */
export function groupBlockingRedFlags(question: Question | null, country: CountryHelp | null) {
  const { now, doctor } = groupBlockingSignsByUrgency(question?.redFlags ?? []);
  return [
    { heading: formatEmergencyHeading(country), ids: now },
    { heading: 'See a doctor first, then book', ids: doctor },
  ];
}

export function RedFlagLists({ question, country }: { question: Question | null; country: CountryHelp | null }) {
  return (
    <div className="@container">
      <div className="grid gap-5 @min-[34rem]:grid-cols-2 @min-[34rem]:gap-x-8">
        {groupBlockingRedFlags(question, country).map(({ heading, ids }) => (
          <div key={heading}>
            <h3 className="font-sans text-small font-semibold text-clay">{heading}</h3>
            <ul className="mt-1 grid gap-1 text-small">
              {ids.map((id) => (
                <li key={id} className="border-t border-line pt-1">
                  {redFlags[id].sign}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </div>
  );
}
