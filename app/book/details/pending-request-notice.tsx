import { type ReactNode, useEffect } from 'react';
import { DemoMailHint, type DemoMailLink } from '@/components/demo-mail-hint';
import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import { Section } from '@/components/section';
import { formatTime } from '@/scheduling/formatting';
import { formatHowToContact } from '@/scheduling/name-formatting';
import type { BookFormState } from './book-form-state';
import { dispatchHoldReleased } from './booking-events';

interface Props {
  waits: NonNullable<BookFormState['waits']>;
  email: string;
  /**
   * `sendsMail`: whether a mail server is set. `demoMail`: where the e-mails of a demo without a mail server can be
   * read. `confirmsEveryNewClient`: the practice asks every new client to confirm; otherwise this one is asked because
   * too many unconfirmed bookings hold times.
   */
  practice: {
    name: string;
    phone: string;
    sendsMail: boolean;
    demoMail: DemoMailLink | null;
    confirmsEveryNewClient: boolean;
  };
  timeZone: string;
  locale: string;
  links: { dates: string };
}

/** Replaces the form: the request is stored, no time is held, and this says what happens next. */
export function PendingRequestNotice({ waits, email, practice, timeZone, locale, links }: Props) {
  useEffect(() => dispatchHoldReleased(document), []);
  const until = formatTime(timeZone, waits.until, locale);
  const { title, steps, why } =
    waits.reason === 'to_confirm' ? describeHowToConfirm(email, practice, until) : describeWhoApproves(email, practice);
  return (
    <div className="pb-10">
      <FocusOnOpening>
        <div className="pb-8">
          <Notice tone="quiet" id="answer" title={title} live>
            {steps}
          </Notice>
        </div>
      </FocusOnOpening>
      <Section title="Why, and what next">
        <div className="grid max-w-measure gap-3">
          {why && <p>{why}</p>}
          <p>What you typed is saved with your dates. You don’t need to fill in anything again.</p>
          <p>
            {practice.sendsMail && (
              <>No e-mail after a few minutes? Look in your spam folder, or {formatHowToContact(practice)}. </>
            )}
            <a href={links.dates}>Back to your dates</a>
          </p>
        </div>
      </Section>
    </div>
  );
}

interface Answer {
  title: string;
  steps: ReactNode;
  why: string | null;
}

function describeHowToConfirm(email: string, practice: Props['practice'], until: string): Answer {
  const { name, sendsMail, demoMail, confirmsEveryNewClient } = practice;
  const why = confirmsEveryNewClient
    ? `${name} asks every new client to confirm their e-mail address.`
    : 'Many dates are booked just now by people whose e-mail address nobody has confirmed yet.';
  if (!sendsMail && !demoMail)
    return {
      title: 'Not booked yet: talk to us',
      steps: (
        <p>
          We have your request until {until}. This site sends no e-mail yet, so we book it when we have talked: please{' '}
          {formatHowToContact(practice)}. Until then no time is held for you.
        </p>
      ),
      why: `${why} A word from you shows us that yours is real; from then on you are booked at once.`,
    };
  return {
    title: sendsMail ? 'Not booked yet: open your e-mail' : 'Not booked yet: one link to press',
    steps: (
      <>
        <p>
          {sendsMail ? 'We have sent a link to ' : 'A link is written for '}
          <bdi className="font-medium">{email}</bdi>. Press it by {until}, and your dates are booked if they are still
          free. Until then no time is held for you.
        </p>
        {demoMail && <DemoMailHint demoMail={demoMail} next="press the link in the e-mail to you" />}
      </>
    ),
    why: demoMail
      ? `${why}${confirmsEveryNewClient ? '' : ' Perhaps you booked them: cancel some, or book fewer, and you are booked at once.'}`
      : `${why} One press shows us that yours is real; from then on you are booked at once.`,
  };
}

function describeWhoApproves(email: string, practice: Props['practice']): Answer {
  const { name, sendsMail, demoMail } = practice;
  return {
    title: 'Not booked yet',
    steps: (
      <>
        <p>
          {name} looks at the first booking of each new client
          {sendsMail && (
            <>
              , and writes to <bdi className="font-medium">{email}</bdi>
            </>
          )}
          . Until then no time is held for you.
          {!sendsMail && !demoMail && ` This site sends no e-mail yet, so please ${formatHowToContact(practice)}.`}
        </p>
        {demoMail && <DemoMailHint demoMail={demoMail} next="press the link to your request there" />}
      </>
    ),
    why: null,
  };
}
