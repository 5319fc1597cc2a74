import { Notice } from '@/components/notice';
import { hasUndecryptableValues } from '@/db/access/encryption';

/** Tells staff that texts about clients' health cannot be shown until their encryption key is back. */
export function UndecryptableNotice() {
  if (!hasUndecryptableValues()) return null;
  return (
    <Notice tone="bad" title="Some words about clients’ health cannot be shown">
      <p>
        They were encrypted with a care key that is not here. Nothing is lost: whoever runs the server can add the old
        key to CARE_KEY, or to the file care-key, on a line of its own. Bookings work as before.
      </p>
    </Notice>
  );
}
