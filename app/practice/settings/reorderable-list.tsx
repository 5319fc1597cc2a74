import type { ReactNode } from 'react';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';

type Action = (form: FormData) => Promise<void>;

/** A button that does one thing to one row of a list. */
export function RowActionButton(props: {
  action: Action;
  id: string;
  step?: -1 | 1;
  label?: string;
  children: ReactNode;
}) {
  return (
    <ActionForm action={props.action}>
      <input type="hidden" name="id" value={props.id} />
      {props.step && <input type="hidden" name="step" value={props.step} />}
      <Button kind="plain" slim aria-label={props.label}>
        {props.children}
      </Button>
    </ActionForm>
  );
}

/** A list of what is offered: each row links to its own page, and can be moved up or down. */
export function ReorderableList(props: {
  rows: { id: string; href: string; name: string; summary: string }[];
  step?: Action;
  nothing: ReactNode;
}) {
  const { rows, step } = props;
  if (rows.length === 0) return <p className="text-soft">{props.nothing}</p>;
  return (
    <ol className="max-w-[46rem] border-b border-line">
      {rows.map(({ id, href, name, summary }, at) => (
        <li
          key={id}
          className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-t-ink"
        >
          {/* All rows divide their width alike: the buttons form two columns, or are all on a line of their own. */}
          <div className="min-w-0 flex-1 basis-32">
            <a
              href={href}
              className="inline-flex min-h-11 items-center font-serif text-[1.125rem] leading-6 wrap-anywhere"
            >
              {name}
            </a>
            <p className="text-small wrap-anywhere text-soft">{summary}</p>
          </div>
          {step && rows.length > 1 && (
            <div className="grid w-40 flex-none grid-cols-2 justify-items-end gap-2">
              <div>
                {at > 0 && (
                  <RowActionButton action={step} id={id} step={-1} label={`Move ${name} up`}>
                    Up
                  </RowActionButton>
                )}
              </div>
              <div>
                {at < rows.length - 1 && (
                  <RowActionButton action={step} id={id} step={1} label={`Move ${name} down`}>
                    Down
                  </RowActionButton>
                )}
              </div>
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}
