import { boldText, type StyledText } from '@/mail/layout';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';
import { describeHouseRules } from '@/scheduling/describe-house-rules';
import { formatWaitlistMassage } from '@/scheduling/format-waitlist-request';
import { formatHowToContact } from '@/scheduling/name-formatting';
import { enDates } from './en-dates';

// Every sentence of an e-mail, a text or a calendar file, in English. The other languages must have the same entries to
// compile. Arguments are already sanitized, and days and times already formatted in the same language.

/** How to reach the practice: by its phone number, or by its name if it gives none. */
export interface Contact {
  name: string;
  phone: string;
}

/** How many dates changed in which way. */
export interface ChangeCount {
  change: 'moved' | 'resized' | 'cancelled' | 'added' | 'takenOver' | 'givenOver';
  many: number;
}

const { number } = enDates;
const reach = (contact: Contact) => formatHowToContact(contact);
const massages = (many: number) => (many === 1 ? 'one massage' : `${number(many)} massages`);
/** Whom a sentence is about, at its beginning. */
const beginName = (whose: string, other: string) => (whose ? capitalizeFirstLetter(whose) : other);
const whoComes = (whose: string) => (whose ? `${capitalizeFirstLetter(whose)} is` : 'I’m');
/** Whose something is: the reader's, or that of the person they booked for, by first name. */
const possessive = (whose: string) => (whose ? `${whose}’s` : 'your');
const beginPossessive = (whose: string) => capitalizeFirstLetter(possessive(whose));
const massagesOf = (whose: string, many: number) =>
  `${beginPossessive(whose)} ${many === 1 ? 'massage' : `${number(many)} massages`}`;
const dates = (many: number) => (many === 1 ? 'one date' : `${number(many)} dates`);
const withTherapist = (therapist: string | null) => (therapist ? ` with ${therapist}` : '');
const areOnes = (many: number) => (many === 1 ? 'This date is' : 'These dates are');
const lengthChange = ({ minutes, was }: { minutes: number; was: number }) =>
  `${minutes > was ? 'longer' : 'shorter'}: ${minutes} minutes instead of ${was}`;

export const en = {
  dates: enDates,

  /** Both names are empty where no name may be used. */
  hello: ({ firstName }: { firstName: string; fullName: string }): string =>
    firstName ? `Hello ${firstName},` : 'Hello,',
  aboutDatesOf: (name: string): string => `This is about the dates of ${name}.`,
  subjectFor: (subject: string, name: string): string => `${subject} (for ${name})`,
  /** The same where that person may not be named. */
  aboutDatesOfAnother: 'This is about dates that were booked for somebody else.',
  subjectForAnother: (subject: string): string => `${subject} (for somebody else)`,
  otherPerson: 'the other person',
  demo: 'This is a demo practice: every name and date in it is made up.',
  allTimes: (zone: string): string => `All times are ${zone}.`,
  doNotForward: 'Anyone with these links can see and change the dates, so please do not forward this e-mail.',

  /** Follows a label. */
  colon: ':',
  /** A day at the beginning of a line. */
  asLine: (when: string): string => when,
  /** A date as a line of a list. */
  appointment: (date: {
    day: string;
    from: string;
    until: string;
    service: string;
    therapist: string;
  }): (string | { bold: string })[] => [
    boldText(`${date.day}, ${date.from} to ${date.until}`),
    `: ${date.service} with ${date.therapist}`,
  ],
  /** The previous state of a date, after its line. */
  itWas: ({ when, minutes, therapist }: { when?: string; minutes?: number; therapist?: string }): string => {
    const before = [
      ...(when === undefined ? [] : [when]),
      ...(minutes === undefined ? [] : [`${minutes} minutes`]),
      ...(therapist === undefined ? [] : [`with ${therapist}`]),
    ];
    return ` (it was ${before.join(', ')})`;
  },
  noDates: 'no dates',
  /** Dates in short: a single date, those of a standing time, and others. */
  oneDate: ({ when, therapist }: { when: string; therapist: string | null }): string =>
    `${when}${withTherapist(therapist)}`,
  standingDates: (facts: { when: string; isBiweekly: boolean; therapist: string | null; range: string }): string =>
    `${facts.isBiweekly ? 'every 2 weeks, ' : ''}${facts.when}${withTherapist(facts.therapist)}, ${facts.range}`,
  otherDates: ({ many, therapist, range }: { many: number; therapist: string | null; range: string }): string =>
    `${number(many)} dates${withTherapist(therapist)}, ${range}`,
  /** A time that can be booked, as a link. */
  bookableDate: ({ when, therapist }: { when: string; therapist: string }): string => `${when} with ${therapist}`,
  bookableSeries: (facts: {
    weekdayAndTime: string;
    therapist: string;
    isBiweekly: boolean;
    many: number;
    first: string;
  }): string =>
    `${facts.weekdayAndTime} with ${facts.therapist}${facts.isBiweekly ? ', every 2 weeks' : ''}, ${number(facts.many)} dates from ${facts.first}`,

  /** About a booking and its changes: words that client and therapist share. */
  series: {
    changed: (counts: ChangeCount[]): string => {
      const what: Record<ChangeCount['change'], string> = {
        ...{ moved: 'moved', resized: 'with a new length', cancelled: 'cancelled', added: 'added' },
        ...{ takenOver: 'passed to you', givenOver: 'passed on' },
      };
      return counts
        .map(({ change, many }, at) => {
          const noun = at > 0 ? '' : many === 1 ? ' date' : ' dates';
          return `${number(many)}${noun} ${what[change]}`;
        })
        .join(', ');
    },
    newTimes: (many: number): string => (many === 1 ? 'This is the new time.' : 'These are the new times.'),
    otherLength: (many: number): string => `${areOnes(many)} longer or shorter.`,
    cancelledOnes: (many: number): string => `${areOnes(many)} cancelled.`,
    bookedOnes: (many: number): string => `${areOnes(many)} booked as well.`,
    cancelledHeading: 'Cancelled',
    noOtherDates: 'There are no other dates in this booking.',
    /** `isReader` where the other person is the one who reads it. */
    beside: (facts: { name: string; therapists: string[]; isOwnEmail: boolean; isReader: boolean }): string => {
      const own = facts.isOwnEmail ? ' You will get a separate e-mail with the link to those dates.' : '';
      const who = facts.isReader
        ? 'You come at the same time, and are'
        : `${facts.name || 'Somebody else'} comes at the same time, and is`;
      return `${who} with ${facts.therapists.join(' or ')}.${own}`;
    },
  },

  toClient: {
    subjectChanged: ({ changed, next }: { changed: string; next: string | null }): string =>
      `Changed: ${changed}${next === null ? '' : `; next ${next}`}`,
    subjectCancelled: (shortDates: string): string => `Cancelled: ${shortDates}`,
    subjectAdded: (shortDates: string): string => `Added: ${shortDates}`,
    subjectBooked: (shortDates: string): string => `Booked: ${shortDates}`,
    subjectLength: (minutes: number, shortDates: string): string => `Now ${minutes} minutes: ${shortDates}`,
    subjectLengths: (shortDates: string): string => `New length: ${shortDates}`,
    subjectReplaced: ({ from, to, when }: { from: string; to: string; when: string }): string =>
      `${to} instead of ${from}: ${when}`,
    subjectMovedOne: (shortDates: string): string => `Moved: now ${shortDates}`,
    subjectMoved: (shortDates: string): string => `Moved: ${shortDates}`,
    preheaderNext: (when: string, place: string): string => `Next: ${when} at ${place}`,
    preheaderNothing: 'Nothing else is booked.',

    // `whose` is the first name of the person whom the reader booked for, and empty for the reader's own dates.
    someChanged: (whose: string): string => `Some of ${possessive(whose)} dates have changed.`,
    moreBooked: ({ many, practice, whose }: { many: number; practice: string; whose: string }): string =>
      `${many === 1 ? 'One more date is' : `${capitalizeFirstLetter(number(many))} more dates are`} booked for ${whose || 'you'} at ${practice}.`,
    booked: ({ many, practice, whose }: { many: number; practice: string; whose: string }): string =>
      `${massagesOf(whose, many)} at ${practice} ${many === 1 ? 'is' : 'are'} booked.`,
    lengthOfOne: (length: { minutes: number; was: number }, whose: string): string =>
      `${massagesOf(whose, 1)} is ${lengthChange(length)}.`,
    lengths: (whose: string): string => `Some of ${possessive(whose)} massages are now longer or shorter.`,
    replaced: (facts: {
      from: string;
      to: string;
      many: number;
      areTimesUnchanged: boolean;
      whose: string;
    }): StyledText => {
      const isOne = facts.many === 1;
      const times = facts.areTimesUnchanged
        ? 'The day and time stay the same.'
        : `Please check the ${isOne ? 'time, which has' : 'times too: some have'} changed.`;
      return [
        boldText(facts.to),
        ` will give ${possessive(facts.whose)} ${isOne ? 'massage' : 'massages'} instead of ${facts.from}. ${times}`,
      ];
    },
    /** Several therapists instead of one, or the other way round; the times are as they were. */
    otherTherapists: (many: number, whose: string): string =>
      `${capitalizeFirstLetter(number(many))} of ${possessive(whose)} massages are with another therapist now. The days and times stay the same.`,
    movedOne: ({ from, to, whose }: { from: string; to: string; whose: string }): StyledText => [
      `${massagesOf(whose, 1)} has moved from ${from} to `,
      boldText(to),
      '.',
    ],
    changedOne: (whose: string): string => `${massagesOf(whose, 1)} has changed.`,
    changed: (many: number, whose: string): string =>
      `${capitalizeFirstLetter(number(many))} of ${possessive(whose)} dates have changed.`,
    moved: (many: number, whose: string): string =>
      `${capitalizeFirstLetter(number(many))} of ${possessive(whose)} dates have moved.`,
    weCancelOne: (facts: { practice: string; when: string; therapist: string; whose: string }): StyledText => [
      `We are sorry: ${facts.practice} has to cancel ${possessive(facts.whose)} massage on `,
      boldText(facts.when),
      ` with ${facts.therapist}.`,
    ],
    weCancel: ({ practice, many, whose }: { practice: string; many: number; whose: string }): string =>
      `We are sorry: ${practice} has to cancel ${number(many)} of ${possessive(whose)} dates.`,
    cancelledOne: (facts: { when: string; therapist: string; onRequest: boolean; whose: string }): StyledText => [
      `${massagesOf(facts.whose, 1)} on `,
      boldText(facts.when),
      ` with ${facts.therapist} is cancelled${facts.onRequest ? ', as you asked' : ''}.`,
    ],
    cancelled: ({ many, onRequest, whose }: { many: number; onRequest: boolean; whose: string }): string =>
      `${capitalizeFirstLetter(number(many))} of ${possessive(whose)} dates are cancelled${onRequest ? ', as you asked' : ''}.`,

    nextDate: (whose: string): string => `${beginPossessive(whose)} next date`,
    seeDates: (whose: string): string => `See, move or cancel ${possessive(whose)} dates`,
    seeBookingOrBookAgain: 'See your booking, or book again',
    freeInstead: 'These times are free. Open a link to book one:',
    addedHeading: 'Added',
    allDatesHeading: (whose: string): string => `All ${possessive(whose)} dates`,
    datesNowHeading: (whose: string): string => `${beginPossessive(whose)} dates now`,
    skipped: (whens: string[]): string => `Skipped, and not booked: ${whens.join('; ')}.`,
    nowCosts: (many: number, total: string): string =>
      many === 1 ? `It now costs ${total}.` : `They now cost ${total}.`,
    newOnesCost: (many: number, total: string): string =>
      many === 1 ? `The new date costs ${total}.` : `The new dates cost ${total} together.`,
    costs: (many: number, total: string): string =>
      many === 1 ? `It costs ${total}.` : `Together they cost ${total}. You can stop after any session.`,
    pleaseConfirm: (whose: string): string =>
      `Please confirm that this e-mail address is yours. ${whose ? 'The' : 'Your'} dates are kept either way.`,
    confirmAddress: 'Confirm my e-mail address',
    healthForm: (whose: string): string => `Fill in or check ${possessive(whose)} health form`,
    cutoffs: ({ toCancel, toMove, contact }: { toCancel: string; toMove: string; contact: Contact }): string => {
      const until =
        toCancel === toMove
          ? `You can cancel or move a date until ${toCancel} before it begins`
          : `You can cancel a date until ${toCancel} before it begins, and move it until ${toMove} before`;
      return `${until}. After that, please ${reach(contact)}.`;
    },
    houseRules: (rules: { movesPerDate: number; graceMinutes: number }): string =>
      describeHouseRules({ ...rules, noShowWords: '' }),
    where: 'Where',
    phone: 'Phone',
  },

  toTherapist: {
    subjectChanged: (client: string, changed: string): string => `Changed: ${client}, ${changed}`,
    subjectAdded: (client: string, shortDates: string): string => `Added: ${client}, ${shortDates}`,
    subjectNew: (client: string, shortDates: string): string => `New: ${client}, ${shortDates}`,
    subjectTakenOver: (client: string, shortDates: string): string => `Yours now: ${client}, ${shortDates}`,
    subjectGivenOver: (client: string, shortDates: string, to: string | null): string =>
      `Now with ${to ?? 'colleagues'}: ${client}, ${shortDates}`,
    subjectCancelled: (client: string, shortDates: string): string => `Cancelled: ${client}, ${shortDates}`,
    subjectLength: (client: string, shortDates: string, minutes: number): string =>
      `Now ${minutes} minutes: ${client}, ${shortDates}`,
    subjectLengths: (client: string, shortDates: string): string => `New length: ${client}, ${shortDates}`,
    subjectMovedOne: (client: string, when: string): string => `Moved: ${client}, now ${when}`,
    subjectMoved: (client: string, shortDates: string): string => `Moved: ${client}, ${shortDates}`,
    preheaderNext: (client: string, when: string): string => `Next with ${client}: ${when}`,
    preheaderNothing: (client: string): string => `You have no other dates with ${client}.`,

    booked: (client: string, many: number): string =>
      `${client} is booked with you for ${many === 1 ? 'a massage' : massages(many)}.`,
    moreBooked: (client: string, many: number): string =>
      `${client} is booked with you for ${many === 1 ? 'one more massage' : `${number(many)} more massages`}.`,
    takenOver: (client: string, many: number, from: string | null): string =>
      `You take over ${massages(many)} with ${client} from ${from ?? 'colleagues'}.`,
    givenOver: (client: string, many: number, to: string | null): string =>
      `${to ?? 'Somebody else'} takes over ${massages(many)} with ${client} from you.`,
    cancelled: (client: string, many: number, by: 'client' | 'practice' | null): string => {
      const what = many === 1 ? `A date with ${client} is` : `Dates with ${client} are`;
      // The practice may have cancelled because the therapist is away, or it is closed: that time is not free.
      const who = {
        client: ' The client asked for it. The time is free again.',
        practice: ' The practice cancelled.',
        none: '',
      }[by ?? 'none'];
      return `${what} cancelled.${who}`;
    },
    lengthOfOne: (client: string, length: { minutes: number; was: number }): string =>
      `The massage with ${client} is ${lengthChange(length)}.`,
    lengths: (client: string): string => `Some massages with ${client} are now longer or shorter.`,
    moved: (client: string, many: number): string =>
      many === 1 ? `A date with ${client} has moved.` : `Dates with ${client} have moved.`,
    changed: (client: string): string => `Dates with ${client} have changed.`,

    nextWith: (client: string): string => `Next with ${client}`,
    openCalendar: 'Open the calendar',
    newHeading: 'New dates',
    givenOverHeading: 'No longer with you',
    takenOverOnes: (many: number): string =>
      many === 1
        ? 'This date is yours now, and was a colleague’s before.'
        : 'These dates are yours now, and were a colleague’s before.',
    givenOverOnes: (many: number): string => `${areOnes(many)} with a colleague now.`,
    allDatesHeading: 'All the dates',
    nowHeading: 'With you now',
    stillHeading: 'Still with you',
  },

  reminder: {
    subjectOne: (when: string, therapist: string): string => `Reminder: ${when} with ${therapist}`,
    subjectWeek: ({ many, first, whose }: { many: number; first: string; whose: string }): string =>
      `${whose ? 'The' : 'Your'} next ${number(many)} dates, from ${first}`,
    preheader: (when: string, place: string): string => `${when} at ${place}`,
    lookForward: (practice: string, whose: string): string =>
      `We look forward to seeing ${whose || 'you'} at ${practice}.`,
    comingWeek: ({ many, practice, whose }: { many: number; practice: string; whose: string }): string =>
      many === 1
        ? `${beginName(whose, 'You')} ${whose ? 'has' : 'have'} one massage at ${practice} in the coming week.`
        : `These are ${possessive(whose)} massages at ${practice} in the coming week.`,
    yourDates: (many: number, whose: string): string => `${beginPossessive(whose)} ${many === 1 ? 'date' : 'dates'}`,
    coming: (whose: string): string => `${whoComes(whose)} coming`,
    comingOn: (when: string, whose: string): string => `${whoComes(whose)} coming on ${when}`,
    fillInForm: 'Please fill in a short form before the massage. It takes about three minutes.',
    form: 'Fill in the form',
    sayWhatIsNew: 'Say whether anything is new',
    tooLate: ({ many, contact, whose }: { many: number; contact: Contact; whose: string }): string =>
      `It is too late to change ${many === 1 ? 'this date' : 'these dates'} online. If ${whose || 'you'} cannot come, please ${reach(contact)}.`,
    seeDates: (whose: string): string => `See ${possessive(whose)} dates`,
    afterThat: (contact: Contact): string => `After that, please ${reach(contact)}.`,
    /** `when` is null where there is only one date and it needs no name. */
    changeUntil: (when: string | null, until: string): string =>
      `You can move or cancel ${when === null ? 'it' : `the date on ${when}`} online until ${until}.`,
    cancelAndMoveUntil: (when: string | null, until: { cancel: string; move: string }): string =>
      `You can cancel ${when === null ? 'it' : `the date on ${when}`} online until ${until.cancel}, and move it until ${until.move}.`,
    cancelUntil: (when: string | null, until: string): string =>
      `You can cancel ${when === null ? 'it' : `the date on ${when}`} online until ${until}.`,
    moveUntil: (when: string | null, until: string): string =>
      `You can move ${when === null ? 'it' : `the date on ${when}`} online until ${until}.`,
    fewer: 'To get fewer of these, or none, open the dates by the link above and look for “Reminders”.',
  },

  text: {
    subject: 'Text message',
    /** After the practice's name. All of it, with a link, should fit one text of 160 characters. */
    reminder: (facts: { when: string; therapist: string; url: string | undefined; hearsReplies: boolean }): string => {
      const end = facts.hearsReplies ? 'Reply STOP to end' : 'To end texts, use the link';
      return `: ${facts.when} with ${facts.therapist}. Coming, or need to move? ${facts.url ? `${facts.url} ` : ''}${end}`;
    },
  },

  followUp: {
    subjectAgain: (therapist: string): string => `Book again with ${therapist}?`,
    subjectMissed: (when: string, whose: string): string => `We missed ${whose || 'you'} on ${when}`,
    once: 'We send this once only. To stop e-mails like this one, open the link below and look for “After your dates”.',
    thanks: (practice: string, whose: string): string =>
      whose
        ? `Thank you: the last date that was booked for ${whose} at ${practice} is over.`
        : `Thank you for coming to ${practice}. That was the last date you had booked.`,
    /** `when` is null for one date, a week later. */
    same: (facts: { service: string; minutes: number; therapist: string; when: string | null }): string =>
      `${facts.service} for ${facts.minutes} minutes with ${facts.therapist}, ${facts.when ?? 'a week later at the same time'}`,
    otherTimes: 'See other times',
    bookAgain: 'Book it again',
    continueFree: (same: string): string =>
      `Would you like to continue? The link below offers the same as before: ${same}. Nothing is held for you, and you see every date before you book.`,
    continueHeld: (facts: { same: string; many: number; areAll: boolean; until: string }): string => {
      const held =
        facts.many === 1 ? 'this date' : `${facts.areAll ? 'these' : 'the first'} ${number(facts.many)} dates`;
      return `Would you like to continue with ${facts.same}? We are holding ${held} for you until ${facts.until}.`;
    },
    bookHeld: (many: number): string =>
      `Book ${many === 1 ? 'it' : 'them'} with the link below. You see every date before anything is booked.`,
    continueTaken: (same: string): string => `Would you like to continue? The same as before, ${same}, is not free.`,
    freeNearIt: 'These times near it are free. Open a link to book one:',
    missed: (facts: { practice: string; when: string; therapist: string; whose: string }): string =>
      `We expected ${facts.whose || 'you'} at ${facts.practice} on ${facts.when} with ${facts.therapist}, and hope all is well.`,
    ifSomethingCameUp: (contact: Contact): string =>
      `If something came up, or we made a mistake, please ${reach(contact)}.`,
    bookAnother: 'Book another time',
  },

  score: {
    subjectBefore: (weekday: string): string => `Two quick questions before ${weekday}`,
    subjectAfter: (weekday: string): string => `Two quick questions about ${weekday}’s massage`,
    subjectCheckIn: 'Four sessions: carry on, change or stop?',
    before: ({ practice, when, whose }: { practice: string; when: string; whose: string }): string =>
      `${massagesOf(whose, 1)} at ${practice} is on ${when}. Two taps now let you see later whether anything has changed.`,
    whyThreeDays: 'We ask on up to three days before the first massage, since one day can be a good or a bad one.',
    session: ({ practice, when, whose }: { practice: string; when: string; whose: string }): string =>
      `${beginPossessive(whose)} next massage at ${practice} is on ${when}. Please answer before then. It takes two taps.`,
    after: ({ practice, when, whose }: { practice: string; when: string; whose: string }): string =>
      `${beginName(whose, 'You')} came to ${practice} on ${when}. How ${whose ? `is ${whose}` : 'are you'} now?`,
    checkIn: (practice: string, whose: string): string =>
      `${beginName(whose, 'You')} ${whose ? 'has' : 'have'} been to ${practice} four times. This is a good moment to look back, and to carry on, change something, pause or stop. Whichever you choose is fine.`,
    answer: 'Answer in two taps',
    progress: 'See how it is going',
    needNotAnswer:
      'You do not have to answer. If you want no more of these e-mails, open the link and press “Do not ask me again”.',
  },

  waitlist: {
    subjectConfirm: (practice: string): string => `Confirm that you want to wait for a time at ${practice}`,
    somebodyAsked: (practice: string): string =>
      `Somebody (we hope it was you) asked to join the waiting list of ${practice} with this address.`,
    yes: 'Yes, put me on the list',
    ignore: 'If it was not you, ignore this e-mail: nobody is put on the list unless that link is pressed.',
    subjectJoined: (practice: string): string => `On the waiting list of ${practice}`,
    weHoldIt: 'When a time that suits you becomes free, we hold it for you and write to you.',
    untilWhen: 'The e-mail says until when it is held. Nothing is booked before you say yes.',
    seeOrLeave: 'See it, or leave the list',
    waitingFor: 'Your request',
    massage: formatWaitlistMassage,
    what: (facts: { service: string; minutes: number; therapist: string }): string =>
      `${facts.service}, ${facts.minutes} minutes, with ${facts.therapist}`,
    preheader: (what: string, until: string): string => `${what}. Held until ${until}.`,
    subjectOffer: (many: number, first: string): string =>
      many === 1 ? `Held for you: ${first}` : `Held for you: ${many} dates from ${first}`,
    skippedFree: ({ first, what, whose }: { first: string; what: string; whose: string }): string =>
      `${whose ? `${first} was skipped for ${whose}` : `You skipped ${first}`}. It is free again, and we are holding it for you: ${what}.`,
    seriesFree: (many: number, what: string): string =>
      `A regular time is free, and we are holding ${many === 2 ? 'both' : `all ${number(many)}`} dates for you: ${what}.`,
    oneFree: (first: string, what: string): string =>
      `A time is free, and we are holding it for you: ${first}, ${what}.`,
    replaces: (when: string, whose: string): string =>
      `If you say yes, it replaces ${possessive(whose)} date on ${when}.`,
    heldUntil: (until: string): string => `Held for you until ${until}. After that we offer it to the next person.`,
    answer: 'Answer yes or no',
    nothingBooked: 'Nothing is booked before you say yes.',
    where: (place: string): string => `Where: ${place}.`,
  },

  handOver: {
    subjectAsk: ({ from, to, many, whose }: { from: string; to: string; many: number; whose: string }): string =>
      `May ${to} take over ${possessive(whose)} ${many === 1 ? 'date' : 'dates'} from ${from}?`,
    ask: ({ from, to, many, whose }: { from: string; to: string; many: number; whose: string }): string =>
      many === 1
        ? `Nothing has changed yet: ${possessive(whose)} date is with ${from}. If you say yes, it will be with ${to}:`
        : `Nothing has changed yet: ${possessive(whose)} dates are with ${from}. If you say yes, these ${number(many)} will be with ${to}:`,
    answerBy: (until: string): string => `Please answer by ${until}. The price stays the same.`,
    answer: 'Answer yes or no',
    ifNo: ({ from, to, many }: { from: string; to: string; many: number }): string =>
      `If you say no, or do not answer, ${many === 1 ? 'it stays' : 'they stay'} with ${from} until you hear from us. We are not holding ${to}’s time${many === 1 ? '' : 's'}: ${many === 1 ? 'if it is taken before you answer, the date stays' : 'a date whose new time is taken before you answer stays'} with ${from}.`,
    questions: (zone: string, contact: Contact): string =>
      `All times are ${zone}. Questions? Please ${reach(contact)}.`,
    aClientOf: (therapist: string): string => `A client of ${therapist}’s`,
    subjectAsked: (facts: { client: string; many: number; from: string; to: string }): string =>
      `${facts.client} has been asked: ${dates(facts.many)} from ${facts.from} to ${facts.to}`,
    asked: (facts: { client: string; many: number; from: string; to: string; until: string }): string =>
      `${facts.client} has been asked if ${facts.to} may take over ${dates(facts.many)} from ${facts.from}, and can answer until ${facts.until}. Nothing has changed yet, and ${facts.to}’s times are not held.`,
    subjectDeclined: (facts: { client: string; many: number; from: string }): string =>
      `${facts.client} said no: ${dates(facts.many)} ${facts.many === 1 ? 'stays' : 'stay'} with ${facts.from}`,
    declined: (facts: { client: string; many: number; from: string; to: string }): string =>
      `${facts.client} was asked if ${facts.to} may take over ${dates(facts.many)} from ${facts.from}, and said no. ${facts.many === 1 ? 'The date stays' : 'The dates stay'} with ${facts.from}.`,
    subjectWithdrawn: (facts: { client: string; many: number; from: string }): string =>
      `${facts.client} is no longer asked about ${dates(facts.many)} with ${facts.from}`,
    withdrawn: (facts: { client: string; many: number; from: string; to: string }): string =>
      `${facts.client} is no longer asked if ${facts.to} may take over ${dates(facts.many)} from ${facts.from}. ${facts.many === 1 ? 'The date stays' : 'The dates stay'} with ${facts.from} for now.`,
    /** A date and its proposed time: at another hour of the same day, or on another day. */
    otherHour: (when: string, time: string): string => `${when} would be at ${time}`,
    otherDay: (when: string, to: string): string => `${when} would move to ${to}`,
  },

  request: {
    date: (facts: { day: string; from: string; until: string; service: string; therapist: string | null }): string =>
      `${facts.day}, ${facts.from} to ${facts.until}: ${facts.service}${withTherapist(facts.therapist)}`,
    questions: (contact: Contact): string => `Questions? ${capitalizeFirstLetter(reach(contact))}.`,
    subjectConfirm: (time: string): string => `Not booked yet: confirm by ${time}`,
    confirm: (practice: string, until: string, many: number): string =>
      `Nothing is booked yet. Somebody (we hope it was you) asked ${practice} for the ${many === 1 ? 'date' : 'dates'} below with this address. Press the link by ${until}, and ${many === 1 ? 'it is booked if it is' : 'they are booked if they are'} still free. Until then no time is held.`,
    confirmAndBook: (many: number): string => `Confirm and book ${many === 1 ? 'it' : 'them'}`,
    notYou: 'If it was not you, there is nothing to do: without the link nothing is booked.',
    subjectApprove: (first: string): string => `Not booked yet: ${first}. We will answer.`,
    approve: (facts: { practice: string; many: number; until: string; contact: Contact }): string =>
      `Nothing is booked yet. ${facts.practice} looks at the first booking of each new client. You hear from us by e-mail when ${facts.many === 1 ? 'it is' : 'they are'} booked. If you have heard nothing by ${facts.until}, nothing was booked: please ${reach(facts.contact)}.`,
    subjectDeclined: (first: string): string => `Not booked: ${first}`,
    declined: (practice: string): string =>
      `${practice} could not take your booking. Nothing was booked, and there is nothing to pay.`,
    subjectTaken: (first: string): string => `Not booked, a date was taken: ${first}`,
    taken: (practice: string, many: number): string =>
      `${practice} said yes, but ${many === 1 ? 'this time' : 'one of these dates'} was taken in the meantime, so nothing was booked. Please choose again: what you choose now is booked at once.`,
    bookAnother: 'Book another time',
    subjectNew: (first: string, many: number): string =>
      `To approve: a new client, ${many === 1 ? 'on' : 'from'} ${first}`,
    isNew: (until: string, many: number): string =>
      `A new client asks for the ${many === 1 ? 'date' : 'dates'} below. Nothing is booked or held until you approve it, by ${until}.`,
    look: 'Look at it',
  },

  signIn: {
    subject: (practice: string): string => `Sign in to ${practice}`,
    somebodyAsked: (practice: string): string =>
      `Somebody (we hope it was you) asked to sign in to ${practice} with this address.`,
    press: 'Sign in',
    worksUntil: (until: string, zone: string): string => `The link works once, until ${until}, ${zone}.`,
    notYou: 'If it was not you, there is nothing to do: nobody can sign in without the link.',
  },

  newAddress: {
    subject: (practice: string): string => `Confirm your new e-mail address for ${practice}`,
    somebodyAsked: (practice: string): string =>
      `Somebody (we hope it was you) asked to sign in to ${practice} with this address from now on. Open the link where you are signed in.`,
    press: 'Use this address',
    notYou: 'If it was not you, there is nothing to do: without the link nothing is changed.',
  },

  addressChanged: {
    subject: (practice: string): string => `Your e-mail address for ${practice} was changed`,
    changed: (practice: string): string =>
      `You now sign in to ${practice} with another e-mail address. The links for that go there, and no longer here.`,
    notYou: (until: string): string =>
      `If it was not you, press this link until ${until}: you sign in with this address again, and whoever is signed in as you is signed out.`,
    press: 'It was not me',
  },

  answered: {
    subjectQuestion: (practice: string): string => `${practice} has answered your question`,
    subjectReport: (practice: string): string => `${practice} has corrected a page`,
    question: (practice: string, isInWords: boolean): string =>
      `You asked ${practice} something, and we have answered it${isInWords ? '.' : ' on a page.'}`,
    report: (practice: string): string =>
      `You reported a mistake to ${practice}, and we have corrected the page. Thank you.`,
    readAnswer: 'Read the answer',
    readPage: 'Read the page',
    doNotForward: 'The link shows what you asked as well, so please do not forward this e-mail.',
    nothingToDo: 'There is nothing you need to do.',
  },

  asked: {
    subject: (many: number): string =>
      many === 1
        ? 'A reader’s question or report is waiting'
        : `${many} questions and reports from readers are waiting`,
    waiting: (many: number, practice: string): string =>
      `${many === 1 ? 'A reader’s question or report is waiting' : `${many} questions and reports from readers are waiting`} for an answer from ${practice}.`,
    press: 'Read and answer',
    atMost: 'There is at most one e-mail of this kind an hour. What readers write is never in it.',
  },

  clientWrote: {
    /** Without a client's name where none may be used. */
    subject: (client: string, many: number): string =>
      `${client || 'A client'} sent ${many === 1 ? 'a message' : `${many} messages`}`,
    wrote: (client: string, many: number, practice: string): string =>
      `${client || 'A client'} sent ${many === 1 ? 'a message' : `${many} messages`} about their dates with ${practice}.`,
    press: 'Read and answer',
    neverHere: 'What clients write is never in an e-mail. Once you have answered, mark it so on the calendar.',
  },

  links: {
    subject: (practice: string): string => `Your bookings at ${practice}`,
    somebodyAsked: (isOne: boolean): string =>
      `Somebody (we hope it was you) asked for the ${isOne ? 'link' : 'links'} to what is booked with this address.`,
    allDates: 'See all my dates',
    plan: (facts: { service: string; therapist: string; client: string }): string =>
      `${facts.service} with ${facts.therapist}${facts.client && `, for ${facts.client}`}`,
    nextOn: (plan: string, when: string): string => `${plan}, next on ${when}`,
    lastOn: (plan: string, when: string): string => `${plan}, last on ${when}`,
    /** All of its dates are cancelled; the last of them was on `when`. */
    cancelled: (plan: string, when: string, many: number): string =>
      many === 1 ? `${plan}, on ${when}, cancelled` : `${plan}, until ${when}, all dates cancelled`,
    upcoming: (many: number): string => (many === 1 ? 'One upcoming date.' : `${many} upcoming dates.`),
    noneUpcoming: (isOnce: boolean): string =>
      `There are no upcoming dates. You can ${isOnce ? '' : 'add more, or '}book again.`,
    see: 'See, move or cancel',
    seeOrBookAgain: 'See it or book again',
    doNotForward: (isOne: boolean): string =>
      isOne
        ? 'Anyone with this link can see and change these bookings, so please do not forward this e-mail.'
        : 'Anyone with one of these links can see and change that booking, so please do not forward this e-mail.',
  },

  linkRenewed: {
    subject: (practice: string): string => `Your link to a booking at ${practice}`,
    newLink: (facts: { practice: string; service: string; many: number; first: string }): string => {
      const what = facts.many === 1 ? `${facts.service} on` : `${facts.service}, ${facts.many} dates from`;
      return `${facts.practice} has made a new link to your booking: ${what} ${facts.first}.`;
    },
    press: 'See the booking',
    worksUntil: (until: string): string => `It works until ${until}. The link you had before no longer works.`,
    doNotForward: 'Anyone with this link can see and change the booking, so please do not forward this e-mail.',
  },

  freed: {
    subject: (when: string): string => `Free again: ${when}`,
    free: ({ when, therapist, whose }: { when: string; therapist: string; whose: string }): string =>
      `${when} with ${therapist}, which ${whose ? `was skipped for ${whose}` : 'you skipped'}, has just become free.`,
    press: 'Book it after all',
    firstCome: 'It goes to whoever books it first. If you leave it, the other dates stay as they are.',
  },

  ownMessage: {
    subject: (practice: string): string => `A message from ${practice}`,
    youCanAnswer: (contact: Contact): string =>
      `${contact.name} wrote this to you. You can answer this e-mail, or ${reach(contact)}.`,
  },

  test: {
    subject: (practice: string): string => `A test e-mail from ${practice}`,
    works: 'This e-mail was sent from the settings of your booking site. If you are reading it, sending works.',
  },

  calendar: {
    massageWith: (therapist: string, client: string | null): string =>
      `Massage${client === null ? '' : ` for ${client}`} with ${therapist}`,
    massage: 'Massage',
    place: (position: number, sessions: number): string => `${position} of ${sessions}`,
    see: (url: string): string => `See, move or cancel: ${url}`,
    busy: 'Busy',
    cancelled: (title: string): string => `Cancelled: ${title}`,
  },

  /** Placeholders in a sample for facts that only a real message has. */
  sample: {
    ownLink: '[the client’s own link]',
    calendar: '[your calendar]',
    book: '[the way to book it]',
    form: '[the form]',
    coming: '[the way to say so]',
    reason: 'Here stands the reason that you give.',
  },
};

/** The entries that every language must have. */
export type Words = typeof en;
