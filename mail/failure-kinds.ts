// What a mail server's refusal means, in words for somebody who has never set one up. The server's own words are left
// out: they may repeat the user name or password that we sent.

export type MailFailureKind = 'unreachable' | 'password' | 'sender' | 'certificate' | 'recipient' | 'other';

const SIGNS: [RegExp, MailFailureKind][] = [
  [/certificate|altnames|self[- ]signed|STARTTLS|\bTLS\b|\bSSL\b/i, 'certificate'],
  [/Invalid login|Missing credentials|authenticat|\b53[45]\b/i, 'password'],
  [/^Mail command failed|sender/i, 'sender'],
  [/recipients? (were|was)? ?rejected|^Recipient command failed|No recipients/i, 'recipient'],
  [
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|timeout|too long|Greeting never/i,
    'unreachable',
  ],
];

/** Classifies the error of a failed `sendEmail`. */
export function classifyMailFailure(error: string): MailFailureKind {
  return SIGNS.find(([sign]) => sign.test(error))?.[1] ?? 'other';
}
