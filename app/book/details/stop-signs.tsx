import { redFlags } from '@/care/red-flags';
import { blockingSigns } from '@/care/safety-questions';
import { type Country, sayEmergency } from '@/questions/emergency-numbers';
import type { Question } from '@/questions/library';

/** The signs that send somebody to a doctor instead of to a booking, in two lists: now, and first. */
export function stopLists(question: Question | null, country: Country | null) {
  const { now, doctor } = blockingSigns(question?.redFlags ?? []);
  return [
    { heading: sayEmergency(country), ids: now },
    { heading: 'See a doctor first, then book', ids: doctor },
  ];
}

export function StopSigns({ question, country }: { question: Question | null; country: Country | null }) {
  return (
    <div className="@container">
      <div className="grid gap-5 @min-[34rem]:grid-cols-2 @min-[34rem]:gap-x-8">
        {stopLists(question, country).map(({ heading, ids }) => (
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
