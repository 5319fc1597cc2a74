import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import type { PressureAdvice } from '@/db/care/pressure-advice';
import type { Practice } from '@/db/practice/practice';

const PRESSURE = {
  too_light: 'the pressure was too light',
  right: 'the pressure was right',
  too_hard: 'it was too hard',
};

/** What the client said about the pressure two days after a session, and the advice for this one that follows. */
export function PressureFeedbackNote(props: { advice: PressureAdvice; practice: Practice; now: number }) {
  const { last, advice, massage } = props.advice;
  const words = [
    last.pressure && PRESSURE[last.pressure],
    last.isSore === null ? null : last.isSore ? 'still sore after two days' : 'not sore after two days',
  ];
  return (
    <section aria-label="What they said of the pressure" className="border-t border-line py-4">
      <p className="text-small text-soft">Of {formatDayAndTime(last.sessionAt, props.practice, props.now)} they said</p>
      <p className="max-w-measure font-serif text-[1.0625rem] leading-[1.625rem] first-letter:uppercase">
        {words.filter(Boolean).join(', ')}. {ADVICE[advice](massage)}
      </p>
    </section>
  );
}

const ADVICE: Record<PressureAdvice['advice'], (massage: string | null) => string> = {
  step_down: (massage) => (massage ? `Go a step gentler: ${massage}.` : 'Go gentler.'),
  stay: () => 'Stay with what they have.',
  offer_next: (massage) =>
    massage ? `Twice in a row without trouble: you can offer ${massage}, if they wish.` : 'Stay with what they have.',
};
