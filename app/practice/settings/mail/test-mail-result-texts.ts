// The result of a test e-mail, and what to do next.

export const testMailResultTexts: Record<string, { tone: 'good' | 'bad'; title: string; text: string }> = {
  sent: {
    tone: 'good',
    title: 'The mail server has taken the test e-mail',
    text: 'It should be with you in a minute. If it is not, look among the junk: then the server of your domain does not know this sender yet.',
  },
  none: {
    tone: 'bad',
    title: 'No mail server is set',
    text: 'Whoever runs this site sets SMTP_URL and starts it again. Until then every e-mail is kept under Mail, and none is sent.',
  },
  unreachable: {
    tone: 'bad',
    title: 'The mail server cannot be reached',
    text: 'Nobody answers at its address. Look at the host and the port in SMTP_URL, and whether your network lets mail out.',
  },
  password: {
    tone: 'bad',
    title: 'The mail server refused the name or the password',
    text: 'Look at both in SMTP_URL. Many providers want a password of its own for programs.',
  },
  sender: {
    tone: 'bad',
    title: 'The mail server refused the sender',
    text: 'It does not let us send as this address. Use one that belongs to the account in SMTP_URL, above.',
  },
  certificate: {
    tone: 'bad',
    title: 'The connection to the mail server is not safe',
    text: 'Its certificate is not valid for its name, or it offers no encryption. Look at the host in SMTP_URL, or ask your provider.',
  },
  recipient: {
    tone: 'bad',
    title: 'The mail server did not take your own address',
    text: 'It reached the server, but not you. Look at the address you sign in with.',
  },
  other: {
    tone: 'bad',
    title: 'The mail server did not take it',
    text: 'It gave a reason that we do not know. Try again in a few minutes; the server’s log says more.',
  },
  limit: { tone: 'bad', title: 'That was often', text: 'Nothing was sent. Wait a few minutes and try again.' },
};
