import { Button } from '@/components/button';

/** A plain form that leads to the results. With script they appear while the reader types: browser/search.ts. */
export function SearchForm({ values }: { values: string }) {
  return (
    <search>
      <form action="/questions" data-search="" className="max-w-[36rem]">
        <label htmlFor="q" className="mb-2 block text-[0.9375rem] leading-5 font-[550]">
          Search by what hurts, or what you wonder
        </label>
        <div className="flex gap-2">
          <input
            id="q"
            name="q"
            type="search"
            defaultValue={values}
            maxLength={200}
            autoComplete="off"
            enterKeyHint="search"
            className="min-h-13 w-full min-w-0 rounded border border-edge bg-sheet px-3.5 py-3 text-ui text-ink"
          />
          <div className="flex-none">
            <Button kind="plain">Search</Button>
          </div>
        </div>
      </form>
    </search>
  );
}
