import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Section } from '@/components/section';
import { MAIL_LANGUAGES, type MailLanguage } from '@/scheduling/mail-language';
import { setMailLanguage } from './actions';

/** Each by its own name: who looks for their language may read no other. */
const LANGUAGES: Record<MailLanguage, string> = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' };

/** Lets the reader of the address choose the language in which we write to it. */
export function MailLanguageForm({ token, chosen }: { token: string; chosen: MailLanguage }) {
  return (
    <Section title="Language of our e-mails" aside="The pages are in English." id="language">
      <ActionForm action={setMailLanguage} className="max-w-[36rem] print:hidden">
        <input type="hidden" name="token" value={token} />
        <fieldset>
          <legend className="sr-only">Language of our e-mails</legend>
          <div className="flex flex-wrap gap-x-8">
            {MAIL_LANGUAGES.map((language) => (
              <label key={language} className="flex min-h-11 items-center gap-3">
                <input
                  type="radio"
                  name="language"
                  value={language}
                  defaultChecked={language === chosen}
                  className="size-5 flex-none accent-euc"
                />
                <span lang={language}>{LANGUAGES[language]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div className="mt-3">
          <Button kind="plain" slim>
            Save
          </Button>
        </div>
      </ActionForm>
    </Section>
  );
}
