import { BouncedAddressWarning } from '@/app/practice/bounced-address-warning';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { PhoneLink } from '@/components/contact-phrase';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import type { Bounce } from '@/db/messages/bounces';
import type { ClientView } from '@/db/people/get-client';
import { formatLanguageInEnglish, isMailLanguage } from '@/scheduling/mail-language';
import { setAddressDeliverability } from './set-address-deliverability';

const BOOKING = {
  online: 'Booked at once',
  approval: 'Waits until you approve it',
  blocked: 'Refused: they are asked to call',
};

interface Props {
  client: ClientView;
  canManage: boolean;
  /** When e-mail to the client came back; null where it arrives. */
  bounce: Bounce | null;
  practice: { timeZone: string; locale: string; mailLanguage: string };
}

export function ClientDetailsList({ client, canManage, bounce, practice }: Props) {
  const { phone, phoneLink, email, household, language, favouriteTherapist, tags } = client;
  const bookers = [...new Set(client.plans.flatMap(({ bookedBy }) => bookedBy ?? []))];
  return (
    <DescriptionList>
      <DescriptionItem label="Phone">
        {phone === null ? (
          <None />
        ) : (
          <PhoneLink shown={phone} link={phoneLink} className="-my-2.5 inline-flex min-h-11 items-center" />
        )}
      </DescriptionItem>
      <DescriptionItem label="E-mail">
        {email === '' ? (
          <None />
        ) : (
          <a href={`mailto:${email}`} className="-my-2.5 inline-flex min-h-11 items-center wrap-anywhere">
            {email}
          </a>
        )}
        {bounce && <BouncedAddressWarning bounce={bounce} timeZone={practice.timeZone} locale={practice.locale} />}
        {email !== '' && (
          <ActionForm action={setAddressDeliverability} className="mt-2">
            <input type="hidden" name="who" value={client.id} />
            <Button kind="plain" slim name="reaches" value={bounce ? 'yes' : 'no'}>
              {bounce ? 'Note that e-mails arrive' : 'Note that e-mails come back'}
            </Button>
          </ActionForm>
        )}
      </DescriptionItem>
      {bookers.length > 0 && (
        <DescriptionItem label="Booked by">
          <bdi className="wrap-anywhere">{bookers.join(', ')}</bdi>
        </DescriptionItem>
      )}
      {household.length > 0 && (
        <DescriptionItem label="Same address">
          <ul>
            {household.map(({ id, name }) => (
              <li key={id}>
                <a href={`/practice/clients/${id}`} className="-my-2.5 inline-flex min-h-11 items-center">
                  <bdi>{name}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </DescriptionItem>
      )}
      {language && (
        <DescriptionItem label="Language">
          {formatLanguageInEnglish(language)}
          {!isMailLanguage(language) && `; e-mails are in ${formatLanguageInEnglish(practice.mailLanguage)}`}
        </DescriptionItem>
      )}
      {favouriteTherapist && <DescriptionItem label="Likes to see">{favouriteTherapist.name}</DescriptionItem>}
      {tags.length > 0 && (
        <DescriptionItem label="Tags">
          <bdi className="wrap-anywhere">{tags.join(', ')}</bdi>
        </DescriptionItem>
      )}
      {(canManage || client.booking !== 'online') && (
        <DescriptionItem label="Books online">{BOOKING[client.booking]}</DescriptionItem>
      )}
    </DescriptionList>
  );
}

function None() {
  return <span className="text-soft">Not given</span>;
}
