/** What stands for the day in an address that is not yet of one: the server makes it, the browser fills it in. */
export const DAY_PLACEHOLDER = '0000-00-00';
