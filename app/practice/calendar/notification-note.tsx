import { isMailEnabled } from '@/mail/is-mail-enabled';

/** Who hears of a change by e-mail, or must be told by voice. */
export function NotificationNote({ client: { name, email } }: { client: { name: string; email: string } }) {
  if (!isMailEnabled())
    return (
      <>
        No mail server is set, so no e-mail is sent: tell <bdi>{name}</bdi> yourself.
      </>
    );
  return email ? (
    <>
      <bdi>{name}</bdi> gets one e-mail about it.
    </>
  ) : (
    <>
      No e-mail address of <bdi>{name}</bdi> is known: tell them yourself.
    </>
  );
}
