import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { Section } from '@/components/section';
import { derivePhoneCountry, formatPhone } from '@/db/input/phone-numbers';
import type { DataWithoutHealth } from '@/db/people/export-data-without-health';
import { formatDay } from '@/scheduling/formatting';
import { formatLanguageInEnglish } from '@/scheduling/mail-language';
import { toWallTime } from '@/scheduling/zone-conversion';
import { formatMoment, type KeptData } from './kept-data';

/** Each person at the address: how they are reached, and whether e-mails reach them. */
export function YouSection(kept: KeptData) {
  const { clients } = kept.data;
  if (clients.length === 0) return null;
  return (
    <Section title="You" aside={clients.length > 1 && 'Everybody who books with this address.'}>
      <div className="grid gap-8">
        {clients.map((client) => (
          <Person key={client.id} client={client} kept={kept} />
        ))}
      </div>
    </Section>
  );
}

function Person({ client, kept }: { client: DataWithoutHealth['clients'][number]; kept: KeptData }) {
  const { name, email, phone, language, createdAt } = client;
  const { timeZone, locale, mailLanguage } = kept.practice;
  return (
    <DescriptionList className="max-w-[50rem] border-t border-b border-t-ink border-b-line">
      <DescriptionItem label="Name">
        <bdi className="wrap-anywhere">{name}</bdi>
      </DescriptionItem>
      <DescriptionItem label="E-mail">
        <bdi className="wrap-anywhere">{email}</bdi>
        <span className="block text-small text-soft">{describeAddress(email, kept)}</span>
      </DescriptionItem>
      <DescriptionItem label="Phone">
        {phone ? <bdi>{formatPhone(phone, derivePhoneCountry(kept.practice))}</bdi> : 'None'}
      </DescriptionItem>
      <DescriptionItem label="Language">
        {language ? formatLanguageInEnglish(language) : `The practice’s own, ${formatLanguageInEnglish(mailLanguage)}`}
      </DescriptionItem>
      <DescriptionItem label="Client since">
        {formatDay(toWallTime(timeZone, createdAt).on, 'full', locale)}
      </DescriptionItem>
    </DescriptionList>
  );
}

function describeAddress(address: string, kept: KeptData): string {
  const confirmed = kept.data.confirmedAddresses.find(({ email }) => email === address);
  const bounced = kept.data.bouncedAddresses.find(({ email }) => email === address);
  return [
    confirmed
      ? `Confirmed ${confirmed.way === 'link' ? 'by a link in an e-mail' : 'by the practice'}: ${formatMoment(confirmed.confirmedAt, kept)}.`
      : 'Not noted as confirmed.',
    bounced
      ? `E-mails to it came back${bounced.isByHand ? ', as the practice noted' : ''}: ${formatMoment(bounced.bouncedAt, kept)}.`
      : 'No e-mail to it came back.',
  ].join(' ');
}
