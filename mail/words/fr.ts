import { boldText } from '@/mail/layout';
import type { ChangeCount, Contact, Words } from './en';
import { makeDates } from './make-dates';

// French, to people who are addressed as "vous". Names of pages stay in English, as the pages do.

const dates = makeDates({
  language: 'fr',
  weekdays: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  shortWeekdays: ['dim.', 'lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.'],
  months: [
    ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
    ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  ],
  shortMonths: [
    ...['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin'],
    ...['juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
  ],
  date: (day, month, year) => `${day === 1 ? '1er' : day} ${month}${year === null ? '' : ` ${year}`}`,
  weekdayAndDate: (weekday, date) => `${weekday} ${date}`,
  everyWeekday: (weekday) => `le ${weekday}`,
  clock: (hour, minute) => (minute === '00' ? `${hour}\u00a0h` : `${hour}\u00a0h\u00a0${minute}`),
  repeated: { first: 'avant le changement d’heure', second: 'après le changement d’heure' },
  dayAtTime: (day, time) => `${day} à ${time}`,
  dayAtTimeInText: (day, time) => `${day} ${time}`,
  range: (from, to) => `du ${from} au ${to}`,
  onOneDay: (day) => `le ${day}`,
  fromTo: (from, to) => `du ${from} au ${to}`,
  numbers: ['deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze', 'douze'],
  cadences: { once: 'une fois', weekly: 'chaque semaine', biweekly: 'toutes les 2 semaines' },
  units: {
    minute: { one: 'minute', other: 'minutes' },
    hour: { one: 'heure', other: 'heures' },
    day: { one: 'jour', other: 'jours' },
  },
  zone: 'heure du cabinet',
  parts: { morning: 'le matin', afternoon: 'l’après-midi', evening: 'le soir' },
  and: 'et',
  betweenDays: '\u00a0; ',
  anyTime: 'tous les jours, à toute heure',
});

const { number } = dates;
/** Ends a sentence that asks for contact. */
const reach = ({ name, phone }: Contact) => (phone ? `appelez-nous au ${phone}` : `contactez ${name}`);
const begin = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const massages = (many: number) => (many === 1 ? 'un massage' : `${number(many)} massages`);
const appointments = (many: number) => `${many === 1 ? 'un' : number(many)} rendez-vous`;
/** "de Mira", "d’Ana". */
const withDe = (name: string) => (/^[aeiouhàâéèêëîïôöùûü]/i.test(name) ? `d’${name}` : `de ${name}`);
/** "votre massage", or that of the person the reader booked for. */
const massageOf = (whose: string) => (whose ? `le massage ${withDe(whose)}` : 'votre massage');
const massagesOf = (whose: string) => (whose ? `les massages ${withDe(whose)}` : 'vos massages');
const datesOf = (whose: string) => (whose ? `les rendez-vous ${withDe(whose)}` : 'vos rendez-vous');
const dateOf = (whose: string) => (whose ? `le rendez-vous ${withDe(whose)}` : 'votre rendez-vous');
/** After a number, or "certains". */
const ofTheirs = (noun: string, whose: string) => (whose ? `${noun} ${withDe(whose)}` : `de vos ${noun}`);
const withTherapist = (therapist: string | null) => (therapist ? ` avec ${therapist}` : '');
const lengthChange = ({ minutes, was }: { minutes: number; was: number }) =>
  `dure maintenant ${minutes} minutes au lieu de ${was}`;
const these = (many: number, one: string, other: string) =>
  many === 1 ? `Ce rendez-vous ${one}.` : `Ces rendez-vous ${other}.`;

export const fr: Words = {
  dates,

  hello: ({ firstName }) => (firstName ? `Bonjour ${firstName},` : 'Bonjour,'),
  aboutDatesOf: (name) => `Ce message concerne ${name} et ses rendez-vous.`,
  subjectFor: (subject, name) => `${subject} (pour ${name})`,
  aboutDatesOfAnother: 'Ce message concerne des rendez-vous réservés pour une autre personne.',
  subjectForAnother: (subject) => `${subject} (pour une autre personne)`,
  otherPerson: 'l’autre personne',
  demo: 'Ceci est un cabinet de démonstration\u00a0: tous les noms et toutes les dates sont inventés.',
  allTimes: (zone) => `Toutes les heures sont à l’${zone}.`,
  doNotForward: 'Les liens ouvrent ces rendez-vous\u00a0: merci de ne pas transférer cet e-mail.',

  colon: '\u00a0:',
  asLine: begin,
  appointment: ({ day, from, until, service, therapist }) => [
    boldText(`${begin(day)}, de ${from} à ${until}`),
    `\u00a0: ${service} avec ${therapist}`,
  ],
  itWas: ({ when, minutes, therapist }) => {
    const before = [when, minutes === undefined ? undefined : `${minutes} minutes`, therapist && `avec ${therapist}`];
    return ` (avant\u00a0: ${before.filter(Boolean).join(', ')})`;
  },
  noDates: 'aucun rendez-vous',
  oneDate: ({ when, therapist }) => `${when}${withTherapist(therapist)}`,
  standingDates: ({ when, isBiweekly, therapist, range }) =>
    `${when}${withTherapist(therapist)}${isBiweekly ? ', toutes les 2 semaines' : ''}, ${range}`,
  otherDates: ({ many, therapist, range }) => `${number(many)} rendez-vous${withTherapist(therapist)}, ${range}`,
  bookableDate: ({ when, therapist }) => `${begin(when)} avec ${therapist}`,
  bookableSeries: ({ weekdayAndTime, therapist, isBiweekly, many, first }) =>
    `${begin(weekdayAndTime)} avec ${therapist}${isBiweekly ? ', toutes les 2 semaines' : ''}, ${number(many)} rendez-vous à partir du ${first}`,

  series: {
    changed: (counts) => {
      const what: Record<ChangeCount['change'], (many: number) => string> = {
        moved: (many) => (many === 1 ? 'déplacé' : 'déplacés'),
        resized: () => 'd’une autre durée',
        cancelled: (many) => (many === 1 ? 'annulé' : 'annulés'),
        added: (many) => (many === 1 ? 'ajouté' : 'ajoutés'),
        takenOver: () => 'repris par vous',
        givenOver: (many) => (many === 1 ? 'confié ailleurs' : 'confiés ailleurs'),
      };
      return counts
        .map(({ change, many }, at) => {
          const dates = at === 0 ? appointments(many) : many === 1 ? 'un' : number(many);
          return `${dates} ${what[change](many)}`;
        })
        .join(', ');
    },
    newTimes: (many) => (many === 1 ? 'Voici le nouvel horaire.' : 'Voici les nouveaux horaires.'),
    otherLength: (many) => these(many, 'dure plus ou moins longtemps', 'durent plus ou moins longtemps'),
    cancelledOnes: (many) => these(many, 'est annulé', 'sont annulés'),
    bookedOnes: (many) => these(many, 'est réservé en plus', 'sont réservés en plus'),
    cancelledHeading: 'Annulé',
    noOtherDates: 'Il n’y a pas d’autre rendez-vous dans cette réservation.',
    beside: ({ name, therapists, isOwnEmail, isReader }) => {
      const own = isOwnEmail ? ' Vous recevez pour ces rendez-vous un e-mail à part, avec un autre lien.' : '';
      const who = isReader ? 'Vous venez' : `${name || 'Une autre personne'} vient`;
      return `${who} en même temps, avec ${therapists.join(' ou ')}.${own}`;
    },
  },

  toClient: {
    subjectChanged: ({ changed, next }) =>
      `Changement\u00a0: ${changed}${next === null ? '' : `\u00a0; prochain le ${next}`}`,
    subjectCancelled: (shortDates) => `Annulé\u00a0: ${shortDates}`,
    subjectAdded: (shortDates) => `Ajouté\u00a0: ${shortDates}`,
    subjectBooked: (shortDates) => `Réservé\u00a0: ${shortDates}`,
    subjectLength: (minutes, shortDates) => `Maintenant ${minutes} minutes\u00a0: ${shortDates}`,
    subjectLengths: (shortDates) => `Autre durée\u00a0: ${shortDates}`,
    subjectReplaced: ({ from, to, when }) => `${to} à la place ${withDe(from)}\u00a0: ${when}`,
    subjectMovedOne: (shortDates) => `Déplacé\u00a0: maintenant ${shortDates}`,
    subjectMoved: (shortDates) => `Déplacé\u00a0: ${shortDates}`,
    preheaderNext: (when, place) => `Prochain rendez-vous\u00a0: ${when}, ${place}`,
    preheaderNothing: 'Rien d’autre n’est réservé.',

    someChanged: (whose) => `Certains ${ofTheirs('rendez-vous', whose)} ont changé.`,
    moreBooked: ({ many, practice, whose }) =>
      many === 1
        ? `Un rendez-vous de plus chez ${practice} est réservé pour ${whose || 'vous'}.`
        : `${begin(number(many))} rendez-vous de plus chez ${practice} sont réservés pour ${whose || 'vous'}.`,
    booked: ({ many, practice, whose }) =>
      many === 1
        ? `${begin(massageOf(whose))} chez ${practice} est réservé.`
        : `${whose ? `Les ${number(many)} massages ${withDe(whose)}` : `Vos ${number(many)} massages`} chez ${practice} sont réservés.`,
    lengthOfOne: (length, whose) => `${begin(massageOf(whose))} ${lengthChange(length)}.`,
    lengths: (whose) => `Certains ${ofTheirs('massages', whose)} durent maintenant plus ou moins longtemps.`,
    replaced: ({ from, to, many, areTimesUnchanged, whose }) => {
      const times = areTimesUnchanged
        ? 'Le jour et l’heure ne changent pas.'
        : `Regardez aussi ${many === 1 ? 'l’horaire, qui a changé' : 'les horaires\u00a0: certains ont changé'}.`;
      return [
        'C’est ',
        boldText(to),
        ` qui assurera ${many === 1 ? massageOf(whose) : massagesOf(whose)}, à la place ${withDe(from)}. ${times}`,
      ];
    },
    otherTherapists: (many, whose) =>
      `${begin(number(many))} ${ofTheirs('massages', whose)} sont maintenant avec quelqu’un d’autre. Les jours et les heures ne changent pas.`,
    movedOne: ({ from, to, whose }) => [`${begin(massageOf(whose))} est déplacé du ${from} au `, boldText(to), '.'],
    changedOne: (whose) => `${begin(massageOf(whose))} a changé.`,
    changed: (many, whose) => `${begin(number(many))} ${ofTheirs('rendez-vous', whose)} ont changé.`,
    moved: (many, whose) => `${begin(number(many))} ${ofTheirs('rendez-vous', whose)} sont déplacés.`,
    weCancelOne: ({ when, therapist, whose }) => [
      `Nous sommes désolés\u00a0: nous devons annuler ${massageOf(whose)} du `,
      boldText(when),
      ` avec ${therapist}.`,
    ],
    weCancel: ({ many, whose }) =>
      `Nous sommes désolés\u00a0: nous devons annuler ${number(many)} ${ofTheirs('rendez-vous', whose)}.`,
    cancelledOne: ({ when, therapist, onRequest, whose }) => [
      `${begin(massageOf(whose))} du `,
      boldText(when),
      ` avec ${therapist} est annulé${onRequest ? ', comme vous l’avez demandé' : ''}.`,
    ],
    cancelled: ({ many, onRequest, whose }) =>
      `${begin(number(many))} ${ofTheirs('rendez-vous', whose)} sont annulés${onRequest ? ', comme vous l’avez demandé' : ''}.`,

    nextDate: (whose) => (whose ? `Prochain rendez-vous ${withDe(whose)}` : 'Votre prochain rendez-vous'),
    seeDates: (whose) => `Voir, déplacer ou annuler ${whose ? datesOf(whose) : 'mes rendez-vous'}`,
    seeBookingOrBookAgain: 'Voir ma réservation ou réserver de nouveau',
    freeInstead: 'Ces horaires sont libres. Ouvrez un lien pour réserver\u00a0:',
    addedHeading: 'Ajouté',
    allDatesHeading: (whose) => `Tous ${datesOf(whose)}`,
    datesNowHeading: (whose) => `${begin(datesOf(whose))} maintenant`,
    skipped: (whens) => `Dates sautées, non réservées\u00a0: ${whens.join('\u00a0; ')}.`,
    nowCosts: (many, total) => (many === 1 ? `Il coûte maintenant ${total}.` : `Ils coûtent maintenant ${total}.`),
    newOnesCost: (many, total) =>
      many === 1 ? `Le nouveau rendez-vous coûte ${total}.` : `Les nouveaux rendez-vous coûtent ${total} en tout.`,
    costs: (many, total) =>
      many === 1 ? `Prix\u00a0: ${total}.` : `Ils coûtent ${total} en tout. Vous pouvez arrêter après chaque séance.`,
    pleaseConfirm: (whose) =>
      `Merci de confirmer que cette adresse e-mail est la vôtre. ${whose ? 'Les' : 'Vos'} rendez-vous sont maintenus dans tous les cas.`,
    confirmAddress: 'Confirmer mon adresse e-mail',
    healthForm: (whose) => `Remplir ou vérifier ${whose ? `la fiche de santé ${withDe(whose)}` : 'ma fiche de santé'}`,
    cutoffs: ({ toCancel, toMove, contact }) => {
      const until =
        toCancel === toMove
          ? `Vous pouvez annuler ou déplacer un rendez-vous jusqu’à ${toCancel} avant son début`
          : `Vous pouvez annuler un rendez-vous jusqu’à ${toCancel} avant son début, et le déplacer jusqu’à ${toMove} avant`;
      return `${until}. Ensuite, ${reach(contact)}.`;
    },
    houseRules: ({ movesPerDate, graceMinutes }) => {
      const often = `${movesPerDate === 1 ? 'une' : number(movesPerDate)} fois`;
      const moves = movesPerDate > 0 ? [`Chaque rendez-vous peut être déplacé en ligne ${often}.`] : [];
      const late = `En cas de retard, nous vous attendons ${dates.duration(graceMinutes)}.`;
      return [...moves, ...(graceMinutes > 0 ? [late] : [])].join(' ');
    },
    where: 'Adresse',
    phone: 'Téléphone',
  },

  toTherapist: {
    subjectChanged: (client, changed) => `Changement\u00a0: ${client}, ${changed}`,
    subjectAdded: (client, shortDates) => `Ajouté\u00a0: ${client}, ${shortDates}`,
    subjectNew: (client, shortDates) => `Nouveau\u00a0: ${client}, ${shortDates}`,
    subjectTakenOver: (client, shortDates) => `À vous maintenant\u00a0: ${client}, ${shortDates}`,
    subjectGivenOver: (client, shortDates, to) => `Maintenant avec ${to ?? 'd’autres'}\u00a0: ${client}, ${shortDates}`,
    subjectCancelled: (client, shortDates) => `Annulé\u00a0: ${client}, ${shortDates}`,
    subjectLength: (client, shortDates, minutes) => `Maintenant ${minutes} minutes\u00a0: ${client}, ${shortDates}`,
    subjectLengths: (client, shortDates) => `Autre durée\u00a0: ${client}, ${shortDates}`,
    subjectMovedOne: (client, when) => `Déplacé\u00a0: ${client}, maintenant ${when}`,
    subjectMoved: (client, shortDates) => `Déplacé\u00a0: ${client}, ${shortDates}`,
    preheaderNext: (client, when) => `Prochain rendez-vous avec ${client}\u00a0: ${when}`,
    preheaderNothing: (client) => `Vous n’avez pas d’autre rendez-vous avec ${client}.`,

    booked: (client, many) => `${client} a réservé ${massages(many)} avec vous.`,
    moreBooked: (client, many) => `${client} a réservé ${massages(many)} de plus avec vous.`,
    takenOver: (client, many, from) =>
      from === null
        ? `Vous reprenez ${massages(many)} avec ${client}.`
        : `Vous reprenez ${massages(many)} avec ${client} à la place ${withDe(from)}.`,
    givenOver: (client, many, to) =>
      `${to ?? 'Quelqu’un d’autre'} reprend ${massages(many)} avec ${client} à votre place.`,
    cancelled: (client, many, who) => {
      const why = {
        client: ' C’est à la demande du client ou de la cliente. L’horaire est de nouveau libre.',
        practice: ' C’est le cabinet qui a annulé.',
        none: '',
      }[who ?? 'none'];
      const what =
        many === 1 ? `Un rendez-vous avec ${client} est annulé.` : `Des rendez-vous avec ${client} sont annulés.`;
      return `${what}${why}`;
    },
    lengthOfOne: (client, length) => `Le massage avec ${client} ${lengthChange(length)}.`,
    lengths: (client) => `Certains massages avec ${client} durent maintenant plus ou moins longtemps.`,
    moved: (client, many) =>
      many === 1 ? `Un rendez-vous avec ${client} est déplacé.` : `Des rendez-vous avec ${client} sont déplacés.`,
    changed: (client) => `Des rendez-vous avec ${client} ont changé.`,

    nextWith: (client) => `Prochain rendez-vous avec ${client}`,
    openCalendar: 'Ouvrir l’agenda',
    newHeading: 'Nouveaux rendez-vous',
    givenOverHeading: 'Plus avec vous',
    takenOverOnes: (many) =>
      these(
        many,
        'est à vous maintenant, et était à quelqu’un d’autre',
        'sont à vous maintenant, et étaient à d’autres',
      ),
    givenOverOnes: (many) => these(many, 'est maintenant confié ailleurs', 'sont maintenant confiés ailleurs'),
    allDatesHeading: 'Tous les rendez-vous',
    nowHeading: 'Maintenant avec vous',
    stillHeading: 'Toujours avec vous',
  },

  reminder: {
    subjectOne: (when, therapist) => `Rappel\u00a0: ${when} avec ${therapist}`,
    subjectWeek: ({ many, first, whose }) =>
      `${whose ? 'Les' : 'Vos'} ${number(many)} prochains rendez-vous, à partir du ${first}`,
    preheader: (when, place) => `${begin(when)}, ${place}`,
    lookForward: (practice, whose) =>
      `Nous nous réjouissons de ${whose ? `recevoir ${whose}` : 'vous recevoir'} chez ${practice}.`,
    comingWeek: ({ many, practice, whose }) =>
      many === 1
        ? `${whose ? `${begin(whose)} a` : 'Vous avez'} un massage chez ${practice} dans les sept jours qui viennent.`
        : `Voici ${massagesOf(whose)} chez ${practice} dans les sept jours qui viennent.`,
    yourDates: (many, whose) => begin(many === 1 ? dateOf(whose) : datesOf(whose)),
    coming: (whose) => (whose ? `${begin(whose)} vient` : 'Je viens'),
    comingOn: (when, whose) => `${whose ? `${begin(whose)} vient` : 'Je viens'} le ${when}`,
    fillInForm: 'Merci de remplir un court formulaire avant le massage. Cela prend environ trois minutes.',
    form: 'Remplir le formulaire',
    sayWhatIsNew: 'Dire s’il y a du nouveau',
    tooLate: ({ many, contact, whose }) =>
      `Il est trop tard pour changer ${many === 1 ? 'ce' : 'ces'} rendez-vous en ligne. Si ${whose ? `${whose} ne peut pas` : 'vous ne pouvez pas'} venir, ${reach(contact)}.`,
    seeDates: (whose) => `Voir ${whose ? datesOf(whose) : 'mes rendez-vous'}`,
    afterThat: (contact) => `Ensuite, ${reach(contact)}.`,
    changeUntil: (when, until) =>
      when === null
        ? `Vous pouvez le déplacer ou l’annuler en ligne jusqu’au ${until}.`
        : `Vous pouvez déplacer ou annuler en ligne le rendez-vous du ${when} jusqu’au ${until}.`,
    cancelAndMoveUntil: (when, { cancel, move }) =>
      when === null
        ? `Vous pouvez l’annuler en ligne jusqu’au ${cancel}, et le déplacer jusqu’au ${move}.`
        : `Vous pouvez annuler en ligne le rendez-vous du ${when} jusqu’au ${cancel}, et le déplacer jusqu’au ${move}.`,
    cancelUntil: (when, until) =>
      when === null
        ? `Vous pouvez l’annuler en ligne jusqu’au ${until}.`
        : `Vous pouvez annuler en ligne le rendez-vous du ${when} jusqu’au ${until}.`,
    moveUntil: (when, until) =>
      when === null
        ? `Vous pouvez le déplacer en ligne jusqu’au ${until}.`
        : `Vous pouvez déplacer en ligne le rendez-vous du ${when} jusqu’au ${until}.`,
    fewer:
      'Pour recevoir moins de rappels, ou aucun, ouvrez les rendez-vous par le lien ci-dessus et cherchez «\u00a0Reminders\u00a0» (rappels).',
  },

  text: {
    subject: 'SMS',
    reminder: ({ when, therapist, url, hearsReplies }) => {
      const end = hearsReplies ? 'Désinscription : STOP' : 'Désinscription par le lien';
      return ` : ${when} avec ${therapist}. Venir ou déplacer ? ${url ? `${url} ` : ''}${end}`;
    },
  },

  followUp: {
    subjectAgain: (therapist) => `Reprendre rendez-vous avec ${therapist}\u00a0?`,
    subjectMissed: (when, whose) => `Nous ${whose ? `attendions ${whose}` : 'vous attendions'} le ${when}`,
    once: 'Nous n’envoyons ceci qu’une fois. Pour ne plus recevoir ce genre d’e-mails, ouvrez le lien ci-dessous et cherchez «\u00a0After your dates\u00a0» (après les rendez-vous).',
    thanks: (practice, whose) =>
      whose
        ? `Merci\u00a0! Le dernier rendez-vous réservé pour ${whose} chez ${practice} est passé.`
        : `Merci de votre visite chez ${practice}. C’était le dernier rendez-vous que vous aviez réservé.`,
    same: ({ service, minutes, therapist, when }) =>
      `${service}, ${minutes} minutes avec ${therapist}, ${when ?? 'une semaine plus tard à la même heure'}`,
    otherTimes: 'Voir d’autres horaires',
    bookAgain: 'Réserver de nouveau',
    continueFree: (same) =>
      `Souhaitez-vous continuer\u00a0? Le lien ci-dessous propose la même chose qu’avant\u00a0: ${same}. Rien n’est retenu pour vous, et vous voyez chaque date avant de réserver.`,
    continueHeld: ({ same, many, areAll, until }) => {
      const held =
        many === 1
          ? 'ce rendez-vous'
          : areAll
            ? `ces ${number(many)} rendez-vous`
            : `les ${number(many)} premiers rendez-vous`;
      return `Souhaitez-vous continuer\u00a0: ${same}\u00a0? Nous vous gardons ${held} jusqu’au ${until}.`;
    },
    bookHeld: (many) =>
      `Réservez-${many === 1 ? 'le' : 'les'} par le lien ci-dessous. Vous voyez chaque date avant que rien ne soit réservé.`,
    continueTaken: (same) =>
      `Souhaitez-vous continuer\u00a0? La même chose qu’avant, ${same}, n’est malheureusement pas libre.`,
    freeNearIt: 'Ces horaires proches sont libres. Ouvrez un lien pour réserver\u00a0:',
    missed: ({ practice, when, therapist, whose }) =>
      `Nous ${whose ? `attendions ${whose}` : 'vous attendions'} le ${when} avec ${therapist} (${practice}), et espérons que tout va bien.`,
    ifSomethingCameUp: (contact) => `En cas d’empêchement, ou si l’erreur vient de nous, ${reach(contact)}.`,
    bookAnother: 'Réserver un autre horaire',
  },

  score: {
    subjectBefore: (weekday) => `Deux petites questions avant le rendez-vous de ${weekday}`,
    subjectAfter: (weekday) => `Deux petites questions sur le massage de ${weekday}`,
    subjectCheckIn: 'Quatre séances\u00a0: continuer, changer ou arrêter\u00a0?',
    before: ({ practice, when, whose }) =>
      `${whose ? `${begin(whose)} vient` : 'Vous venez'} chez nous le ${when} (${practice}). Deux réponses maintenant vous permettront de voir plus tard si quelque chose a changé.`,
    whyThreeDays:
      'Nous posons ces questions jusqu’à trois jours différents avant le premier massage, car un jour peut être bon ou mauvais.',
    session: ({ practice, when, whose }) =>
      `${whose ? `${begin(whose)} vient` : 'Vous venez'} chez nous le ${when} (${practice}). Merci de répondre avant\u00a0: deux réponses suffisent.`,
    after: ({ practice, when, whose }) =>
      `${whose ? `${begin(whose)} avait` : 'Vous aviez'} rendez-vous chez nous le ${when} (${practice}). Comment ${whose ? `va ${whose}` : 'allez-vous'} maintenant\u00a0?`,
    checkIn: (practice, whose) =>
      `${whose ? `${begin(whose)} a` : 'Vous avez'} eu quatre séances chez nous (${practice}). C’est un bon moment pour faire le point, et pour continuer, changer quelque chose, faire une pause ou arrêter. Tout choix est bon.`,
    answer: 'Répondre en deux touches',
    progress: 'Voir comment cela évolue',
    needNotAnswer:
      'Rien ne vous oblige à répondre. Si vous ne voulez plus de ces questions, ouvrez vos réponses par ce lien et appuyez sur «\u00a0Do not ask me again\u00a0» (ne plus me demander).',
  },

  waitlist: {
    subjectConfirm: (practice) => `À confirmer\u00a0: liste d’attente, ${practice}`,
    somebodyAsked: (practice) =>
      `Quelqu’un (vous, nous l’espérons) a demandé avec cette adresse à être sur la liste d’attente\u00a0: ${practice}.`,
    yes: 'Oui, inscrivez-moi',
    ignore: 'Si ce n’était pas vous, ignorez cet e-mail\u00a0: personne n’est inscrit sans avoir appuyé sur ce lien.',
    subjectJoined: (practice) => `Sur la liste d’attente\u00a0: ${practice}`,
    weHoldIt: 'Quand un horaire qui vous convient se libère, nous le gardons pour vous et vous écrivons.',
    untilWhen: 'L’e-mail dit jusqu’à quand il vous est gardé. Rien n’est réservé avant votre accord.',
    seeOrLeave: 'Voir, ou quitter la liste',
    waitingFor: 'Votre demande',
    massage: ({ service, minutes, therapist, cadence, sessions }) => {
      const many = cadence === 'once' ? '' : `, ${number(sessions)} rendez-vous, un ${dates.cadence(cadence)}`;
      return `${service}, ${minutes} minutes, ${therapist === null ? 'avec n’importe qui' : `avec ${therapist}`}${many}`;
    },
    what: ({ service, minutes, therapist }) => `${service}, ${minutes} minutes, avec ${therapist}`,
    preheader: (what, until) => `${what}. Gardé jusqu’au ${until}.`,
    subjectOffer: (many, first) =>
      many === 1
        ? `Gardé pour vous\u00a0: ${first}`
        : `Gardé pour vous\u00a0: ${many} rendez-vous à partir du ${first}`,
    skippedFree: ({ first, what, whose }) =>
      `Un rendez-vous${whose && ` ${withDe(whose)}`} avait été sauté\u00a0: le ${first}. C’est de nouveau libre, et nous vous le gardons\u00a0: ${what}.`,
    seriesFree: (many, what) =>
      `Un horaire régulier est libre, et nous vous gardons les ${number(many)} rendez-vous\u00a0: ${what}.`,
    oneFree: (first, what) => `Un horaire est libre, et nous vous le gardons\u00a0: ${first}, ${what}.`,
    replaces: (when, whose) => `Si vous dites oui, il remplace ${dateOf(whose)} du ${when}.`,
    heldUntil: (until) => `Nous vous le gardons jusqu’au ${until}. Ensuite, nous le proposons à la personne suivante.`,
    answer: 'Répondre oui ou non',
    nothingBooked: 'Rien n’est réservé avant votre accord.',
    where: (place) => `Adresse\u00a0: ${place}.`,
  },

  handOver: {
    subjectAsk: ({ from, to, many, whose }) =>
      `${begin(many === 1 ? dateOf(whose) : datesOf(whose))} avec ${from}\u00a0: d’accord pour ${to} à la place\u00a0?`,
    ask: ({ from, to, many, whose }) =>
      many === 1
        ? `Rien n’a changé pour l’instant\u00a0: ${dateOf(whose)} est avec ${from}. Si vous dites oui, ce sera avec ${to}\u00a0:`
        : `Rien n’a changé pour l’instant\u00a0: ${datesOf(whose)} sont avec ${from}. Si vous dites oui, ces ${number(many)} rendez-vous seront avec ${to}\u00a0:`,
    answerBy: (until) => `Merci de répondre jusqu’au ${until}. Le prix ne change pas.`,
    answer: 'Répondre oui ou non',
    ifNo: ({ from, to, many }) =>
      many === 1
        ? `Si vous dites non, ou ne répondez pas, il reste avec ${from} jusqu’à ce que nous vous écrivions. Rien n’est retenu auprès de ${to}\u00a0: si l’horaire est pris avant votre réponse, le rendez-vous reste avec ${from}.`
        : `Si vous dites non, ou ne répondez pas, ils restent avec ${from} jusqu’à ce que nous vous écrivions. Rien n’est retenu auprès de ${to}\u00a0: si un nouvel horaire est pris avant votre réponse, ce rendez-vous reste avec ${from}.`,
    questions: (zone, contact) => `Toutes les heures sont à l’${zone}. Une question\u00a0? ${begin(reach(contact))}.`,
    aClientOf: (therapist) => `une personne suivie par ${therapist}`,
    subjectAsked: ({ client, many, from, to }) =>
      `Question posée à ${client}\u00a0: ${appointments(many)} ${withDe(from)} à ${to}`,
    asked: ({ client, many, from, to, until }) =>
      `Nous demandons à ${client} si ${appointments(many)} ${many === 1 ? 'peut' : 'peuvent'} passer ${withDe(from)} à ${to}. La réponse est attendue jusqu’au ${until}. Rien n’a changé pour l’instant, et rien n’est retenu auprès de ${to}.`,
    subjectDeclined: ({ client, many, from }) =>
      `${begin(client)} a dit non\u00a0: ${appointments(many)} ${many === 1 ? 'reste' : 'restent'} avec ${from}`,
    declined: ({ client, many, from, to }) =>
      `Nous avons demandé à ${client} si ${appointments(many)} ${many === 1 ? 'pouvait' : 'pouvaient'} passer ${withDe(from)} à ${to}. C’est non. ${many === 1 ? 'Le rendez-vous reste' : 'Les rendez-vous restent'} avec ${from}.`,
    subjectWithdrawn: ({ client, many, from }) =>
      `Question retirée\u00a0: ${client}, ${appointments(many)} avec ${from}`,
    withdrawn: ({ client, many, from, to }) =>
      `Nous ne demandons plus à ${client} si ${appointments(many)} ${many === 1 ? 'peut' : 'peuvent'} passer ${withDe(from)} à ${to}. ${many === 1 ? 'Le rendez-vous reste' : 'Les rendez-vous restent'} pour l’instant avec ${from}.`,
    otherHour: (when, time) => `${when}, qui serait à ${time}`,
    otherDay: (when, to) => `${when}, qui serait le ${to}`,
  },

  request: {
    date: ({ day, from, until, service, therapist }) =>
      `${begin(day)}, de ${from} à ${until}\u00a0: ${service}${withTherapist(therapist)}`,
    questions: (contact) => `Une question\u00a0? ${begin(reach(contact))}.`,
    subjectConfirm: (time) => `Pas encore réservé\u00a0: à confirmer avant ${time}`,
    confirm: (practice, until, many) =>
      `Rien n’est encore réservé. Quelqu’un (vous, nous l’espérons) a demandé avec cette adresse ${many === 1 ? 'le' : 'les'} rendez-vous ci-dessous\u00a0: ${practice}. Appuyez sur le lien avant le ${until}, et ${many === 1 ? 'il est réservé s’il est encore libre' : 'ils sont réservés s’ils sont encore libres'}. D’ici là, rien n’est retenu.`,
    confirmAndBook: () => 'Confirmer et réserver',
    notYou: 'Si ce n’était pas vous, il n’y a rien à faire\u00a0: sans le lien, rien n’est réservé.',
    subjectApprove: (first) => `Pas encore réservé\u00a0: ${first}. Nous vous répondrons.`,
    approve: ({ practice, many, until, contact }) =>
      `Rien n’est encore réservé. Nous regardons nous-mêmes chaque première réservation (${practice}). Vous recevrez un e-mail dès que ${many === 1 ? 'le rendez-vous sera réservé' : 'les rendez-vous seront réservés'}. Sans nouvelles de nous le ${until}, rien n’est réservé\u00a0: ${reach(contact)}.`,
    subjectDeclined: (first) => `Non réservé\u00a0: ${first}`,
    declined: (practice) =>
      `Nous n’avons malheureusement pas pu prendre votre réservation (${practice}). Rien n’est réservé, et il n’y a rien à payer.`,
    subjectTaken: (first) => `Non réservé, un horaire était déjà pris\u00a0: ${first}`,
    taken: (practice, many) =>
      `Nous avions dit oui (${practice}), mais ${many === 1 ? 'cet horaire' : 'l’un de ces horaires'} a été pris entre-temps\u00a0: rien n’est donc réservé. Merci de choisir de nouveau\u00a0: cette fois, la réservation est immédiate.`,
    bookAnother: 'Réserver un autre horaire',
    subjectNew: (first, many) =>
      `À approuver\u00a0: une première réservation, ${many === 1 ? 'le' : 'à partir du'} ${first}`,
    isNew: (until, many) =>
      `Une personne qui n’est jamais venue demande ${many === 1 ? 'le' : 'les'} rendez-vous ci-dessous. Rien n’est réservé ni retenu sans votre accord, à donner avant le ${until}.`,
    look: 'Regarder',
  },

  signIn: {
    subject: (practice) => `Connexion\u00a0: ${practice}`,
    somebodyAsked: (practice) =>
      `Quelqu’un (vous, nous l’espérons) a demandé à se connecter avec cette adresse\u00a0: ${practice}.`,
    press: 'Se connecter',
    worksUntil: (until, zone) => `Le lien sert une fois, jusqu’au ${until} (${zone}).`,
    notYou: 'Si ce n’était pas vous, il n’y a rien à faire\u00a0: personne ne peut se connecter sans le lien.',
  },

  newAddress: {
    subject: (practice) => `Confirmez votre nouvelle adresse e-mail\u00a0: ${practice}`,
    somebodyAsked: (practice) =>
      `Quelqu’un (vous, nous l’espérons) a demandé à se connecter désormais avec cette adresse\u00a0: ${practice}. Ouvrez le lien là où vous êtes connecté(e).`,
    press: 'Utiliser cette adresse',
    notYou: 'Si ce n’était pas vous, il n’y a rien à faire\u00a0: sans le lien, rien ne change.',
  },

  addressChanged: {
    subject: (practice) => `Votre adresse e-mail a été modifiée\u00a0: ${practice}`,
    changed: (practice) =>
      `Vous vous connectez désormais avec une autre adresse e-mail (${practice}). Les liens de connexion sont envoyés à cette autre adresse, et non plus à celle-ci.`,
    notYou: (until) =>
      `Si ce n’était pas vous, ouvrez ce lien jusqu’au ${until}\u00a0: vous vous connecterez de nouveau avec cette adresse, et toute personne connectée à votre place sera déconnectée.`,
    press: 'Ce n’était pas moi',
  },

  answered: {
    subjectQuestion: (practice) => `Réponse à votre question\u00a0: ${practice}`,
    subjectReport: (practice) => `Page corrigée\u00a0: ${practice}`,
    question: (practice, isInWords) =>
      `Vous nous avez posé une question (${practice}), et nous y avons répondu${isInWords ? '.' : ' sur une page.'}`,
    report: (practice) => `Vous nous avez signalé une erreur (${practice}), et nous avons corrigé la page. Merci.`,
    readAnswer: 'Lire la réponse',
    readPage: 'Lire la page',
    doNotForward: 'Le lien montre aussi votre question\u00a0: merci de ne pas transférer cet e-mail.',
    nothingToDo: 'Vous n’avez rien à faire.',
  },

  asked: {
    subject: (many) =>
      many === 1 ? 'Une question ou un signalement attend' : `${many} questions et signalements attendent`,
    waiting: (many, practice) =>
      many === 1
        ? `Une question ou un signalement attend une réponse\u00a0: ${practice}.`
        : `${many} questions et signalements attendent une réponse\u00a0: ${practice}.`,
    press: 'Lire et répondre',
    atMost: 'Il y a au plus un e-mail de ce genre par heure. Ce qui a été écrit n’y figure jamais.',
  },

  clientWrote: {
    subject: (client, many) =>
      `${many === 1 ? 'Un message' : `${many} messages`}${client ? ` ${withDe(client)}` : ' sur des rendez-vous'}`,
    wrote: (client, many, practice) =>
      `${client || 'Quelqu’un'} a envoyé ${many === 1 ? 'un message' : `${many} messages`} au sujet de ses rendez-vous\u00a0: ${practice}.`,
    press: 'Lire et répondre',
    neverHere:
      'Ce que vos clients écrivent ne figure jamais dans un e-mail. Une fois la réponse donnée, notez-le dans l’agenda.',
  },

  links: {
    subject: (practice) => `Vos réservations\u00a0: ${practice}`,
    somebodyAsked: (isOne) =>
      `Quelqu’un (vous, nous l’espérons) a demandé ${isOne ? 'le lien' : 'les liens'} vers ce qui est réservé avec cette adresse.`,
    allDates: 'Voir tous mes rendez-vous',
    plan: ({ service, therapist, client }) => `${service} avec ${therapist}${client && `, pour ${client}`}`,
    nextOn: (plan, when) => `${plan}, prochain rendez-vous le ${when}`,
    lastOn: (plan, when) => `${plan}, dernier rendez-vous le ${when}`,
    cancelled: (plan, when, many) =>
      many === 1 ? `${plan}, le ${when}, annulé` : `${plan}, jusqu’au ${when}, tous les rendez-vous annulés`,
    upcoming: (many) => (many === 1 ? 'Un rendez-vous à venir.' : `${many} rendez-vous à venir.`),
    noneUpcoming: (isOnce) =>
      `Il n’y a plus de rendez-vous à venir. Vous pouvez ${isOnce ? '' : 'en ajouter, ou '}réserver de nouveau.`,
    see: 'Voir, déplacer ou annuler',
    seeOrBookAgain: 'Voir ou réserver de nouveau',
    doNotForward: (isOne) =>
      isOne
        ? 'Qui a ce lien peut voir et changer ces réservations\u00a0: merci de ne pas transférer cet e-mail.'
        : 'Qui a l’un de ces liens peut voir et changer la réservation\u00a0: merci de ne pas transférer cet e-mail.',
  },

  linkRenewed: {
    subject: (practice) => `Votre lien vers une réservation\u00a0: ${practice}`,
    newLink: ({ practice, service, many, first }) =>
      `Nous avons fait un nouveau lien vers votre réservation (${practice})\u00a0: ${service}, ${many === 1 ? `le ${first}` : `${many} rendez-vous à partir du ${first}`}.`,
    press: 'Voir la réservation',
    worksUntil: (until) => `Il est valable jusqu’au ${until}. L’ancien lien ne fonctionne plus.`,
    doNotForward: 'Qui a ce lien peut voir et changer la réservation\u00a0: merci de ne pas transférer cet e-mail.',
  },

  freed: {
    subject: (when) => `De nouveau libre\u00a0: ${when}`,
    free: ({ when, therapist, whose }) =>
      `Un rendez-vous${whose && ` ${withDe(whose)}`} avait été sauté\u00a0: le ${when} avec ${therapist}. C’est maintenant libre.`,
    press: 'Réserver quand même',
    firstCome:
      'Cet horaire est à qui le réserve en premier. Si vous n’en voulez pas, les autres rendez-vous restent tels quels.',
  },

  ownMessage: {
    subject: (practice) => `Un message\u00a0: ${practice}`,
    youCanAnswer: (contact) =>
      contact.phone
        ? `${contact.name} vous a écrit ceci. Vous pouvez répondre à cet e-mail, ou nous appeler au ${contact.phone}.`
        : `${contact.name} vous a écrit ceci. Vous pouvez répondre à cet e-mail.`,
  },

  test: {
    subject: (practice) => `Un e-mail d’essai\u00a0: ${practice}`,
    works:
      'Cet e-mail a été envoyé depuis les réglages de votre site de réservation. Si vous le lisez, l’envoi fonctionne.',
  },

  calendar: {
    massageWith: (therapist, client) => `Massage${client === null ? '' : ` pour ${client}`} avec ${therapist}`,
    massage: 'Massage',
    place: (position, sessions) => `${position} sur ${sessions}`,
    see: (url) => `Voir, déplacer ou annuler\u00a0: ${url}`,
    busy: 'Occupé',
    cancelled: (title) => `Annulé\u00a0: ${title}`,
  },

  sample: {
    ownLink: '[le lien personnel]',
    calendar: '[votre agenda]',
    book: '[le moyen de réserver]',
    form: '[le formulaire]',
    coming: '[le moyen de le dire]',
    reason: 'Ici figure la raison que vous donnez.',
  },
};
