/** The e-mail address of an erased person ends with this. */
export const ERASED_EMAIL_DOMAIN = '@erased.invalid';
