/** Where the e-mails of a demo without a mail server are read: at `readAt`, or, where it is null, by whoever runs it alone. */
export interface DemoMailLink {
  readAt: string | null;
}

/** Says in a demo where the e-mail is that a reader now waits for. `next`: what to do with it, to go on with in a sentence. */
export function DemoMailHint({ demoMail, next }: { demoMail: DemoMailLink; next: string }) {
  return (
    <>
      <p className="mt-2">
        This is a demo, and it sends no e-mail.{' '}
        {demoMail.readAt
          ? `Its owner can read under Mail what it wrote: sign in, and ${next}.`
          : 'Only whoever runs it can read what it wrote.'}
      </p>
      {demoMail.readAt && (
        <p>
          <a href={demoMail.readAt}>Sign in as its owner</a>
        </p>
      )}
    </>
  );
}
