import type { BookingChoice, OfferedService } from '@/app/book/booking-url';
import { BookingOption, Choices } from '@/app/book/choices';
import { nameOf, sayLadder, sayService } from '@/app/book/wording';
import { type LadderPreset, presetsFor, rungsOf } from '@/care/pressure-ladder';
import { RadioMark } from '@/components/radio-mark';
import { LadderGrid } from './ladder-grid';

/** Ways to begin a series, and the massage of each session, which may be changed square by square. */
export function Ladder({ choice, services }: { choice: BookingChoice; services: OfferedService[] }) {
  const rungs = services.filter(({ lengths }) => lengths.some(({ minutes }) => minutes === choice.minutes));
  const say = (preset: LadderPreset) => {
    const [first, second] = rungsOf(preset, choice.serviceId, rungs).map((id) => nameOf(id, services));
    if (preset === 'all') return 'All the steps, one by one';
    return second ? `${first}, then ${sayService(second)}` : `${first} every time`;
  };
  return (
    <>
      <Choices legend="Start gently" className="flex flex-wrap gap-2">
        {presetsFor(choice.serviceId, choice.sessions, rungs).map((preset) => (
          <BookingOption key={preset} look="chip" name="gently" value={preset} checked={preset === choice.preset}>
            <RadioMark />
            <span>{preset === 'all' && rungs.length === 3 ? 'All three steps' : say(preset)}</span>
          </BookingOption>
        ))}
        {choice.preset === 'own' && (
          <BookingOption look="chip" name="gently" value="own" checked>
            <RadioMark />
            <span>Your own mix</span>
          </BookingOption>
        )}
      </Choices>
      <LadderGrid ladder={choice.ladder} services={rungs} />
      <p className="mt-3 text-small text-soft">
        {sayLadder(choice.ladder, services)} Tap a square to change that session.
      </p>
    </>
  );
}
