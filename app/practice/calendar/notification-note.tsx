import { isMailEnabled } from '@/mail/is-mail-enabled';

/** Whether the client hears of a change by e-mail, or staff must tell them. */
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
