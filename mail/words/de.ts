import { boldText } from '@/mail/layout';
import type { ChangeCount, Contact, Words } from './en';
import { makeDates } from './make-dates';

// German, to people who are addressed as "Sie". Names of pages stay in English, as the pages do.

const dates = makeDates({
  language: 'de',
  weekdays: ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'],
  shortWeekdays: ['So', 'Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa'],
  months: [
    ...['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni'],
    ...['Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'],
  ],
  shortMonths: [
    ...['Jan.', 'Feb.', 'März', 'Apr.', 'Mai', 'Juni'],
    ...['Juli', 'Aug.', 'Sept.', 'Okt.', 'Nov.', 'Dez.'],
  ],
  date: (day, month, year) => `${day}. ${month}${year === null ? '' : ` ${year}`}`,
  weekdayAndDate: (weekday, date) => `${weekday}, ${date}`,
  everyWeekday: (weekday) => `${weekday.toLowerCase()}s`,
  clock: (hour, minute) => `${String(hour).padStart(2, '0')}:${minute} Uhr`,
  repeated: { first: 'vor der Zeitumstellung', second: 'nach der Zeitumstellung' },
  dayAtTime: (day, time) => (/\d/.test(day) ? `${day}, um ${time}` : `${day} um ${time}`),
  dayAtTimeInText: (day, time) => `${day} ${time}`,
  range: (from, to) => `${from} bis ${to}`,
  onOneDay: (day) => `am ${day}`,
  fromTo: (from, to) => `vom ${from} bis ${to}`,
  numbers: ['zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf'],
  cadences: { once: 'einmal', weekly: 'jede Woche', biweekly: 'alle 2 Wochen' },
  units: {
    minute: { one: 'Minute', other: 'Minuten' },
    hour: { one: 'Stunde', other: 'Stunden' },
    day: { one: 'Tag', other: 'Tage' },
  },
  zone: 'Ortszeit der Praxis',
  parts: { morning: 'vormittags', afternoon: 'nachmittags', evening: 'abends' },
  and: 'und',
  betweenDays: '; ',
  anyTime: 'an jedem Tag und zu jeder Zeit',
});

const { number } = dates;
/** Begins a sentence, or follows a word such as "danach". */
const reach = ({ name, phone }: Contact) =>
  phone ? `rufen Sie uns bitte an: ${phone}` : `melden Sie sich bitte bei ${name}`;
const begin = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const massages = (many: number) => (many === 1 ? 'eine Massage' : `${number(many)} Massagen`);
const appointments = (many: number) => (many === 1 ? 'ein Termin' : `${number(many)} Termine`);
const by = (therapist: string | null) => (therapist ? ` bei ${therapist}` : '');
const OTHER_PERSON = 'der anderen Person';
/** The same person as whoever comes, or is awaited. */
const asWho = (whose: string) => (whose === OTHER_PERSON ? 'die andere Person' : whose);
/** "Ana kommt", or what says so of the reader. */
const beginWith = (whose: string, verb: string, reader: string) => (whose ? `${begin(asWho(whose))} ${verb}` : reader);
/** "Ihre Termine", or those of the person the reader booked for. */
const datesOf = (whose: string) => (whose ? `die Termine von ${whose}` : 'Ihre Termine');
const massageOf = (whose: string) => (whose ? `die Massage von ${whose}` : 'Ihre Massage');
/** After a number, or "einige". */
const ofTheirs = (noun: string, whose: string) => (whose ? `${noun} von ${whose}` : `Ihrer ${noun}`);
const hours = (from: string, until: string) => `${from.replace(/ Uhr$/, '')} bis ${until}`;
const lengthChange = ({ minutes, was }: { minutes: number; was: number }) =>
  `dauert jetzt ${minutes} Minuten statt ${was}`;
const theseOnes = (many: number, one: string, other: string) =>
  many === 1 ? `Dieser Termin ${one}.` : `Diese Termine ${other}.`;

export const de: Words = {
  dates,

  hello: ({ fullName }) => (fullName ? `Guten Tag, ${fullName}!` : 'Guten Tag!'),
  aboutDatesOf: (name) => `Es geht um die Termine von ${name}.`,
  subjectFor: (subject, name) => `${subject} (für ${name})`,
  aboutDatesOfAnother: 'Es geht um Termine, die für jemand anderen gebucht sind.',
  subjectForAnother: (subject) => `${subject} (für jemand anderen)`,
  // After "von".
  otherPerson: OTHER_PERSON,
  demo: 'Dies ist eine Demo-Praxis: Alle Namen und Termine sind erfunden.',
  allTimes: (zone) => `Alle Zeiten sind ${zone}.`,
  doNotForward: 'Die Links öffnen diese Termine. Leiten Sie diese E-Mail deshalb bitte nicht weiter.',

  colon: ':',
  asLine: begin,
  appointment: ({ day, from, until, service, therapist }) => [
    boldText(`${day}, ${hours(from, until)}`),
    `: ${service} bei ${therapist}`,
  ],
  itWas: ({ when, minutes, therapist }) => {
    const before = [when, minutes === undefined ? undefined : `${minutes} Minuten`, therapist && `bei ${therapist}`];
    return ` (vorher: ${before.filter(Boolean).join(', ')})`;
  },
  noDates: 'keine Termine',
  oneDate: ({ when, therapist }) => `${when}${by(therapist)}`,
  standingDates: ({ when, isBiweekly, therapist, range }) =>
    `${isBiweekly ? 'alle 2 Wochen ' : ''}${when}${by(therapist)}, ${range}`,
  otherDates: ({ many, therapist, range }) => `${number(many)} Termine${by(therapist)}, ${range}`,
  bookableDate: ({ when, therapist }) => `${when} bei ${therapist}`,
  bookableSeries: ({ weekdayAndTime, therapist, isBiweekly, many, first }) =>
    `${begin(weekdayAndTime)} bei ${therapist}${isBiweekly ? ', alle 2 Wochen' : ''}, ${number(many)} Termine ab ${first}`,

  series: {
    changed: (counts) => {
      const what: Record<ChangeCount['change'], string> = {
        ...{ moved: 'verschoben', resized: 'mit anderer Dauer', cancelled: 'abgesagt', added: 'neu' },
        ...{ takenOver: 'für Sie übernommen', givenOver: 'abgegeben' },
      };
      return counts
        .map(({ change, many }, at) => {
          const dates = at === 0 ? appointments(many) : many === 1 ? 'einer' : number(many);
          return `${dates} ${what[change]}`;
        })
        .join(', ');
    },
    newTimes: (many) => (many === 1 ? 'Das ist die neue Zeit.' : 'Das sind die neuen Zeiten.'),
    otherLength: (many) => theseOnes(many, 'dauert länger oder kürzer', 'dauern länger oder kürzer'),
    cancelledOnes: (many) => theseOnes(many, 'ist abgesagt', 'sind abgesagt'),
    bookedOnes: (many) => theseOnes(many, 'ist neu gebucht', 'sind neu gebucht'),
    cancelledHeading: 'Abgesagt',
    noOtherDates: 'In dieser Buchung gibt es keine weiteren Termine.',
    beside: ({ name, therapists, isOwnEmail, isReader }) => {
      const own = isOwnEmail ? ' Für diese Termine bekommen Sie eine eigene E-Mail mit einem eigenen Link.' : '';
      const who = isReader
        ? 'Sie kommen zur gleichen Zeit und sind'
        : `${name || 'Eine zweite Person'} kommt zur gleichen Zeit und ist`;
      return `${who} bei ${therapists.join(' oder ')}.${own}`;
    },
  },

  toClient: {
    subjectChanged: ({ changed, next }) => `Geändert: ${changed}${next === null ? '' : `; nächster Termin ${next}`}`,
    subjectCancelled: (shortDates) => `Abgesagt: ${shortDates}`,
    subjectAdded: (shortDates) => `Dazugebucht: ${shortDates}`,
    subjectBooked: (shortDates) => `Gebucht: ${shortDates}`,
    subjectLength: (minutes, shortDates) => `Jetzt ${minutes} Minuten: ${shortDates}`,
    subjectLengths: (shortDates) => `Andere Dauer: ${shortDates}`,
    subjectReplaced: ({ from, to, when }) => `${to} statt ${from}: ${when}`,
    subjectMovedOne: (shortDates) => `Verschoben: jetzt ${shortDates}`,
    subjectMoved: (shortDates) => `Verschoben: ${shortDates}`,
    preheaderNext: (when, place) => `Nächster Termin: ${when}, ${place}`,
    preheaderNothing: 'Sonst ist nichts gebucht.',

    someChanged: (whose) => `Einige ${ofTheirs('Termine', whose)} haben sich geändert.`,
    moreBooked: ({ many, practice, whose }) =>
      many === 1
        ? `Ein weiterer Termin ${whose && `von ${whose} `}bei ${practice} ist gebucht.`
        : `${begin(number(many))} weitere Termine ${whose && `von ${whose} `}bei ${practice} sind gebucht.`,
    booked: ({ many, practice, whose }) =>
      many === 1
        ? `${begin(massageOf(whose))} bei ${practice} ist gebucht.`
        : `${whose ? `Die ${number(many)} Massagen von ${whose}` : `Ihre ${number(many)} Massagen`} bei ${practice} sind gebucht.`,
    lengthOfOne: (length, whose) => `${begin(massageOf(whose))} ${lengthChange(length)}.`,
    lengths: (whose) => `Einige ${ofTheirs('Massagen', whose)} dauern jetzt länger oder kürzer.`,
    replaced: ({ from, to, many, areTimesUnchanged, whose }) => {
      const times = areTimesUnchanged
        ? 'Tag und Uhrzeit bleiben gleich.'
        : `Bitte beachten Sie auch ${many === 1 ? 'die neue Zeit' : 'die Zeiten: Einige sind neu'}.`;
      const massages = whose ? `die Massagen von ${whose}` : 'Ihre Massagen';
      return [boldText(to), ` übernimmt ${many === 1 ? massageOf(whose) : massages} statt ${from}. ${times}`];
    },
    otherTherapists: (many, whose) =>
      `${begin(number(many))} ${ofTheirs('Massagen', whose)} sind jetzt bei jemand anderem. Tage und Uhrzeiten bleiben gleich.`,
    movedOne: ({ from, to, whose }) => [
      `${begin(massageOf(whose))} ist verschoben: nicht ${from}, sondern `,
      boldText(to),
      '.',
    ],
    changedOne: (whose) => `${begin(massageOf(whose))} hat sich geändert.`,
    changed: (many, whose) => `${begin(number(many))} ${ofTheirs('Termine', whose)} haben sich geändert.`,
    moved: (many, whose) => `${begin(number(many))} ${ofTheirs('Termine', whose)} sind verschoben.`,
    weCancelOne: ({ when, therapist, whose }) => [
      `Es tut uns leid: Wir müssen ${massageOf(whose)} am `,
      boldText(when),
      ` bei ${therapist} absagen.`,
    ],
    weCancel: ({ many, whose }) => `Es tut uns leid: Wir müssen ${number(many)} ${ofTheirs('Termine', whose)} absagen.`,
    cancelledOne: ({ when, therapist, onRequest, whose }) => [
      `${begin(massageOf(whose))} am `,
      boldText(when),
      ` bei ${therapist} ist abgesagt${onRequest ? ', wie Sie es wünschten' : ''}.`,
    ],
    cancelled: ({ many, onRequest, whose }) =>
      `${begin(number(many))} ${ofTheirs('Termine', whose)} sind abgesagt${onRequest ? ', wie Sie es wünschten' : ''}.`,

    nextDate: (whose) => (whose ? `Nächster Termin von ${whose}` : 'Ihr nächster Termin'),
    seeDates: () => 'Termine ansehen, verschieben oder absagen',
    seeBookingOrBookAgain: 'Buchung ansehen oder wieder buchen',
    freeInstead: 'Diese Zeiten sind frei. Öffnen Sie einen Link, um sie zu buchen:',
    addedHeading: 'Neu dazu',
    allDatesHeading: (whose) => (whose ? `Alle Termine von ${whose}` : 'Alle Ihre Termine'),
    datesNowHeading: (whose) => `${begin(datesOf(whose))} jetzt`,
    skipped: (whens) => `Ausgelassen und nicht gebucht: ${whens.join('; ')}.`,
    nowCosts: (many, total) => (many === 1 ? `Sie kostet jetzt ${total}.` : `Sie kosten jetzt ${total}.`),
    newOnesCost: (many, total) =>
      many === 1 ? `Der neue Termin kostet ${total}.` : `Die neuen Termine kosten zusammen ${total}.`,
    costs: (many, total) =>
      many === 1 ? `Preis: ${total}.` : `Zusammen kosten sie ${total}. Sie können nach jedem Termin aufhören.`,
    pleaseConfirm: (whose) =>
      `Bitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört. ${whose ? 'Die' : 'Ihre'} Termine bleiben in jedem Fall bestehen.`,
    confirmAddress: 'E-Mail-Adresse bestätigen',
    healthForm: (whose) => `Gesundheitsbogen${whose && ` von ${whose}`} ausfüllen oder prüfen`,
    cutoffs: ({ toCancel, toMove, contact }) => {
      const until =
        toCancel === toMove
          ? `Sie können einen Termin bis ${toCancel} vor Beginn absagen oder verschieben`
          : `Sie können einen Termin bis ${toCancel} vor Beginn absagen und bis ${toMove} vor Beginn verschieben`;
      return `${until}. Danach ${reach(contact)}.`;
    },
    houseRules: ({ movesPerDate, graceMinutes }) => {
      const often = movesPerDate === 1 ? 'einmal' : `${number(movesPerDate)}mal`;
      const moves = movesPerDate > 0 ? [`Jeder Termin lässt sich online ${often} verschieben.`] : [];
      const late = `Wenn Sie sich verspäten, warten wir ${dates.duration(graceMinutes)} auf Sie.`;
      return [...moves, ...(graceMinutes > 0 ? [late] : [])].join(' ');
    },
    where: 'Ort',
    phone: 'Telefon',
  },

  toTherapist: {
    subjectChanged: (client, changed) => `Geändert: ${client}, ${changed}`,
    subjectAdded: (client, shortDates) => `Dazugebucht: ${client}, ${shortDates}`,
    subjectNew: (client, shortDates) => `Neu: ${client}, ${shortDates}`,
    subjectTakenOver: (client, shortDates) => `Jetzt bei Ihnen: ${client}, ${shortDates}`,
    subjectGivenOver: (client, shortDates, to) => `Jetzt bei ${to ?? 'anderen'}: ${client}, ${shortDates}`,
    subjectCancelled: (client, shortDates) => `Abgesagt: ${client}, ${shortDates}`,
    subjectLength: (client, shortDates, minutes) => `Jetzt ${minutes} Minuten: ${client}, ${shortDates}`,
    subjectLengths: (client, shortDates) => `Andere Dauer: ${client}, ${shortDates}`,
    subjectMovedOne: (client, when) => `Verschoben: ${client}, jetzt ${when}`,
    subjectMoved: (client, shortDates) => `Verschoben: ${client}, ${shortDates}`,
    preheaderNext: (client, when) => `Nächster Termin mit ${client}: ${when}`,
    preheaderNothing: (client) => `Sie haben keine weiteren Termine mit ${client}.`,

    booked: (client, many) => `${client} hat ${massages(many)} bei Ihnen gebucht.`,
    moreBooked: (client, many) =>
      `${client} hat ${many === 1 ? 'eine weitere Massage' : `${number(many)} weitere Massagen`} bei Ihnen gebucht.`,
    takenOver: (client, many, from) => `Sie übernehmen ${massages(many)} mit ${client} von ${from ?? 'anderen'}.`,
    givenOver: (client, many, to) => `${to ?? 'Jemand anders'} übernimmt ${massages(many)} mit ${client} von Ihnen.`,
    cancelled: (client, many, who) => {
      const why = {
        client: ' Auf eigenen Wunsch. Die Zeit ist wieder frei.',
        practice: ' Die Praxis hat abgesagt.',
        none: '',
      }[who ?? 'none'];
      const what = many === 1 ? `Ein Termin mit ${client} ist` : `Termine mit ${client} sind`;
      return `${what} abgesagt.${why}`;
    },
    lengthOfOne: (client, length) => `Die Massage mit ${client} ${lengthChange(length)}.`,
    lengths: (client) => `Einige Massagen mit ${client} dauern jetzt länger oder kürzer.`,
    moved: (client, many) =>
      many === 1 ? `Ein Termin mit ${client} ist verschoben.` : `Termine mit ${client} sind verschoben.`,
    changed: (client) => `Termine mit ${client} haben sich geändert.`,

    nextWith: (client) => `Nächster Termin mit ${client}`,
    openCalendar: 'Kalender öffnen',
    newHeading: 'Neue Termine',
    givenOverHeading: 'Nicht mehr bei Ihnen',
    takenOverOnes: (many) =>
      theseOnes(many, 'ist jetzt bei Ihnen, vorher bei anderen', 'sind jetzt bei Ihnen, vorher bei anderen'),
    givenOverOnes: (many) => theseOnes(many, 'ist jetzt bei anderen', 'sind jetzt bei anderen'),
    allDatesHeading: 'Alle Termine',
    nowHeading: 'Jetzt bei Ihnen',
    stillHeading: 'Weiterhin bei Ihnen',
  },

  reminder: {
    subjectOne: (when, therapist) => `Erinnerung: ${when} bei ${therapist}`,
    subjectWeek: ({ many, first, whose }) => `${whose ? 'Die' : 'Ihre'} nächsten ${number(many)} Termine, ab ${first}`,
    preheader: (when, place) => `${when}, ${place}`,
    lookForward: (practice, whose) =>
      `Wir freuen uns auf ${whose ? `den Besuch von ${whose}` : 'Ihren Besuch'} bei ${practice}.`,
    comingWeek: ({ many, practice, whose }) =>
      many === 1
        ? `In der kommenden Woche ${whose ? `hat ${asWho(whose)}` : 'haben Sie'} eine Massage bei ${practice}.`
        : `Das sind ${whose ? `die Massagen von ${whose}` : 'Ihre Massagen'} bei ${practice} in der kommenden Woche.`,
    yourDates: (many, whose) =>
      many === 1 ? (whose ? `Der Termin von ${whose}` : 'Ihr Termin') : begin(datesOf(whose)),
    coming: (whose) => beginWith(whose, 'kommt', 'Ich komme'),
    comingOn: (when, whose) => `${beginWith(whose, 'kommt', 'Ich komme')} am ${when}`,
    fillInForm: 'Bitte füllen Sie vorher einen kurzen Fragebogen aus. Das dauert etwa drei Minuten.',
    form: 'Fragebogen ausfüllen',
    sayWhatIsNew: 'Angeben, ob es etwas Neues gibt',
    tooLate: ({ many, contact, whose }) =>
      `${many === 1 ? 'Dieser Termin lässt' : 'Diese Termine lassen'} sich online nicht mehr ändern. Wenn ${whose ? `${asWho(whose)} nicht kommen kann` : 'Sie nicht kommen können'}, ${reach(contact)}.`,
    seeDates: () => 'Termine ansehen',
    afterThat: (contact) => `Danach ${reach(contact)}.`,
    changeUntil: (when, until) => `Online verschieben oder absagen können Sie ${which(when)} bis ${until}.`,
    cancelAndMoveUntil: (when, { cancel, move }) =>
      `Online absagen können Sie ${which(when)} bis ${cancel}, verschieben bis ${move}.`,
    cancelUntil: (when, until) => `Online absagen können Sie ${which(when)} bis ${until}.`,
    moveUntil: (when, until) => `Online verschieben können Sie ${which(when)} bis ${until}.`,
    fewer:
      'Wenn Sie weniger oder keine Erinnerungen möchten, öffnen Sie über den Link oben die Termine und suchen dort „Reminders“ (Erinnerungen).',
  },

  text: {
    subject: 'SMS',
    reminder: ({ when, therapist, url, hearsReplies }) => {
      const end = hearsReplies ? 'Abbestellen: STOP' : 'Abbestellen: im Link';
      return `: ${when.replace(/ Uhr$/, '')} bei ${therapist}. Kommen oder verschieben? ${url ? `${url} ` : ''}${end}`;
    },
  },

  followUp: {
    subjectAgain: (therapist) => `Wieder zu ${therapist}?`,
    subjectMissed: (when, whose) => `Wir haben ${whose || 'Sie'} vermisst: ${when}`,
    once: 'Diese E-Mail schicken wir nur einmal. Wenn Sie solche E-Mails nicht möchten, öffnen Sie den Link unten und suchen dort „After your dates“ (nach den Terminen).',
    thanks: (practice, whose) =>
      whose
        ? `Danke! Der letzte gebuchte Termin von ${whose} bei ${practice} ist vorbei.`
        : `Danke für Ihren Besuch bei ${practice}. Das war Ihr letzter gebuchter Termin.`,
    same: ({ service, minutes, therapist, when }) =>
      `${service}, ${minutes} Minuten bei ${therapist}, ${when ?? 'eine Woche später zur gleichen Zeit'}`,
    otherTimes: 'Andere Zeiten ansehen',
    bookAgain: 'Wieder buchen',
    continueFree: (same) =>
      `Möchten Sie weitermachen? Der Link unten führt zum Gleichen wie bisher: ${same}. Für Sie ist nichts reserviert, und vor dem Buchen sehen Sie jeden Termin.`,
    continueHeld: ({ same, many, areAll, until }) => {
      const held =
        many === 1 ? 'diesen Termin' : areAll ? `diese ${number(many)} Termine` : `die ersten ${number(many)} Termine`;
      return `Möchten Sie weitermachen mit ${same}? Wir halten ${held} für Sie frei, bis ${until}.`;
    },
    bookHeld: (many) =>
      `Buchen Sie ${many === 1 ? 'ihn' : 'sie'} mit dem Link unten. Bevor etwas gebucht wird, sehen Sie jeden Termin.`,
    continueTaken: (same) => `Möchten Sie weitermachen? Das Gleiche wie bisher, ${same}, ist leider nicht frei.`,
    freeNearIt: 'Diese Zeiten in der Nähe sind frei. Öffnen Sie einen Link, um zu buchen:',
    missed: ({ practice, when, therapist, whose }) =>
      `Wir haben ${whose || 'Sie'} am ${when} bei ${therapist} erwartet (${practice}) und hoffen, dass alles in Ordnung ist.`,
    ifSomethingCameUp: (contact) => `Wenn etwas dazwischengekommen ist oder wir uns geirrt haben, ${reach(contact)}.`,
    bookAnother: 'Andere Zeit buchen',
  },

  score: {
    subjectBefore: (weekday) => `Zwei kurze Fragen vor dem Termin am ${weekday}`,
    subjectAfter: (weekday) => `Zwei kurze Fragen zur Massage am ${weekday}`,
    subjectCheckIn: 'Vier Termine: weitermachen, ändern oder aufhören?',
    before: ({ practice, when, whose }) =>
      `${beginWith(whose, 'kommt', 'Sie kommen')} am ${when} zu uns (${practice}). Wenn Sie jetzt zweimal tippen, sehen Sie später, ob sich etwas verändert hat.`,
    whyThreeDays:
      'Wir fragen vor dem ersten Termin an bis zu drei Tagen, denn ein einzelner Tag kann gut oder schlecht sein.',
    session: ({ practice, when, whose }) =>
      `${beginWith(whose, 'kommt', 'Sie kommen')} am ${when} zu uns (${practice}). Bitte antworten Sie vorher. Zweimal tippen genügt.`,
    after: ({ practice, when, whose }) =>
      `${beginWith(whose, 'war', 'Sie waren')} am ${when} bei uns (${practice}). Wie geht es ${whose || 'Ihnen'} jetzt?`,
    checkIn: (practice, whose) =>
      `${beginWith(whose, 'war', 'Sie waren')} viermal bei uns (${practice}). Ein guter Moment, um zurückzublicken und weiterzumachen, etwas zu ändern, zu pausieren oder aufzuhören. Alles davon ist in Ordnung.`,
    answer: 'Antworten, zweimal tippen',
    progress: 'Ansehen, wie es läuft',
    needNotAnswer:
      'Sie müssen nicht antworten. Wenn Sie solche Fragen nicht mehr möchten, öffnen Sie den Link und drücken „Do not ask me again“ (nicht mehr fragen).',
  },

  waitlist: {
    subjectConfirm: (practice) => `Bitte bestätigen: Warteliste, ${practice}`,
    somebodyAsked: (practice) =>
      `Jemand (hoffentlich Sie selbst) möchte mit dieser Adresse auf die Warteliste: ${practice}.`,
    yes: 'Ja, auf die Warteliste',
    ignore: 'Wenn Sie das nicht waren, müssen Sie nichts tun: Auf die Liste kommt nur, wer den Link drückt.',
    subjectJoined: (practice) => `Auf der Warteliste: ${practice}`,
    weHoldIt: 'Wird eine passende Zeit frei, halten wir sie für Sie frei und schreiben Ihnen.',
    untilWhen: 'In der E-Mail steht, bis wann sie für Sie frei bleibt. Gebucht wird erst, wenn Sie ja sagen.',
    seeOrLeave: 'Ansehen oder Liste verlassen',
    waitingFor: 'Ihr Wunsch',
    massage: ({ service, minutes, therapist, cadence, sessions }) => {
      const many = cadence === 'once' ? '' : `, ${number(sessions)} Termine, ${dates.cadence(cadence)} einer`;
      return `${service}, ${minutes} Minuten, ${therapist === null ? 'egal bei wem' : `bei ${therapist}`}${many}`;
    },
    what: ({ service, minutes, therapist }) => `${service}, ${minutes} Minuten, bei ${therapist}`,
    preheader: (what, until) => `${what}. Für Sie frei bis ${until}.`,
    subjectOffer: (many, first) =>
      many === 1 ? `Für Sie frei: ${first}` : `Für Sie frei: ${many} Termine ab ${first}`,
    skippedFree: ({ first, what, whose }) =>
      `Ein Termin${whose && ` von ${whose}`} wurde ausgelassen: ${first}. Er ist wieder frei, und wir halten ihn für Sie: ${what}.`,
    seriesFree: (many, what) =>
      `Eine feste Zeit ist frei geworden, und wir halten ${many === 2 ? 'beide' : `alle ${number(many)}`} Termine für Sie frei: ${what}.`,
    oneFree: (first, what) => `Eine Zeit ist frei geworden, und wir halten sie für Sie frei: ${first}, ${what}.`,
    replaces: (when, whose) =>
      `Wenn Sie ja sagen, ersetzt sie ${whose ? `den Termin von ${whose}` : 'Ihren Termin'} am ${when}.`,
    heldUntil: (until) => `Sie bleibt für Sie frei bis ${until}. Danach fragen wir die nächste Person.`,
    answer: 'Ja oder nein antworten',
    nothingBooked: 'Gebucht wird erst, wenn Sie ja sagen.',
    where: (place) => `Ort: ${place}.`,
  },

  handOver: {
    subjectAsk: ({ from, to, many, whose }) =>
      whose
        ? `Darf ${to} statt ${from} ${many === 1 ? 'den Termin' : 'die Termine'} von ${whose} übernehmen?`
        : `Darf ${to} ${many === 1 ? 'Ihren Termin' : 'Ihre Termine'} von ${from} übernehmen?`,
    ask: ({ from, to, many, whose }) =>
      many === 1
        ? `Noch ist alles wie bisher: ${whose ? `Der Termin von ${whose}` : 'Ihr Termin'} ist bei ${from}. Wenn Sie ja sagen, übernimmt ${to} ihn:`
        : `Noch ist alles wie bisher: ${begin(datesOf(whose))} sind bei ${from}. Wenn Sie ja sagen, übernimmt ${to} diese ${number(many)}:`,
    answerBy: (until) => `Bitte antworten Sie bis ${until}. Der Preis bleibt gleich.`,
    answer: 'Ja oder nein antworten',
    ifNo: ({ from, to, many }) =>
      many === 1
        ? `Wenn Sie nein sagen oder nicht antworten, bleibt er bei ${from}, bis Sie von uns hören. Für Sie ist bei ${to} nichts reserviert: Wird die Zeit vorher vergeben, bleibt der Termin bei ${from}.`
        : `Wenn Sie nein sagen oder nicht antworten, bleiben sie bei ${from}, bis Sie von uns hören. Für Sie ist bei ${to} nichts reserviert: Wird eine neue Zeit vorher vergeben, bleibt dieser Termin bei ${from}.`,
    questions: (zone, contact) => `Alle Zeiten sind ${zone}. Bei Fragen ${reach(contact)}.`,
    aClientOf: (therapist) => `Ein Gast von ${therapist}`,
    subjectAsked: ({ client, many, from, to }) => `Gefragt: ${client}, ${appointments(many)} von ${from} an ${to}`,
    asked: ({ client, many, from, to, until }) =>
      `${client} ist gefragt, ob ${appointments(many)} von ${from} an ${to} gehen ${many === 1 ? 'darf' : 'dürfen'}, und kann bis ${until} antworten. Noch ist nichts geändert, und bei ${to} ist nichts reserviert.`,
    subjectDeclined: ({ client, many, from }) =>
      `${client}: nein, ${appointments(many)} ${many === 1 ? 'bleibt' : 'bleiben'} bei ${from}`,
    declined: ({ client, many, from, to }) =>
      `${client} war gefragt, ob ${appointments(many)} von ${from} an ${to} gehen ${many === 1 ? 'darf' : 'dürfen'}, und hat nein gesagt. ${many === 1 ? 'Der Termin bleibt' : 'Die Termine bleiben'} bei ${from}.`,
    subjectWithdrawn: ({ client, many, from }) => `Nicht mehr gefragt: ${client}, ${appointments(many)} bei ${from}`,
    withdrawn: ({ client, many, from, to }) =>
      `${client} wird nicht mehr gefragt, ob ${appointments(many)} von ${from} an ${to} gehen ${many === 1 ? 'darf' : 'dürfen'}. ${many === 1 ? 'Der Termin bleibt' : 'Die Termine bleiben'} vorerst bei ${from}.`,
    otherHour: (when, time) => `${when}; dann um ${time}`,
    otherDay: (when, to) => `${when}; dann ${to}`,
  },

  request: {
    date: ({ day, from, until, service, therapist }) => `${day}, ${hours(from, until)}: ${service}${by(therapist)}`,
    questions: (contact) => `Bei Fragen ${reach(contact)}.`,
    subjectConfirm: (time) => `Noch nicht gebucht: bitte bis ${time} bestätigen`,
    confirm: (practice, until, many) =>
      `Noch ist nichts gebucht. Jemand (hoffentlich Sie selbst) hat mit dieser Adresse nach ${many === 1 ? 'dem Termin' : 'den Terminen'} unten gefragt: ${practice}. Drücken Sie den Link bis ${until}, dann ${many === 1 ? 'ist er gebucht, wenn er noch frei ist' : 'sind sie gebucht, wenn sie noch frei sind'}. Bis dahin ist nichts reserviert.`,
    confirmAndBook: () => 'Bestätigen und buchen',
    notYou: 'Wenn Sie das nicht waren, müssen Sie nichts tun: Ohne den Link wird nichts gebucht.',
    subjectApprove: (first) => `Noch nicht gebucht: ${first}. Wir antworten Ihnen.`,
    approve: ({ practice, many, until, contact }) =>
      `Noch ist nichts gebucht. Die erste Buchung sehen wir uns immer selbst an (${practice}). Sie bekommen eine E-Mail, sobald ${many === 1 ? 'der Termin gebucht ist' : 'die Termine gebucht sind'}. Haben Sie bis ${until} nichts gehört, ist nichts gebucht: Dann ${reach(contact)}.`,
    subjectDeclined: (first) => `Nicht gebucht: ${first}`,
    declined: (practice) =>
      `Leider konnten wir Ihre Buchung nicht annehmen (${practice}). Es ist nichts gebucht und nichts zu bezahlen.`,
    subjectTaken: (first) => `Nicht gebucht, ein Termin war schon vergeben: ${first}`,
    taken: (practice, many) =>
      `Wir hätten gern zugesagt (${practice}), aber ${many === 1 ? 'dieser Termin' : 'einer dieser Termine'} wurde inzwischen vergeben, und so ist nichts gebucht. Bitte wählen Sie noch einmal: Diesmal wird sofort gebucht.`,
    bookAnother: 'Andere Zeit buchen',
    subjectNew: (first, many) => `Zum Bestätigen: jemand Neues, ${many === 1 ? '' : 'ab '}${first}`,
    isNew: (until, many) =>
      `Jemand, der noch nie da war, fragt nach ${many === 1 ? 'dem Termin' : 'den Terminen'} unten. Gebucht und reserviert ist nichts, bis Sie zustimmen, spätestens bis ${until}.`,
    look: 'Ansehen',
  },

  signIn: {
    subject: (practice) => `Anmelden: ${practice}`,
    somebodyAsked: (practice) =>
      `Jemand (hoffentlich Sie selbst) möchte sich mit dieser Adresse anmelden: ${practice}.`,
    press: 'Anmelden',
    worksUntil: (until, zone) => `Der Link gilt einmal, bis ${until} (${zone}).`,
    notYou: 'Wenn Sie das nicht waren, müssen Sie nichts tun: Ohne den Link kann sich niemand anmelden.',
  },

  newAddress: {
    subject: (practice) => `Neue E-Mail-Adresse bestätigen: ${practice}`,
    somebodyAsked: (practice) =>
      `Jemand (hoffentlich Sie selbst) möchte sich künftig mit dieser Adresse anmelden: ${practice}. Öffnen Sie den Link dort, wo Sie angemeldet sind.`,
    press: 'Diese Adresse verwenden',
    notYou: 'Wenn Sie das nicht waren, müssen Sie nichts tun: Ohne den Link wird nichts geändert.',
  },

  addressChanged: {
    subject: (practice) => `Ihre E-Mail-Adresse wurde geändert: ${practice}`,
    changed: (practice) =>
      `Sie melden sich jetzt mit einer anderen E-Mail-Adresse an (${practice}). Die Links dafür gehen dorthin und nicht mehr hierher.`,
    notYou: (until) =>
      `Wenn Sie das nicht waren, öffnen Sie bis ${until} diesen Link: Dann melden Sie sich wieder mit dieser Adresse an, und wer als Sie angemeldet ist, wird abgemeldet.`,
    press: 'Das war ich nicht',
  },

  answered: {
    subjectQuestion: (practice) => `Antwort auf Ihre Frage: ${practice}`,
    subjectReport: (practice) => `Seite berichtigt: ${practice}`,
    question: (practice, isInWords) =>
      `Sie haben uns etwas gefragt (${practice}), und wir haben ${isInWords ? 'geantwortet' : 'auf einer Seite geantwortet'}.`,
    report: (practice) =>
      `Sie haben uns einen Fehler gemeldet (${practice}), und wir haben die Seite berichtigt. Danke.`,
    readAnswer: 'Antwort lesen',
    readPage: 'Seite lesen',
    doNotForward: 'Der Link zeigt auch Ihre Frage. Leiten Sie diese E-Mail deshalb bitte nicht weiter.',
    nothingToDo: 'Sie müssen nichts tun.',
  },

  asked: {
    subject: (many) => (many === 1 ? 'Eine Frage oder Meldung wartet' : `${many} Fragen und Meldungen warten`),
    waiting: (many, practice) =>
      many === 1
        ? `Eine Frage oder Meldung wartet auf eine Antwort: ${practice}.`
        : `${many} Fragen und Meldungen warten auf eine Antwort: ${practice}.`,
    press: 'Lesen und antworten',
    atMost: 'Es kommt höchstens eine solche E-Mail in der Stunde. Was geschrieben wurde, steht nie darin.',
  },

  clientWrote: {
    subject: (client, many) =>
      `${many === 1 ? 'Eine Nachricht' : `${many} Nachrichten`}${client ? ` von ${client}` : ' zu Terminen'}`,
    wrote: (client, many, practice) =>
      `${client || 'Jemand'} hat ${many === 1 ? 'eine Nachricht' : `${many} Nachrichten`} zu den eigenen Terminen geschickt: ${practice}.`,
    press: 'Lesen und antworten',
    neverHere:
      'Was Kundinnen und Kunden schreiben, steht nie in einer E-Mail. Wenn Sie geantwortet haben, vermerken Sie es im Kalender.',
  },

  links: {
    subject: (practice) => `Ihre Buchungen: ${practice}`,
    somebodyAsked: (isOne) =>
      `Jemand (hoffentlich Sie selbst) hat nach ${isOne ? 'dem Link' : 'den Links'} zu den Terminen gefragt, die mit dieser Adresse gebucht sind.`,
    allDates: 'Alle meine Termine ansehen',
    plan: ({ service, therapist, client }) => `${service} bei ${therapist}${client && `, für ${client}`}`,
    nextOn: (plan, when) => `${plan}, das nächste Mal ${when}`,
    lastOn: (plan, when) => `${plan}, zuletzt ${when}`,
    cancelled: (plan, when, many) =>
      many === 1 ? `${plan}, ${when}, abgesagt` : `${plan}, bis ${when}, alle Termine abgesagt`,
    upcoming: (many) => (many === 1 ? 'Ein Termin steht noch an.' : `${many} Termine stehen noch an.`),
    noneUpcoming: (isOnce) =>
      `Es stehen keine Termine mehr an. Sie können ${isOnce ? '' : 'weitere dazubuchen oder '}neu buchen.`,
    see: 'Ansehen, verschieben oder absagen',
    seeOrBookAgain: 'Ansehen oder wieder buchen',
    doNotForward: (isOne) =>
      isOne
        ? 'Wer diesen Link hat, kann diese Buchungen sehen und ändern. Leiten Sie diese E-Mail deshalb bitte nicht weiter.'
        : 'Wer einen dieser Links hat, kann die Buchung sehen und ändern. Leiten Sie diese E-Mail deshalb bitte nicht weiter.',
  },

  linkRenewed: {
    subject: (practice) => `Ihr Link zu einer Buchung: ${practice}`,
    newLink: ({ practice, service, many, first }) =>
      `Wir haben Ihnen einen neuen Link zu Ihrer Buchung gemacht (${practice}): ${service}, ${many === 1 ? first : `${many} Termine ab ${first}`}.`,
    press: 'Buchung ansehen',
    worksUntil: (until) => `Er gilt bis ${until}. Der Link, den Sie vorher hatten, gilt nicht mehr.`,
    doNotForward:
      'Wer diesen Link hat, kann die Buchung sehen und ändern. Leiten Sie diese E-Mail deshalb bitte nicht weiter.',
  },

  freed: {
    subject: (when) => `Wieder frei: ${when}`,
    free: ({ when, therapist, whose }) =>
      `Ein Termin${whose && ` von ${whose}`} wurde ausgelassen: ${when} bei ${therapist}. Er ist gerade frei geworden.`,
    press: 'Doch noch buchen',
    firstCome: 'Wer zuerst bucht, bekommt ihn. Wenn Sie ihn nicht möchten, bleiben die anderen Termine, wie sie sind.',
  },

  ownMessage: {
    subject: (practice) => `Eine Nachricht: ${practice}`,
    youCanAnswer: (contact) =>
      `${contact.name} hat Ihnen das geschrieben. Sie können auf diese E-Mail antworten. Oder ${reach(contact)}.`,
  },

  test: {
    subject: (practice) => `Eine Test-E-Mail: ${practice}`,
    works:
      'Diese E-Mail wurde in den Einstellungen Ihrer Buchungsseite verschickt. Wenn Sie sie lesen, funktioniert das Verschicken.',
  },

  calendar: {
    massageWith: (therapist, client) => `Massage${client === null ? '' : ` für ${client}`} bei ${therapist}`,
    massage: 'Massage',
    place: (position, sessions) => `${position} von ${sessions}`,
    see: (url) => `Ansehen, verschieben oder absagen: ${url}`,
    busy: 'Belegt',
    cancelled: (title) => `Abgesagt: ${title}`,
  },

  sample: {
    ownLink: '[der eigene Link der Person]',
    calendar: '[Ihr Kalender]',
    book: '[der Weg zum Buchen]',
    form: '[der Fragebogen]',
    coming: '[der Weg zum Zusagen]',
    reason: 'Hier steht der Grund, den Sie angeben.',
  },
};

/** Without a `when` there is only one date. */
function which(when: string | null): string {
  return when === null ? 'ihn' : `den Termin am ${when}`;
}
