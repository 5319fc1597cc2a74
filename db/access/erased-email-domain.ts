/** The e-mail address of an erased person ends with this. */
export const ERASED_EMAIL_DOMAIN = '@erased.invalid';

/** Whether this is the address of an erased person, to which nothing can be sent. */
export function isErasedEmail(email: string): boolean {
  return email.endsWith(ERASED_EMAIL_DOMAIN);
}
