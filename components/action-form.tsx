'use client';

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import {
  type ComponentProps,
  type ReactNode,
  type SubmitEventHandler,
  startTransition,
  useActionState,
  useEffect,
  useState,
  useTransition,
} from 'react';
import { FORM_READY } from '@/browser/form-ready';
import { ACTION_TIMEOUT_MS, addActionTimeoutToFetch } from './action-timeout';
import { Notice } from './notice';

// The one way to send a form to a server action. Without script the browser posts it. With script it is sent from here:
// if no answer came, React would clear the form, or remove it with everything typed in it.

interface Sending {
  isSending: boolean;
  onSubmit: SubmitEventHandler<HTMLFormElement>;
  /** Why no answer came; show it beside the button. */
  failure: ReactNode;
}

const SLOW_MS = 10_000;

if (typeof window !== 'undefined') window.fetch = addActionTimeoutToFetch(window.fetch);

/** A form whose action leads to another page. */
export function ActionForm({
  action,
  children,
  ...form
}: Omit<ComponentProps<'form'>, 'action' | 'onSubmit'> & { action: (form: FormData) => Promise<void> }) {
  const { onSubmit, failure } = useSending(action);
  return (
    <form {...form} action={action} onSubmit={onSubmit}>
      {children}
      {failure}
    </form>
  );
}

/** `useActionState` for a form that shows the action's answer itself. Spread `form` on it, and show `failure`. */
export function useActionForm<State>(
  action: (before: Awaited<State>, form: FormData) => State | Promise<State>,
  untouched: Awaited<State>,
) {
  const [drawn, post] = useActionState(action, untouched);
  const [state, setState] = useState(drawn);
  const { onSubmit, ...sending } = useSending(async (form) => {
    const answer = await action(state, form);
    startTransition(() => setState(answer));
  });
  return { state, form: { action: post, onSubmit }, ...sending };
}

function useSending(send: (form: FormData) => Promise<void>): Sending {
  const [isSending, startSending] = useTransition();
  const [failure, setFailure] = useState<ReactNode>(null);
  useEffect(() => void document.dispatchEvent(new Event(FORM_READY)), []);
  return {
    isSending,
    failure,
    onSubmit(event) {
      event.preventDefault();
      if (isSending) return;
      const form = new FormData(event.currentTarget, event.nativeEvent.submitter);
      setFailure(null);
      const isOffline = !navigator.onLine;
      startSending(async () => {
        const slow = setTimeout(() => setFailure(<Failure title="No answer yet">{still}</Failure>), SLOW_MS);
        try {
          await send(form);
        } catch (error) {
          unstable_rethrow(error); // a redirect, or a page that does not exist
          setFailure(isOffline && !hasAnswer(error) ? offline : explain(error));
        } finally {
          clearTimeout(slow);
        }
      });
    },
  };
}

const still = 'We are still waiting. Nothing you entered is lost as long as this page stays open.';

/** Nothing was sent, so nothing can have happened. */
const offline = (
  <Failure title="You seem to be offline">
    Nothing was booked or changed, and nothing you entered is lost. Connect again, then press the button once more.
  </Failure>
);

/** Whether an action was refused because the session of its sender has ended (auth.ts). */
export function isSignedOut(error: unknown): boolean {
  return (error as { digest?: string }).digest === 'signed_out';
}

/** The sign-in page, which leads back to this one. */
export function signInHref(): string {
  return `/sign-in?${new URLSearchParams({ callbackUrl: window.location.pathname + window.location.search })}`;
}

function hasAnswer(error: unknown): boolean {
  return Boolean((error as { digest?: string }).digest);
}

function explain(error: unknown): ReactNode {
  const { digest, message, name } = error as Error & { digest?: string };
  if (name === 'TimeoutError')
    return (
      <Failure title="There is no answer">
        We waited {ACTION_TIMEOUT_MS / 1000} seconds. Nothing you entered is lost. Press the button again: nothing is
        booked or changed twice.
      </Failure>
    );
  if (isSignedOut(error))
    return (
      <Failure title="You are signed out">
        Your session has ended. Nothing was booked or changed, and what you entered is still here.{' '}
        <a href={signInHref()} target="_blank" rel="noreferrer">
          Open the sign-in page in a new tab
        </a>
        , then come back here and press the button again.
      </Failure>
    );
  const isOutdated: boolean = unstable_isUnrecognizedActionError(error);
  if (isOutdated)
    return (
      <Failure title="This page is out of date">
        The site was updated while it was open. Nothing was changed, and what you entered is still here.{' '}
        <a href={window.location.href} target="_blank" rel="noreferrer">
          Open the page again in a new tab
        </a>{' '}
        and copy it over.
      </Failure>
    );
  if (digest)
    return (
      <Failure title="Something went wrong on our side">
        Nothing you entered is lost. Press the button again. If it goes on, tell us and give this number: {digest}.
      </Failure>
    );
  // Answers that our own server gives to a form instead of an action's answer: server/http-server.ts, proxy.ts.
  if (message === 'too_large')
    return (
      <Failure title="That is too long to send">
        Nothing was changed, and nothing you entered is lost. Make the text shorter, or choose a smaller file, and press
        the button again.
      </Failure>
    );
  if (message === 'cross_site')
    return (
      <Failure title="This page cannot be sent from here">
        Nothing was changed, and what you entered is still here. Open the site in a new tab by its own address, copy it
        over, and send it there.
      </Failure>
    );
  if (message === 'rate_limited' || message === 'busy')
    return (
      <Failure title="We are very busy just now">
        Nothing was changed, and nothing you entered is lost. Wait a minute and press the button again.
      </Failure>
    );
  return (
    <Failure title="No answer came back">
      Nothing you entered is lost. Check your connection, then press the button again: nothing is booked or changed
      twice.
    </Failure>
  );
}

function Failure({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div ref={focus} tabIndex={-1} className="w-full pt-4 outline-none">
      <Notice tone="bad" live title={title}>
        <p>{children}</p>
      </Notice>
    </div>
  );
}

function focus(element: HTMLElement | null): void {
  element?.focus();
}
