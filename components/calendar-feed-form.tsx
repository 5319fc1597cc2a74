import { ActionForm } from './action-form';
import { Button } from './button';
import { CalendarFeedAddress } from './calendar-feed-address';

interface FeedDetailChoice {
  value: string;
  label: string;
}

/** For a client's own calendar. */
export const CLIENT_FEED_DETAIL_CHOICES: FeedDetailChoice[] = [
  { value: 'massage', label: 'Which massage it is: “Massage 3 of 8”' },
  { value: 'busy', label: 'Only “Busy”' },
  { value: 'names', label: 'The massage, and who gives it' },
];

interface FeedPartProps {
  /** Null: there is no address yet. */
  feed: { address: string; detail: string } | null;
  name: string;
  id: string;
  details: FeedDetailChoice[];
  /** Hidden fields that say whose feed it is. */
  fields: Record<string, string>;
  actions: Record<'make' | 'change' | 'remove', (form: FormData) => Promise<void>>;
}

/** The address of one feed, what the feed shows, and how to make, replace and remove it. */
export function CalendarFeedForm({ feed, name, id, details, fields, actions }: FeedPartProps) {
  const hidden = Object.entries(fields).map(([field, value]) => (
    <input key={field} type="hidden" name={field} value={value} />
  ));
  if (!feed)
    return (
      <ActionForm action={actions.make}>
        {hidden}
        <Button kind="plain">
          Make an address<span className="sr-only"> for {name}</span>
        </Button>
      </ActionForm>
    );
  return (
    <div className="grid gap-6">
      <CalendarFeedAddress address={feed.address} name={name} id={`${id}-address`} />
      <ActionForm action={actions.change} className="max-w-[36rem]">
        {hidden}
        <fieldset>
          <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">What each date is called</legend>
          {details.map(({ value, label }) => (
            <label key={value} className="flex min-h-11 items-center gap-3">
              <input
                type="radio"
                name="detail"
                value={value}
                defaultChecked={feed.detail === value}
                className="size-5 flex-none accent-euc"
              />
              {label}
            </label>
          ))}
        </fieldset>
        <Button kind="plain" slim className="mt-3">
          Save<span className="sr-only"> what {name} says</span>
        </Button>
      </ActionForm>
      <div className="flex flex-wrap gap-3 print:hidden">
        <ActionForm action={actions.make}>
          {hidden}
          <Button kind="plain" slim>
            Make a new address<span className="sr-only"> for {name}</span>
          </Button>
        </ActionForm>
        <ActionForm action={actions.remove}>
          {hidden}
          <Button kind="cancel" slim>
            Remove the address<span className="sr-only"> of {name}</span>
          </Button>
        </ActionForm>
      </div>
      <p className="max-w-[36rem] text-small text-soft">
        Whoever has the address can read the calendar. If someone else may have it, make a new one: the old one stops at
        once.
      </p>
    </div>
  );
}
