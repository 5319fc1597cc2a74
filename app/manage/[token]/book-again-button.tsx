import { startBookingAgain } from '@/app/manage/[token]/actions';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { describeHealthLimits, type HealthBookingLimits } from '@/db/care/health-booking-limits';

interface BookAgainButtonProps {
  /** The tokens of the plan that is booked again, and of other plans whose answers leave something out. */
  tokens: string[];
  /** Whether to book the same plan once more, or anything. */
  to: 'same' | 'any';
  children: string;
}

interface Props extends BookAgainButtonProps {
  limits: HealthBookingLimits;
  practice: { name: string; phone: string; phoneLink: string | null };
  /** The name of the client whose answers these are, where several people share the page. */
  name?: string;
}

/** Lets a client book again where something is left out: what, why, and the button that leads on. */
export async function BookAgainWithLimits({ limits, practice, name, ...link }: Props) {
  const limitsByReason = await describeHealthLimits(limits);
  return (
    <div className="max-w-[40rem] print:hidden">
      {name && (
        <p className="mb-2 font-medium">
          For <bdi>{name}</bdi>
        </p>
      )}
      {limitsByReason.map(({ names, why }) => (
        <p key={why} className="mb-2">
          {names.length > 0 && (
            <>
              <b className="font-medium">{names.join(', ')}</b>: not offered to you online just now.{' '}
            </>
          )}
          You told us about your health: {why}
        </p>
      ))}
      <p className="mb-3 text-soft">
        To talk about it, <ContactPhrase practice={practice} />.
      </p>
      <BookAgainButton {...link} />
    </div>
  );
}

/** The button alone, for a page that already says what is left out. */
export function BookAgainButton({ tokens, to, slim, children }: BookAgainButtonProps & { slim?: boolean }) {
  return (
    <ActionForm action={startBookingAgain} className="print:hidden">
      {tokens.map((token) => (
        <input key={token} type="hidden" name="token" value={token} />
      ))}
      <input type="hidden" name="to" value={to} />
      <Button kind="plain" slim={slim}>
        {children}
      </Button>
    </ActionForm>
  );
}
