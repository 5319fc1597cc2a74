import { Notice } from '@/components/notice';
import type { Staff } from '@/db/access/viewer';
import { findMailServerRefusal } from '@/db/delivery/outbox-for-staff';

/** Tells staff that the mail server accepts none of our e-mails, for as long as that lasts. */
export async function MailServerRefusalNotice({ viewer }: { viewer: Staff }) {
  const refusal = await findMailServerRefusal(viewer);
  if (!refusal) return null;
  const { waiting, words } = refusal;
  return (
    <Notice tone="bad" title="The mail server refuses mail from this practice">
      <p>
        {waiting === 1 ? '1 e-mail waits, and is' : `${waiting} e-mails wait, and are`} tried again until it is taken.
        Nothing is lost. Check the address that mail comes from and the password in SMTP_URL.
      </p>
      <p className="wrap-anywhere">The mail server said: {words}</p>
    </Notice>
  );
}
