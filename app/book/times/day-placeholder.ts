/** Stands in for the day in an address that the server makes and the browser completes. */
export const DAY_PLACEHOLDER = '0000-00-00';
