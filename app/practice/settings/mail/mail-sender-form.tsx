'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import type { MailSettings } from '@/db/practice/mail-settings';
import { saveMailSender } from './actions';

/** `fallback` is the practice's own address, which is used where none is given. */
export function MailSenderForm({ sender, fallback }: { sender: MailSettings; fallback: string }) {
  const untouched = { values: sender, seen: JSON.stringify(sender), errors: {}, flash: null };
  const { state, form, failure } = useActionForm(saveMailSender, untouched);
  const field = (name: keyof MailSettings) => ({ name, defaultValue: state.values[name], error: state.errors[name] });
  return (
    <form key={JSON.stringify(state)} {...form} noValidate className="grid max-w-[36rem] gap-6">
      <input type="hidden" name="seen" value={state.seen} />
      {state.flash === 'saved' && (
        <Notice tone="good" title="Saved" live>
          E-mails that go out from now on are so. Send yourself a test below, or read what they say.
        </Notice>
      )}
      {state.flash === 'changed_since' && (
        <Notice tone="bad" title="Somebody else has changed this meanwhile" live>
          Nothing of yours was saved. <a href="/practice/settings/mail">Open the page again</a> to see how it stands.
        </Notice>
      )}
      {state.flash === 'busy' && (
        <Notice tone="bad" title="The practice is busy" live>
          Nothing was changed, and what you typed is still here. Try again in a moment.
        </Notice>
      )}
      <Field
        label="E-mails come from"
        type="email"
        optional
        hint={`Your mail server must let us send as this address. Empty: ${fallback}.`}
        {...field('mailFrom')}
      />
      <Field
        label="Answers go to"
        type="email"
        optional
        hint="Where clients’ answers arrive. Empty: to the address they came from."
        {...field('mailReplyTo')}
      />
      <Field
        label="Your own words, at the top"
        optional
        maxLength={200}
        hint="Below “Hello Ana,” in each e-mail to a client about their dates. It stays as you type it, whatever language the rest is in."
        {...field('mailOpening')}
      />
      <Field
        label="Your own words, at the end"
        optional
        maxLength={200}
        hint="Above the time zone. The dates, the place and the link are there without you."
        {...field('mailClosing')}
      />
      <div>
        <Button>Save</Button>
        {failure}
      </div>
    </form>
  );
}
