/** Whether e-mails are sent. Without a mail server they stay in the outbox, and no page may promise one. */
export function isMailEnabled(): boolean {
  return Boolean(process.env.SMTP_URL);
}

/**
 * The words of a page about an e-mail: other words where none is sent, since people must then be told by phone or in
 * person.
 */
export function pickTextByMailEnabled(withMail: string, without: string): string {
  return isMailEnabled() ? withMail : without;
}
