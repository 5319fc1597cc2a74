/** What the address of somebody who was erased ends in. */
export const ERASED_EMAIL_DOMAIN = '@erased.invalid';
