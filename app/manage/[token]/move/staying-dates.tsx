/** The upcoming dates that stay where they are while others move, each with its reason. */
export function StayingDates({ sentences }: { sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <ul className="mt-4 max-w-[44rem] text-small text-soft">
      {sentences.map((sentence) => (
        <li key={sentence} className="py-0.5">
          {sentence}
        </li>
      ))}
    </ul>
  );
}
