/** Whether e-mails go out: without a mail server they are kept in the outbox, and nothing may promise one. */
export function isMailEnabled(): boolean {
  return Boolean(process.env.SMTP_URL);
}

/** What a page says of an e-mail: other words where none goes out, so that whoever is told by it is told by voice. */
export function pickTextByMailEnabled(withMail: string, without: string): string {
  return isMailEnabled() ? withMail : without;
}
