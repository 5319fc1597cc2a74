'use client';

import type { ReactNode } from 'react';
import { GUARDIAN_STATEMENT } from '@/care/consents';
import { ActionForm, useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { emptyScreenFormValues, type ScreenFormState } from './screen-form-data';
import { OptionalCheckbox, WarningSignChecklist, type WarningSignItem } from './warning-sign-checklist';

interface NewsQuestion {
  /** Whose session: a link's token, or empty where staff ask. */
  who: string;
  uid: string;
  /** A parent or guardian answers, and states that they do. */
  isUnder18: boolean;
  /** When the answer that the page shows was given; 0 for none. */
  seen: number;
}

const look =
  'block w-full rounded border px-5 py-4 text-left no-underline transition-colors hover:text-inherit cursor-pointer';

/** "No" in one tap; "yes" opens the list. */
export function AnythingNewQuestion({
  sayNothingNew,
  signsHref,
  isFirst,
  ...formProps
}: NewsQuestion & { sayNothingNew: (form: FormData) => Promise<void>; signsHref: string; isFirst: boolean }) {
  return (
    <div className="grid max-w-[36rem] gap-3">
      {formProps.isUnder18 && (
        <p className="mb-1">
          {GUARDIAN_STATEMENT}, and answer for them. I will be there at the visit.{' '}
          <span className="text-soft">It is kept that you answered.</span>
        </p>
      )}
      <ActionForm action={sayNothingNew}>
        <Hidden {...formProps} />
        <button type="submit" className={`${look} border-euc bg-euc text-on-euc hover:bg-euc-deep hover:text-on-euc`}>
          <span className="block font-serif text-[1.375rem] leading-7">Nothing new</span>
          <span className="block text-[0.9375rem]">
            {isFirst ? 'All is as answered before' : 'Same health, same medicines'}
          </span>
        </button>
      </ActionForm>
      <a href={signsHref} className={`${look} border-edge bg-sheet text-ink hover:bg-sand hover:text-ink`}>
        <span className="block font-serif text-[1.375rem] leading-7">Yes, something</span>
        <span className="block text-[0.9375rem] text-soft">An illness, an injury, a new medicine, pregnant</span>
      </a>
    </div>
  );
}

/** A list of new signs to tick. */
export function NewSignsForm(
  props: NewsQuestion & {
    rows: WarningSignItem[];
    yes: string[];
    unsure: string[];
    about: Record<string, string>;
    saySigns: (before: ScreenFormState, form: FormData) => Promise<ScreenFormState>;
  },
) {
  const { who, uid, isUnder18, seen, rows, yes, unsure, about, saySigns } = props;
  const { state, form, failure } = useActionForm<ScreenFormState>(saySigns, {
    ...{ values: { ...emptyScreenFormValues, yes, unsure, about }, errors: {}, problem: null, answer: 0 },
  });
  const formRef = useFocusAfterSubmit(state.answer);
  return (
    <form {...form} ref={formRef} key={state.answer} noValidate className="grid max-w-[46rem] gap-7">
      <Hidden who={who} uid={uid} isUnder18={isUnder18} seen={state.seen ?? seen} />
      {isUnder18 && <p>{GUARDIAN_STATEMENT}, and answer for them.</p>}
      {state.problem === 'changed' && (
        <Notice tone="bad" title="This was answered elsewhere meanwhile" live>
          What you entered is still here and not sent yet. Send it again to put it in place of the other answer.
        </Notice>
      )}
      {state.problem === 'busy' && (
        <Notice tone="bad" title="The practice’s computer is busy just now" live>
          What you entered is still here. Try again in a moment.
        </Notice>
      )}
      <WarningSignChecklist legend="What is new?" rows={rows} values={state.values} errors={state.errors} />
      <div>
        <Button broad>Send</Button>
      </div>
      {failure}
    </form>
  );
}

/** Where the therapist may work in this session. */
export function SensitiveAreasForm(
  props: Omit<NewsQuestion, 'seen'> & {
    areas: { id: string; name: string; isAllowed: boolean }[];
    saveAreas: (form: FormData) => Promise<void>;
    children: ReactNode;
  },
) {
  const { who, uid, isUnder18, areas, saveAreas, children } = props;
  return (
    <ActionForm action={saveAreas} className="grid max-w-[36rem] gap-5">
      <Hidden who={who} uid={uid} isUnder18={isUnder18} />
      <fieldset>
        <legend className="mb-3">{children}</legend>
        <div className="border-t border-ink">
          {areas.map(({ id, name, isAllowed }) => (
            <div key={id} className="border-b border-line">
              <OptionalCheckbox name="area" value={id} checked={isAllowed}>
                <span className="font-serif text-item leading-[1.625rem]">Yes, near {name}</span>
              </OptionalCheckbox>
            </div>
          ))}
        </div>
      </fieldset>
      <div>
        <Button broad>Save</Button>
      </div>
    </ActionForm>
  );
}

function Hidden({ who, uid, isUnder18, seen }: Omit<NewsQuestion, 'seen'> & { seen?: number }) {
  return (
    <>
      <input type="hidden" name="who" value={who} />
      <input type="hidden" name="uid" value={uid} />
      <input type="hidden" name="signer" value={isUnder18 ? 'guardian' : 'adult'} />
      {seen !== undefined && <input type="hidden" name="seen" value={seen} />}
    </>
  );
}
