/** Whether e-mails go out: without a mail server they are kept in the outbox, and nothing may promise one. */
export function sendsMail(): boolean {
  return Boolean(process.env.SMTP_URL);
}
