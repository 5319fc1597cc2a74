import { Section } from '@/components/section';
import { derivePhoneCountry, formatPhone } from '@/db/input/phone-numbers';
import type { DataWithoutHealth } from '@/db/people/export-data-without-health';
import { formatDuration } from '@/scheduling/formatting';
import { findNameAmongSeveral, findNameOfDate, formatMoment, formatPlan, type KeptData } from './kept-data';
import { ForWhom, KeptRow, KeptRows } from './kept-row';

type TextConsent = DataWithoutHealth['textConsents'][number];
type ReminderMode = DataWithoutHealth['reminderPreferences'][number]['mode'];

const WAYS: Record<TextConsent['way'], string> = {
  link: 'on the page of your dates',
  text: 'by a text from this number',
};
const ENDINGS: Record<NonNullable<TextConsent['endedAs']>, string> = {
  client: 'Stopped by you',
  stop: 'Stopped from this number',
  unreachable: 'Stopped because a text could not be delivered',
};
const MODES: Record<ReminderMode, string> = {
  each: 'Reminders before each date',
  weekly: 'One reminder a week',
  none: 'No reminders',
};

/** What was chosen about texts, reminders and e-mails after dates, and who said that they will come. */
export function RemindersSection(kept: KeptData) {
  const { data, practice } = kept;
  const { textConsents, reminderPreferences, followUpOptOuts, attendanceConfirmations } = data;
  const count = [textConsents, reminderPreferences, followUpOptOuts, attendanceConfirmations].flat().length;
  if (count === 0) return null;
  return (
    <Section title="Reminders and texts" aside="What you chose and what you answered.">
      <KeptRows>
        {textConsents.map((consent) => (
          <TextRow key={consent.clientId} consent={consent} kept={kept} />
        ))}
        {reminderPreferences.map(({ seriesId, mode, skipped, chosenAt }) => {
          const plan = data.series.find(({ id }) => id === seriesId);
          return (
            <KeptRow key={seriesId} title={MODES[mode]}>
              {plan && formatPlan(plan, practice)}
              <ForWhom name={findNameAmongSeveral(data, plan?.clientId)} />.
              {skipped.length > 0 && ` Without the one ${skipped.map(formatDuration).join(' or ')} before.`} Chosen:{' '}
              {formatMoment(chosenAt, kept)}.
            </KeptRow>
          );
        })}
        {followUpOptOuts.map(({ clientId, stoppedAt }) => (
          <KeptRow key={clientId} title="No e-mails after your dates">
            Stopped: {formatMoment(stoppedAt, kept)}
            <ForWhom name={findNameAmongSeveral(data, clientId)} />.
          </KeptRow>
        ))}
        {attendanceConfirmations
          .toSorted((a, b) => b.startAt - a.startAt)
          .map(({ appointmentId, startAt, confirmedAt }) => (
            <KeptRow key={`${appointmentId} ${startAt}`} title="You said you will come">
              {formatMoment(startAt, kept)}
              <ForWhom name={findNameOfDate(data, appointmentId)} />. Said: {formatMoment(confirmedAt, kept)}.
            </KeptRow>
          ))}
      </KeptRows>
    </Section>
  );
}

function TextRow({ consent, kept }: { consent: TextConsent; kept: KeptData }) {
  const { clientId, number, way, words, agreedAt, endedAt, endedAs } = consent;
  return (
    <KeptRow
      title={
        <>
          Texts to <bdi>{formatPhone(number, derivePhoneCountry(kept.practice))}</bdi>
        </>
      }
    >
      Agreed {WAYS[way]}: {formatMoment(agreedAt, kept)}
      <ForWhom name={findNameAmongSeveral(kept.data, clientId)} />. The words agreed to: “{words}”
      {endedAs !== null && ` ${ENDINGS[endedAs]}`}
      {endedAt !== null && `: ${formatMoment(endedAt, kept)}.`}
    </KeptRow>
  );
}
