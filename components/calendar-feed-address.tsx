import { renderSVG } from 'uqr';
import { CopyButton } from './copy-button';

interface CalendarAddressProps {
  /** The address of the feed, with https://. */
  address: string;
  /** The calendar's name, for apps that ask for one. */
  name: string;
  /** Tells the fields apart where several feeds are on a page. */
  id: string;
}

/** A feed address to copy, scan with a phone, or open in a calendar. */
export function CalendarFeedAddress({ address, name, id }: CalendarAddressProps) {
  const link = 'inline-flex min-h-11 items-center';
  const webcal = address.replace(/^https?:/, 'webcal:');
  const outlook = new URLSearchParams({ url: address, name });
  return (
    <div className="grid max-w-[46rem] gap-x-8 gap-y-4 mid:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <p
          id={id}
          className="rounded border border-edge bg-sheet px-3.5 py-3 text-small wrap-anywhere select-all"
          translate="no"
        >
          {address}
        </p>
        <CopyButton text={address} />
        <p className="mt-2 flex flex-wrap gap-x-6 print:hidden">
          <a href={webcal} className={link}>
            Open in Apple Calendar
          </a>
          <a
            href={`https://calendar.google.com/calendar/r?${new URLSearchParams({ cid: webcal })}`}
            rel="noreferrer"
            className={link}
          >
            Open in Google Calendar
          </a>
          <a href={`https://outlook.live.com/calendar/0/addfromweb?${outlook}`} rel="noreferrer" className={link}>
            Open in Outlook
          </a>
        </p>
      </div>
      <QrCode text={address} label={`QR code of the address of the calendar “${name}”`} />
    </div>
  );
}

/** Dark on white whatever the page's colours are: some cameras cannot read anything else. */
function QrCode({ text, label }: { text: string; label: string }) {
  const svg = renderSVG(text, { ecc: 'M', border: 3, whiteColor: '#fff', blackColor: '#000' });
  return (
    // biome-ignore lint/performance/noImgElement: drawn here, with nothing to load
    <img
      src={`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`}
      alt={label}
      width={148}
      height={148}
      className="size-37 rounded border border-edge bg-white"
    />
  );
}
