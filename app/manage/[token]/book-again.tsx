import { bookAgain } from '@/app/manage/[token]/actions';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { ContactPhrase } from '@/components/contact-phrase';
import { type BookingLimits, sayBookingLimits } from '@/db/care/booking-limits';

interface Props {
  token: string;
  limits: BookingLimits;
  practice: { name: string; phone: string; phoneLink: string | null };
  /** The same once more, or anything. */
  to: 'same' | 'any';
  children: string;
}

/** The way to book again where something is left out: what, why, and the button that leads on. */
export async function BookAgain({ token, limits, practice, to, children }: Props) {
  const left = await sayBookingLimits(limits);
  return (
    <ActionForm action={bookAgain} className="max-w-[40rem] print:hidden">
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="to" value={to} />
      {left.map(({ names, why }) => (
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
      <Button kind="plain">{children}</Button>
    </ActionForm>
  );
}
