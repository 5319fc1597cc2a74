import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { formatHowToContact } from '@/scheduling/name-formatting';

interface Reachable {
  name: string;
  phone: string;
  phoneLink: string | null;
}

/** 'call 01 555 0142', with the number as a link, or 'contact Harbour Massage' where there is none. */
export function ContactPhrase({ practice, capital }: { practice: Reachable; capital?: boolean }) {
  const words = formatHowToContact(practice);
  const phrase = capital ? capitalizeFirstLetter(words) : words;
  if (!practice.phone) return <bdi>{phrase}</bdi>;
  return (
    <>
      {phrase.slice(0, phrase.indexOf(' ') + 1)}
      <PhoneLink shown={practice.phone} link={practice.phoneLink} />
    </>
  );
}

/** A phone number as a link; as text where it cannot be dialled. */
export function PhoneLink({ shown, link, className }: { shown: string; link: string | null; className?: string }) {
  if (!link) return <span className={className}>{shown}</span>;
  return (
    <a href={link} className={className}>
      {shown}
    </a>
  );
}
