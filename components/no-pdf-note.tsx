/** Beside the button to print, where a PDF of ours would lack letters of what it shows. */
export function NoPdfNote() {
  return (
    <p className="mt-4 max-w-[36rem] text-small text-soft print:hidden">
      Our PDFs do not have all the letters of this page, so there is none of it. Print the page, and choose PDF where
      your browser asks for a printer.
    </p>
  );
}
