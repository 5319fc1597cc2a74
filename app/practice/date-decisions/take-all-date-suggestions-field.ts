/**
 * The button that chooses all suggestions. It saves nothing: each suggestion is then shown as chosen, and can be
 * changed before saving.
 */
export const TAKE_ALL_DATE_SUGGESTIONS_FIELD = 'take-all';
