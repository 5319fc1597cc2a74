import type { BookingChoice, OfferedService } from '@/app/book/booking-choice';
import { describeSessionMassages, formatServiceNameInSentence, getServiceNameById } from '@/app/book/booking-wording';
import {
  listMassagesOfProgression,
  listUsefulPressureProgressions,
  type PressureProgression,
} from '@/care/pressure-ladder';
import { RadioMark } from '@/components/radio-mark';
import { RadioGroup, RadioOption } from '@/components/radio-options';
import { SessionMassagesGrid } from './session-massages-grid';

/** Presets for how a series begins, and the massage of each session, which can be changed one by one. */
export function SessionMassagesField({ choice, services }: { choice: BookingChoice; services: OfferedService[] }) {
  const rungs = services.filter(({ lengths }) => lengths.some(({ minutes }) => minutes === choice.minutes));
  const format = (preset: PressureProgression) => {
    const [first, second] = listMassagesOfProgression(preset, choice.serviceId, rungs).map((id) =>
      getServiceNameById(id, services),
    );
    if (preset === 'all') return 'All the steps, one by one';
    return second ? `${first}, then ${formatServiceNameInSentence(second)}` : `${first} every time`;
  };
  return (
    <>
      <RadioGroup legend="Start gently" className="flex flex-wrap gap-2">
        {listUsefulPressureProgressions(choice.serviceId, choice.sessions, rungs).map((preset) => (
          <RadioOption key={preset} look="chip" name="gently" value={preset} defaultChecked={preset === choice.preset}>
            <RadioMark />
            <span>{preset === 'all' && rungs.length === 3 ? 'All three steps' : format(preset)}</span>
          </RadioOption>
        ))}
        {choice.preset === 'own' && (
          <RadioOption look="chip" name="gently" value="own" defaultChecked>
            <RadioMark />
            <span>Your own mix</span>
          </RadioOption>
        )}
      </RadioGroup>
      <SessionMassagesGrid ladder={choice.ladder} services={rungs} />
      <p className="mt-3 text-small text-soft">
        {describeSessionMassages(choice.ladder, services)} Tap a square to change that session.
      </p>
    </>
  );
}
