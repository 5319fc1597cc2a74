import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { NOTE_FIELD_LABELS } from '@/app/practice/clients/[id]/notes/[uid]/note-labels';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { noteFields } from '@/care/session-notes';
import { ActionForm } from '@/components/action-form';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { listNotePhrases } from '@/db/care/note-phrases';
import { getPractice } from '@/db/practice/practice';
import { removePhrase } from './actions';
import { PhraseForm } from './phrase-form';

export const metadata: Metadata = { title: 'Your phrases', robots: { index: false } };

export default async function PhrasesPage() {
  await connection();
  const viewer = await requireRole('practitioner');
  if (viewer.therapistId === null) notFound();
  const [practice, phrases] = await Promise.all([getPractice(), listNotePhrases(viewer)]);
  return (
    <PracticeShell practice={practice} current="clients" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title="Your phrases"
        from="What you write often. In a note, one press puts a phrase into its field. Nobody else sees them: keep names out all the same."
      />
      <div className="grid max-w-[50rem] gap-8 pb-12">
        {noteFields.map((field) => {
          const own = phrases.filter((phrase) => phrase.field === field);
          return (
            own.length > 0 && (
              <section key={field} aria-label={NOTE_FIELD_LABELS[field].label}>
                <h2 className="mb-1 text-[1.1875rem]! leading-7!">{NOTE_FIELD_LABELS[field].label}</h2>
                <ul className="border-y border-line border-t-ink">
                  {own.map(({ id, words }) => (
                    <li
                      key={id}
                      className="flex items-center justify-between gap-4 border-t border-line py-1 first:border-t-0"
                    >
                      <span className="min-w-0 wrap-anywhere">{words}</span>
                      <ActionForm action={removePhrase}>
                        <input type="hidden" name="id" value={id} />
                        <button
                          type="submit"
                          className="min-h-11 text-small text-clay underline underline-offset-[0.2em]"
                        >
                          Remove<span className="sr-only"> {words}</span>
                        </button>
                      </ActionForm>
                    </li>
                  ))}
                </ul>
              </section>
            )
          );
        })}
        <section aria-labelledby="add">
          <h2 id="add" className="mb-3 text-[1.1875rem]! leading-7!">
            Add a phrase
          </h2>
          <PhraseForm />
        </section>
      </div>
    </PracticeShell>
  );
}
