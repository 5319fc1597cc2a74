/** The press that takes all that is suggested. Nothing is saved by it: each is then shown as taken, to be changed or saved. */
export const TAKE_ALL_DATE_SUGGESTIONS_FIELD = 'take-all';
