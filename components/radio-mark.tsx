/**
 * The disc of a radio. Put it in a `<label className="group">` with the real, visually hidden input: it fills
 * when that input is checked, without script.
 */
export function RadioMark() {
  return (
    <span
      aria-hidden="true"
      className="size-5 flex-none rounded-full border-[1.5px] border-edge bg-sheet group-has-checked:border-6 group-has-checked:border-euc group-has-checked:bg-on-euc"
    />
  );
}
