'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { Notice } from '@/components/notice';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { type SignInLinkState, showFirstSignInLink } from './actions';

const NOTHING: SignInLinkState = { link: null, problem: null, answer: 0 };

/** The sign-in link of a new team member, for the owner to hand over where no mail server can send it. */
export function SignInLinkForm({ id, name }: { id: string; name: string }) {
  const { state, form, failure } = useActionForm(showFirstSignInLink, NOTHING);
  const holder = useFocusAfterSubmit(state.answer);
  return (
    <form {...form} ref={holder} className="max-w-[36rem]">
      <input type="hidden" name="id" value={id} />
      {state.link !== null && (
        <div className="mb-4">
          <Notice tone="good" title={`The link for ${name}`} id="answer" live>
            <p>
              It signs in whoever opens it, once, within an hour. It is shown this once: give it to {name} where nobody
              else reads it.
            </p>
            <label className="mt-3 block">
              <span className="sr-only">The link</span>
              <textarea
                readOnly
                rows={6}
                value={state.link}
                className="w-full rounded border border-edge bg-sheet px-3 py-2 font-mono text-small break-all text-ink"
              />
            </label>
            <CopyButton text={state.link} what="the link" />
          </Notice>
        </div>
      )}
      {state.problem !== null && (
        <div className="mb-4">
          <Notice
            tone="bad"
            title={state.problem === 'busy' ? 'The practice is busy' : 'There is no link to show'}
            id="answer"
            live
          >
            {state.problem === 'busy'
              ? 'Nothing was made. Try again in a moment.'
              : 'They have signed in before, or left the team. They can ask for a link on the sign-in page.'}
          </Notice>
        </div>
      )}
      <Button kind="plain" slim>
        {state.link === null ? 'Show their link' : 'Show a new link'}
      </Button>
      {failure}
    </form>
  );
}
