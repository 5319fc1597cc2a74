import { Button } from '@/components/button';

export interface CopyHoursOption {
  value: string;
  label: string;
}

/** Fills the form with existing hours: of this therapist or another, present or planned. */
export function CopyHoursForm({ who, choices }: { who: string; choices: CopyHoursOption[] }) {
  if (choices.length < 2) return null;
  return (
    <details className="mt-3">
      <summary className="flex min-h-11 w-fit cursor-pointer items-center text-small text-euc underline underline-offset-4">
        Copy other hours into this form
      </summary>
      <form action="/practice/settings/hours" method="get" className="flex flex-wrap items-end gap-3 pt-2">
        <input type="hidden" name="who" value={who} />
        <label className="grid gap-2 text-[0.9375rem] leading-5 font-[550]">
          Whose
          <select
            name="copy"
            className="min-h-11 rounded border border-edge bg-sheet px-3 text-ui font-normal text-ink"
          >
            {choices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <Button kind="plain" slim>
          Copy
        </Button>
      </form>
    </details>
  );
}
