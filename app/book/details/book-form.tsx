'use client';

import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { DateConflicts } from '@/app/book/dates/conflicts';
import { DateList } from '@/app/book/dates/date-list';
import type { DateRow } from '@/app/book/dates/dates';
import { noteScore, offerNotedScore } from '@/browser/noted-score';
import { consentText } from '@/care/consents';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ConsentField } from '@/components/consent-field';
import { Field } from '@/components/field';
import { useKeptFields } from '@/components/kept-fields';
import { Notice } from '@/components/notice';
import { ScoreScale } from '@/components/score-scale';
import { Section } from '@/components/section';
import { useAnswerFocus } from '@/components/use-answer-focus';
import { sayCount, sayReach } from '@/scheduling/wording';
import { book } from './actions';
import { BOOKING_DETAILS, type BookState, fields, TYPED, untouched } from './form-values';
import { NotBookedYet } from './not-booked-yet';
import { SignsField } from './signs-field';

interface BookFormProps {
  /** The choice this form books, with its key. */
  address: string;
  rows: DateRow[];
  /** What the question the reader came from would have them score. */
  score: { slug: string; of: string } | null;
  timeZone: string;
  locale: string;
  practice: { name: string; phone: string; sendsMail: boolean };
  links: { dates: string; time: string };
  cutoffs: string;
  /** The signs that send somebody to a doctor first, and where it says what to do then. */
  signs: { list: ReactNode; href: string };
}

/** The last step. Sent without script the page comes back with everything in it; with script it stays where it is. */
export function BookForm(props: BookFormProps) {
  const { address, rows: loaded, score, timeZone, locale, practice, links, cutoffs, signs } = props;
  const { state, isSending, form, failure } = useActionForm(book, untouched);
  const answered = useAnswerFocus(state.answer);
  useKeptFields(answered, BOOKING_DETAILS, TYPED);

  const scale = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (score?.slug && scale.current) offerNotedScore(scale.current, score.slug);
  }, [score?.slug]);
  const rows = (state.rows ?? loaded).map((row) => {
    const pick = state.picks[row.position];
    return row.options.some(({ value }) => value === pick) ? { ...row, pick: pick ?? null } : row;
  });
  const { typed, errors } = state;
  const firstWrong = fields.find((field) => errors[field]);
  const kept = rows.filter(({ pick }) => pick !== 'skip').length;
  const isUnsettled = rows.some((row) => row.state === 'clash');

  if (state.waits)
    return <NotBookedYet waits={state.waits} email={typed.email} {...{ practice, timeZone, locale, links }} />;

  return (
    <form ref={answered} {...form} noValidate>
      <input type="hidden" name="address" value={address} />
      {answerOf(state, rows, sayReach(practice), links)}
      {isUnsettled || state.rows ? (
        <Section title="Your dates" aside="Nothing is booked yet. We book them all together.">
          <DateList key={state.answer} rows={rows} timeZone={timeZone} locale={locale} reopen={null} />
        </Section>
      ) : (
        rows.map(
          ({ position, pick }) => pick && <input key={position} type="hidden" name={`d${position}`} value={pick} />,
        )
      )}
      <Section title="You" aside="No account, no password. Your link comes by e-mail.">
        <div className="grid gap-6">
          <Field
            label="Your name"
            name="name"
            autoComplete="name"
            required
            defaultValue={typed.name}
            error={errors.name}
            autoFocus={firstWrong === 'name'}
          />
          <Field
            label="E-mail"
            name="email"
            type="email"
            autoComplete="email"
            required
            hint="For your dates and the link to change them."
            defaultValue={typed.email}
            error={errors.email}
            autoFocus={firstWrong === 'email'}
          />
          <Field
            label="Phone"
            name="phone"
            type="tel"
            autoComplete="tel"
            optional
            hint="Only if we must reach you on the day."
            defaultValue={typed.phone}
            error={errors.phone}
            autoFocus={firstWrong === 'phone'}
          />
          <Field
            label="Note for the therapist"
            name="note"
            optional
            lines={4}
            hint="What hurts, what helps, what to leave alone. Only your therapist and the practice read it; it is never e-mailed."
            defaultValue={typed.note}
            error={errors.note}
          />
        </div>
      </Section>
      {score && (
        <Section title="Your score today" aside="So that you can both tell whether it works.">
          <div
            ref={scale}
            onChange={({ target }) => target instanceof HTMLInputElement && noteScore(score.slug, target.value)}
          >
            <ScoreScale
              legend={`From 0 to 10: ${score.of}`}
              chosen={typed.score}
              hint="If you like. Only your therapist and the practice see it; it is never e-mailed."
            />
          </div>
        </Section>
      )}
      <Section title="Before you book" aside="Signs that a doctor should see first. What you answer is not kept.">
        <SignsField checked={typed.signs === 'none'} error={errors.signs} href={signs.href}>
          {signs.list}
        </SignsField>
      </Section>
      <Section
        title="Agree and book"
        aside={
          // What was typed stays behind in this tab.
          <a href="/questions/is-massage-safe" target="_blank" rel="noreferrer">
            Is massage safe for you?
          </a>
        }
      >
        <ConsentField
          text={consentText('booking', practice.name).text}
          checked={typed.consent === 'yes'}
          error={errors.consent}
        />
        {kept > 0 ? (
          <>
            <Button broad className="mt-4" aria-disabled={isSending || undefined}>
              {isSending ? 'Booking…' : sayButton(kept)}
            </Button>
            <p role="status" className="sr-only">
              {isSending ? 'Booking…' : ''}
            </p>
            {failure}
            <p className="mt-3 max-w-[36rem] text-small text-soft">{cutoffs} You pay at each visit.</p>
          </>
        ) : (
          <Notice tone="quiet" title="No date is left to book">
            <a href={links.time}>Choose another time</a>
          </Notice>
        )}
      </Section>
    </form>
  );
}

function sayButton(count: number): string {
  return count === 1 ? 'Book it' : count === 2 ? 'Book both' : `Book all ${sayCount(count)}`;
}

function answerOf(state: BookState, rows: DateRow[], reach: string, links: BookFormProps['links']): ReactNode {
  const clashes = rows.filter((row) => row.state === 'clash');
  const say = (title: string, text: ReactNode, link?: { href: string; label: string }) => (
    <div className="pb-8">
      <Notice tone="bad" id="answer" title={title} live>
        <p>{text}</p>
        {link && <a href={link.href}>{link.label}</a>}
      </Notice>
    </div>
  );
  switch (state.problem) {
    case 'busy':
      return say('We could not reach the calendar', `Nothing was booked. Try again, or ${reach}.`);
    case 'too_many':
      return say('That was a lot of bookings at once', `Nothing was booked. Wait a minute and try again, or ${reach}.`);
    case 'many_wait':
      return say(
        'Many bookings from your connection wait already',
        `Nothing was booked. They wait to be confirmed, and no more can be asked for today. Please ${reach}.`,
      );
    case 'booked_already':
      return say(
        'This plan is booked already',
        'You will find your dates, and the link to change them, in your e-mail.',
        {
          href: links.time,
          label: 'Book another time',
        },
      );
    case 'not_possible':
      return say('One of these dates cannot be booked any more', 'Nothing was booked.', {
        href: links.dates,
        label: 'Look at your dates again',
      });
    default:
  }
  return (
    <DateConflicts
      rows={rows}
      rest="Nothing was booked yet, and nothing you typed is lost. Choose another time below and book again."
      link={clashes.length > 1 && { href: links.time, label: 'Or look at the times again' }}
    />
  );
}
