import { forgetOwnPlans } from '@/app/book/actions';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';

/** Says why the form is filled in already, and empties it for somebody else at the same screen. */
export function ReturningBookerNote({ address }: { address: string }) {
  return (
    <ActionForm action={forgetOwnPlans} className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-small">
      <input type="hidden" name="address" value={address} />
      <p>Your details are filled in from your other dates.</p>
      <Button kind="plain" slim>
        I’m someone else
      </Button>
    </ActionForm>
  );
}
