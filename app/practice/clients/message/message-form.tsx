'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { RadioList } from '@/components/radio-list';
import { type ClientMessageFormState, previewOrSendMessage } from './actions';

const TOPICS = [
  { value: 'dates', title: 'Their dates on this day', hint: 'It goes to all of them.' },
  { value: 'other', title: 'Something else', hint: 'It goes to those who agreed to hear of more than their bookings.' },
];

interface Props {
  audience: { name: 'to' | 'on'; value: string };
  /** The page to go back to. */
  back: string;
  /** Whether e-mails go out. */
  sendsMail: boolean;
}

export function MessageForm({ audience, back, sendsMail }: Props) {
  const { state, form, failure } = useActionForm(previewOrSendMessage, {
    ...{
      values: '',
      about: null,
      error: null,
      aboutError: null,
      preview: null,
      problem: null,
      written: null,
      answer: 0,
    },
  });
  if (state.written !== null)
    return (
      <Notice
        tone="good"
        title={state.written === 1 ? 'The e-mail is written' : `${state.written} e-mails are written`}
        live
      >
        {sendsMail
          ? `${state.written === 1 ? 'It goes out now, and stands' : 'They go out now, and stand'} in`
          : `No mail server is set: nobody gets ${state.written === 1 ? 'it. It is' : 'them. They are'} kept in`}{' '}
        <a href="/practice/mail">the practice’s mail</a>. <a href={back}>Go back</a>
      </Notice>
    );
  const { preview } = state;
  return (
    <form key={state.answer} {...form} noValidate className="grid max-w-[36rem] gap-6">
      {state.problem && <Problem problem={state.problem} />}
      <input type="hidden" name={audience.name} value={audience.value} />
      {preview ? (
        <>
          <input type="hidden" name="words" value={state.values} />
          <input type="hidden" name="about" value={state.about ?? ''} />
          <input type="hidden" name="seen" value={preview.seen} />
          <div>
            <h3 className="mb-2 text-[1.0625rem] font-semibold">{preview.subject}</h3>
            <pre className="border-l-2 border-line pl-4 font-sans text-ui wrap-anywhere whitespace-pre-wrap">
              {preview.text}
            </pre>
          </div>
          {preview.leftOut.length > 0 && (
            <p>
              {preview.leftOut.length === 1 ? 'One client is' : `${preview.leftOut.length} clients are`} left out, who{' '}
              {preview.leftOut.length === 1 ? 'has' : 'have'} not agreed to be written to about other things than{' '}
              {preview.leftOut.length === 1 ? 'their bookings' : 'bookings'}: <bdi>{preview.leftOut.join(', ')}</bdi>.
            </p>
          )}
          <div className="flex flex-wrap gap-3">
            <Button name="do" value="send">
              {preview.many === 1
                ? `${sendsMail ? 'Send' : 'Write'} it`
                : `${sendsMail ? 'Send' : 'Write'} ${preview.many} e-mails`}
            </Button>
            <Button kind="plain" name="do" value="change">
              Change the words
            </Button>
          </div>
        </>
      ) : (
        <>
          {audience.name === 'on' && (
            <RadioList
              legend="What it is about"
              name="about"
              options={TOPICS}
              chosen={state.about ?? ''}
              error={state.aboutError ?? undefined}
            />
          )}
          <Field
            label="Your words"
            name="words"
            lines={7}
            maxLength={2000}
            defaultValue={state.values}
            error={state.error}
            hint="Plain words, up to 2,000 characters. Write nothing of anybody’s health: others may read their e-mail."
          />
          <div>
            <Button name="do" value="show">
              See the e-mail
            </Button>
          </div>
        </>
      )}
      {failure}
    </form>
  );
}

function Problem({ problem }: { problem: NonNullable<ClientMessageFormState['problem']> }) {
  const [title, text] = {
    changed: [
      'Others are booked now than a moment ago',
      'Nothing was sent. Look at the list again, and press once more.',
    ],
    nobody: [
      'Nobody here has an e-mail address',
      'Nothing was sent. Call them instead: their numbers are in the list.',
    ],
    none_agreed: ['Nobody here has agreed to that', 'Nothing was sent. They are written to about their dates alone.'],
    gone: ['There is nobody to write to any more', 'Nothing was sent.'],
    busy: ['The practice is busy', 'Nothing was sent, and your words are still here. Try again in a moment.'],
  }[problem];
  return (
    <Notice tone="bad" title={title} live>
      {text}
    </Notice>
  );
}
