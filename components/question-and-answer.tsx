/**
 * What a reader asked, and what the practice answered: as the reader sees it, and as the practice checks it before
 * sending.
 */
export function QuestionAndAnswer({ words, answer }: { words: string; answer: string }) {
  return (
    <div className="grid max-w-measure gap-6">
      <div>
        <p className="mb-2 text-small text-soft">You asked</p>
        <p className="wrap-anywhere whitespace-pre-line">{words}</p>
      </div>
      <div className="border-l-2 border-euc pl-4">
        <p className="mb-2 text-small text-soft">Our answer</p>
        <p className="font-serif text-read wrap-anywhere whitespace-pre-line">{answer}</p>
      </div>
    </div>
  );
}
