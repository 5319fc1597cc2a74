/**
 * Where to read the e-mails of a demo without a mail server: at `readAt`; null where only the person who runs the demo
 * can read them.
 */
export interface DemoMailLink {
  readAt: string | null;
}

/**
 * Tells a demo's reader where to find the e-mail that they now wait for. `next`: what to do with it, as the end of a
 * sentence.
 */
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
