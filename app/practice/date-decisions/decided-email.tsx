'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/button';
import { ScrollArea } from '@/components/scroll-area';
import { previewEmail } from './actions';
import { EMAIL_PREVIEW_FIELD, type PreviewedEmail } from './date-decisions-form-data';

/** The e-mail that a client would get. With script it follows the choices; without, a button asks for it again. */
export function DecidedEmail({ initial }: { initial: PreviewedEmail | null }) {
  const place = useRef<HTMLElement>(null);
  const latest = useRef(0);
  const [email, setEmail] = useState(initial);
  const [isFollowing, setIsFollowing] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const uid = email?.uid ?? '';

  async function show(uid: string) {
    const request = new FormData(place.current!.closest('form')!);
    request.set(EMAIL_PREVIEW_FIELD, uid);
    latest.current += 1;
    const ownRequest = latest.current;
    try {
      const answer = await previewEmail(request);
      if (ownRequest !== latest.current) return;
      setEmail(answer);
      setHasFailed(false);
    } catch {
      if (ownRequest === latest.current) setHasFailed(true);
    }
  }

  useEffect(() => {
    const form = place.current!.closest('form')!;
    const update = () => void show(uid);
    form.addEventListener('change', update);
    setIsFollowing(true);
    return () => form.removeEventListener('change', update);
  });

  return (
    <section ref={place} aria-labelledby="decided-email-heading" className="min-w-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 id="decided-email-heading">The e-mail</h3>
        {email && (
          <p className="text-small text-soft" aria-live="polite">
            {email.place} of {email.count}, to <bdi>{email.firstName}</bdi>
          </p>
        )}
      </div>
      {email ? (
        <ScrollArea
          label={`The e-mail to ${email.firstName}`}
          className="mt-3 rounded border border-line bg-sheet p-5 board:max-h-[calc(100dvh-24rem)] board:min-h-60 board:overflow-y-auto"
        >
          <p className="border-b border-line pb-3 text-small text-soft wrap-anywhere">
            To <bdi>{email.to}</bdi>
            <br />
            {email.subject}
          </p>
          <div className="pt-3 font-serif text-[0.9375rem] leading-6 wrap-anywhere whitespace-pre-line">
            {email.text}
          </div>
        </ScrollArea>
      ) : (
        <p className="mt-2 text-small text-soft">Nobody gets one: every date stays, or has no e-mail address.</p>
      )}
      {email?.offersOtherTimes && (
        <p className="mt-2 text-small text-soft">
          It also offers other times, looked up when it is sent, if some are free then.
        </p>
      )}
      {hasFailed && (
        <p role="status" className="mt-2 text-small text-clay">
          It could not be shown as you have chosen now. Nothing was changed or sent.
        </p>
      )}
      <p className="flex flex-wrap gap-3 pt-3 empty:hidden">
        {/* The first button of the form, so Enter in its only text field previews the e-mail and sends nothing. */}
        <Button
          kind="plain"
          slim
          hidden={isFollowing && !hasFailed}
          name={EMAIL_PREVIEW_FIELD}
          value={uid}
          onClick={showInstead(uid)}
        >
          Show it as chosen now
        </Button>
        {email?.nextUid && (
          <Button
            kind="plain"
            slim
            name={EMAIL_PREVIEW_FIELD}
            value={email.nextUid}
            onClick={showInstead(email.nextUid)}
          >
            Next e-mail
          </Button>
        )}
      </p>
    </section>
  );

  function showInstead(uid: string) {
    return (event: { preventDefault: () => void }) => {
      event.preventDefault();
      void show(uid);
    };
  }
}
