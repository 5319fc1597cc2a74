import { PROGRESS_VERDICT_LABELS } from '@/care/describe-progress';
import { Section } from '@/components/section';
import type { QuestionOutcomes } from '@/db/care/question-outcomes';

/** All four verdicts, good and bad ones, with the note that they do not prove what caused the change. */
export function PracticeResultsSection({ seen, practiceName }: { seen: QuestionOutcomes; practiceName: string }) {
  return (
    <Section dense id="seen" title="What this practice has seen">
      <p className="max-w-measure font-serif text-read">
        Of {seen.clients} who came to {practiceName} with this question and noted their scores, their pain was:
      </p>
      <ul className="mt-3 max-w-[36rem] border-t border-line">
        {Object.entries(PROGRESS_VERDICT_LABELS).map(([verdict, name]) => (
          <li key={verdict} className="flex gap-4 border-b border-line py-2.5">
            <b className="w-10 flex-none text-right font-medium tabular-nums">
              {seen.verdicts[verdict as keyof typeof PROGRESS_VERDICT_LABELS]}
            </b>
            <span>{name}</span>
          </li>
        ))}
      </ul>
      <p className="mt-4 max-w-[36rem] text-small text-soft">
        This proves nothing about the cause. People come when it is bad, much pain eases by itself, and those who stay
        and note their scores are not everybody. Lower than before they came is not the same as caused by it.
      </p>
    </Section>
  );
}
