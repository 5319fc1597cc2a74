import { FocusOnOpening } from '@/components/focus-on-opening';
import { Notice } from '@/components/notice';
import { Section } from '@/components/section';
import { sayHowToContact, sayTime } from '@/scheduling/formatting';
import type { BookState } from './book-form-state';

interface Props {
  waits: NonNullable<BookState['waits']>;
  email: string;
  /** `isMailEnabled`: whether a mail server is set. */
  practice: { name: string; phone: string; sendsMail: boolean };
  timeZone: string;
  locale: string;
  links: { dates: string };
}

/** In place of the form: what was asked for is kept, no time is held, and how it goes on. */
export function NotBookedYet({ waits, email, practice, timeZone, locale, links }: Props) {
  const isToConfirm = waits.reason === 'to_confirm';
  return (
    <div className="pb-10">
      <FocusOnOpening>
        <div className="pb-8">
          <Notice
            tone="quiet"
            id="answer"
            title={isToConfirm ? 'Not booked yet: open your e-mail' : 'Not booked yet'}
            live
          >
            {isToConfirm ? (
              <p>
                {practice.sendsMail ? 'We have sent a link to ' : 'A link is written for '}
                <bdi className="font-medium">{email}</bdi>. Press it by {sayTime(timeZone, waits.until, locale)}, and
                your dates are booked if they are still free. Until then no time is held for you.
              </p>
            ) : (
              <p>
                {practice.name} looks at the first booking of each new client, and writes to{' '}
                <bdi className="font-medium">{email}</bdi>. Until then no time is held for you.
              </p>
            )}
          </Notice>
        </div>
      </FocusOnOpening>
      <Section title="Why, and what next">
        <div className="grid max-w-measure gap-3">
          {isToConfirm && (
            <p>
              Many dates are booked just now by people whose e-mail address nobody has confirmed yet. One press shows us
              that yours is real; from then on you are booked at once.
            </p>
          )}
          <p>What you typed is saved with your dates. You need not fill in anything again.</p>
          <p>
            {practice.sendsMail
              ? 'No e-mail after a few minutes? Look in your spam folder, or'
              : 'This site sends no e-mail yet, so please'}{' '}
            {sayHowToContact(practice)}. <a href={links.dates}>Back to your dates</a>
          </p>
        </div>
      </Section>
    </div>
  );
}
