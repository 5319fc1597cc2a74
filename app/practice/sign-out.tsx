/** Ends the session in the database; a plain form, so that it works without script. */
export function SignOut() {
  return (
    <form method="post" action="/api/auth/signout">
      <button type="submit" className="min-h-11 underline decoration-1 underline-offset-[0.2em] hover:decoration-2">
        Sign out
      </button>
    </form>
  );
}
