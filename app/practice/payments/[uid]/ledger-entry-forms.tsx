'use client';

import { PAYMENT_METHOD_LABELS } from '@/app/practice/payments/ledger-entry-labels';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { recordLedgerEntry } from './actions';

interface Bill {
  uid: string;
  /**
   * The same form enters one thing, however often it is sent; and nothing where there are other entries by now, or the
   * date is another.
   */
  once: { key: string; seen: number; date: string };
}

interface Common extends Bill {
  currency: string;
}

function useEntryForm(does: string, values: Record<string, string> = {}) {
  const { state, ...rest } = useActionForm(recordLedgerEntry, { values, errors: {}, flash: null });
  const busy = state.flash === 'busy' && (
    <Notice tone="bad" title="The practice is busy" live>
      Nothing was entered. Try again in a moment.
    </Notice>
  );
  return { does, busy, ...state, ...rest };
}

/** Records cash or card with one press when all that is owed is paid. */
export function PaymentForm({ currency, owed, ...bill }: Common & { owed: string }) {
  const { form, failure, busy, values, errors } = useEntryForm('pay', { amount: owed, way: 'card' });
  return (
    <form key={JSON.stringify(values)} {...form} noValidate className="grid max-w-[36rem] gap-5">
      <HiddenEntryFields does="pay" {...bill} />
      {busy}
      <div className="grid gap-5 mid:grid-cols-2">
        <Field
          label={`Amount in ${currency}`}
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={values.amount}
          error={errors.amount}
        />
        <Field
          label="Tip"
          name="tip"
          optional
          inputMode="decimal"
          autoComplete="off"
          defaultValue={values.tip}
          error={errors.tip}
        />
      </div>
      <Ways id="pay" chosen={values.way} error={errors.way} />
      <div>
        <Button>Mark as paid</Button>
        {failure}
      </div>
    </form>
  );
}

/** Records a tip that was given after the bill was paid, or without anything to pay. It has a receipt of its own. */
export function TipForm({ currency, ...bill }: Common) {
  const { form, failure, busy, values, errors } = useEntryForm('pay', { way: 'cash' });
  const problem = errors.tip ?? (errors.amount && 'Enter the tip.');
  return (
    <details open={busy !== false || problem !== undefined}>
      <summary className="flex min-h-12 w-fit cursor-pointer items-center text-euc underline underline-offset-3 hover:text-euc-deep">
        Enter a tip
      </summary>
      <form key={JSON.stringify(values)} {...form} noValidate className="grid max-w-[36rem] gap-5 pb-6">
        <HiddenEntryFields does="pay" {...bill} />
        {busy}
        <p className="text-small text-soft">It gets a receipt of its own. What is owed stays as it is.</p>
        <Field
          id="tip-amount"
          label={`Tip in ${currency}`}
          name="tip"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={values.tip}
          error={problem}
        />
        <Ways id="tip" chosen={values.way} error={errors.way} />
        <div>
          <Button kind="plain" slim>
            Enter the tip
          </Button>
          {failure}
        </div>
      </form>
    </details>
  );
}

/** A discount, a fee, a waived fee or a refund: an amount and a reason, folded away unless the form was refused. */
export function LedgerAdjustmentForm(
  props: Common & {
    does: 'discount' | 'fee' | 'waive' | 'refund';
    title: string;
    button: string;
    hint: string;
    asksWay?: boolean;
    /** What is usually entered. */
    amount?: string | undefined;
    isOpen?: boolean;
  },
) {
  const { does, uid, once, currency, title, button, hint, asksWay, amount, isOpen = false } = props;
  const { form, failure, busy, values, errors } = useEntryForm(does, { way: 'card', ...(amount && { amount }) });
  return (
    <details open={isOpen || busy !== false || Object.keys(errors).length > 0}>
      <summary className="flex min-h-12 w-fit cursor-pointer items-center text-euc underline underline-offset-3 hover:text-euc-deep">
        {title}
      </summary>
      <form key={JSON.stringify(values)} {...form} noValidate className="grid max-w-[36rem] gap-5 pb-6">
        <HiddenEntryFields does={does} uid={uid} once={once} />
        {busy}
        <p className="text-small text-soft">{hint}</p>
        <Field
          id={`${does}-amount`}
          label={`Amount in ${currency}`}
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={values.amount}
          error={errors.amount}
        />
        {asksWay && <Ways id={does} chosen={values.way} error={errors.way} />}
        <Reason id={does} values={values} errors={errors} />
        <div>
          <Button kind="plain" slim>
            {button}
          </Button>
          {failure}
        </div>
      </form>
    </details>
  );
}

/** Reverses one entry. Both entries stay in the books. */
export function ReverseEntryForm({ entryId, what, ...bill }: Bill & { entryId: string; what: string }) {
  const { form, failure, busy, values, errors } = useEntryForm('correct');
  return (
    <details open={Object.keys(errors).length > 0}>
      <summary className="flex min-h-11 w-fit cursor-pointer list-none items-center text-small text-euc underline underline-offset-3 hover:text-euc-deep [&::-webkit-details-marker]:hidden">
        Reverse<span className="sr-only"> {what}</span>
      </summary>
      <form key={JSON.stringify(values)} {...form} noValidate className="grid gap-4 pb-4">
        <HiddenEntryFields does="correct" {...bill} />
        <input type="hidden" name="entry" value={entryId} />
        {busy}
        <Reason id={entryId} values={values} errors={errors} />
        <div>
          <Button kind="plain" slim>
            Reverse it
          </Button>
          {failure}
        </div>
      </form>
    </details>
  );
}

function HiddenEntryFields({ does, uid, once }: Bill & { does: string }) {
  return (
    <>
      <input type="hidden" name="does" value={does} />
      <input type="hidden" name="uid" value={uid} />
      <input type="hidden" name="key" value={once.key} />
      <input type="hidden" name="seen" value={once.seen} />
      <input type="hidden" name="date" value={once.date} />
    </>
  );
}

function Reason({
  id,
  values,
  errors,
}: {
  id: string;
  values: Record<string, string>;
  errors: Record<string, string>;
}) {
  return (
    <Field
      id={`${id}-reason`}
      label="Reason"
      name="reason"
      maxLength={200}
      hint="It stays in the books. Write nothing about health here."
      defaultValue={values.reason}
      error={errors.reason}
    />
  );
}

function Ways({ id, chosen, error }: { id: string; chosen: string | undefined; error: string | undefined }) {
  return (
    <fieldset>
      <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">How</legend>
      <div className="flex flex-wrap gap-x-6">
        {Object.entries(PAYMENT_METHOD_LABELS).map(([way, words]) => (
          <label key={way} className="flex min-h-11 items-center gap-2.5">
            <input
              type="radio"
              id={`${id}-${way}`}
              name="way"
              value={way}
              defaultChecked={chosen === way}
              className="size-5 flex-none accent-euc"
            />
            {words}
          </label>
        ))}
      </div>
      {error && <p className="text-small font-medium text-clay">{error}</p>}
    </fieldset>
  );
}
