/** Ends the session in the database. These are plain forms, so they work without script. */
export function SignOutForms() {
  const look = 'min-h-11 underline decoration-1 underline-offset-[0.2em] hover:decoration-2';
  return (
    <>
      <form method="post" action="/api/auth/signout" className="print:hidden">
        <button type="submit" className={look}>
          Sign out
        </button>
      </form>
      <form method="post" action="/api/auth/signout" className="print:hidden">
        <input type="hidden" name="everywhere" value="yes" />
        <button type="submit" className={look}>
          Sign out everywhere
        </button>
      </form>
    </>
  );
}
