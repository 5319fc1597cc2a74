/** The page that says what was just booked. `besideToken`: the link of a second person, who was booked with it. */
export function bookedPageHref(manageToken: string, besideToken?: string): string {
  return `/manage/${manageToken}/booked${besideToken ? `?beside=${besideToken}` : ''}`;
}
