/**
 * How to start a demo. It is a server of its own with its own data: a demo page on this server could be mistaken for
 * the real practice.
 */
export function DemoInstructions() {
  return (
    <details className="mt-10 border-y border-line">
      <summary className="flex min-h-13 cursor-pointer items-center text-euc underline underline-offset-4">
        Try it first, with made-up people
      </summary>
      <div className="grid gap-3 pb-5">
        <p className="max-w-measure">
          A demo practice runs beside this one, with data of its own. In the folder of Fortnight, in another terminal:
        </p>
        <pre className="max-w-full rounded whitespace-pre-wrap wrap-anywhere border border-line bg-sheet px-4 py-3 text-small">
          <code>DATA_DIR=./demo DATABASE_URL= BASE_URL= SMTP_URL= HOST=127.0.0.1 DEMO=1 PORT=3001 npm start</code>
        </pre>
        <p className="max-w-measure text-small text-soft">
          Then open http://127.0.0.1:3001 on that computer and sign in with one press. Nothing you do there reaches your
          own practice. To be rid of it, stop it with Ctrl-C and delete the folder demo.
        </p>
      </div>
    </details>
  );
}
