import MiniSearch from 'minisearch';
import conditions from './conditions.json';
import { listQuestions, type Question, sectionTitles } from './library';
import { inlineToText, listTextRuns } from './markdown';
import groups from './synonyms.json';

// Finds questions by what readers type: symptoms and everyday words, also with letters missing or swapped. The index is
// built from the files in a few milliseconds, whichever database the site runs on.

interface Indexed {
  slug: string;
  question: string;
  symptoms: string;
  topic: string;
  shortAnswer: string;
  text: string;
}

const LONGEST_QUERY = 200;
const MOST_WORDS = 12;
const SHOWN = 5;
/** A hit this much weaker than the best one only shares a stray word with the query. */
const WORTH_SHOWING = 0.25;

const tooCommon = new Set(
  'a about am an and any are at be but by can could do does for from get go good had has have help helped helps how i if in is like massage me mine my of on or our please should so some that the their them there they this to too was we what when which who why will with would you your'.split(
    ' ',
  ),
);

/** Words that are on no page and yet no spelling mistakes: "cancel" does not mean "cancer". */
const wordsOfBooking = ['cancel', 'cancelled', 'cancelling', 'cancellation'];

const saysWhen = new Set(
  'after ago before during last month months now since still week weeks while year years'.split(' '),
);

interface Index {
  find: MiniSearch<Indexed>;
  /** Every word of the library and of booking, without its ending. */
  words: Set<string>;
}

let indexCache: Index | undefined;

/** The matching questions among those shown, best first, at most five. */
export function findQuestions(query: string, isShown: (question: Question) => boolean = () => true): Question[] {
  const words = asWords(query.slice(0, LONGEST_QUERY)).slice(0, MOST_WORDS);
  const { find, words: knownWords } = index();
  const stems = words.map(stemOf);
  const ways = groups.filter((group) => group.some((way) => hasPhrase(asWords(way).map(stemOf), stems, knownWords)));
  const withSynonyms = [...words, ...ways.map(([first]) => first)];
  const terms = withSynonyms
    .join(' ')
    .split(' ')
    .filter((word) => !tooCommon.has(word));
  // "Should I have one?" contains only common words, and still deserves an answer.
  const hits = find.search((terms.length > 0 ? terms : words).join(' '));
  const questions = new Map(
    listQuestions()
      .filter(isShown)
      .map((question) => [question.slug, question]),
  );
  const shown = hits.filter(({ id }) => questions.has(id));
  const enough = (shown[0]?.score ?? 0) * WORTH_SHOWING;
  const close = shown.filter(({ score }) => score >= enough).map(({ id }): string => id);
  const named = namedConditions(stems, knownWords);
  // The page on the sore place is shown too, however much better the condition matches.
  const placeTerms = named.length > 0 ? words.filter((word) => !tooCommon.has(word) && !saysWhen.has(word)) : [];
  const place = find
    .search(placeTerms.filter((word) => !isOfCondition(word)).join(' '))
    .find(({ id }) => questions.get(id)?.shelf === 'where it hurts');
  const leading: string[] = place ? [...named, place.id] : named;
  return [...new Set([...leading, ...close])].flatMap((slug) => questions.get(slug) ?? []).slice(0, SHOWN);
}

/**
 * The pages of conditions in which massage may do harm, where a query names them: they come first, whatever else hurts.
 */
function namedConditions(stems: string[], knownWords: Set<string>): string[] {
  return Object.entries(conditions).flatMap(([slug, ways]) =>
    ways.some((way) => hasPhrase(asWords(way).map(stemOf), stems, knownWords, 7)) ? slug : [],
  );
}

const conditionStems = new Set(Object.values(conditions).flat().flatMap(asWords).map(stemOf));
function isOfCondition(word: string): boolean {
  return conditionStems.has(stemOf(word));
}

function index(): Index {
  if (indexCache) return indexCache;
  const words = new Set(wordsOfBooking.map(stemOf));
  const find = new MiniSearch<Indexed>({
    idField: 'slug',
    fields: ['question', 'symptoms', 'topic', 'shortAnswer', 'text'],
    tokenize: asWords,
    processTerm: stemOf,
    searchOptions: {
      boost: { question: 4, symptoms: 4, topic: 2, shortAnswer: 1.5, text: 0.5 },
      prefix: (word) => word.length > 2,
      // A word that the library knows is taken as spelled: "type" is not a misspelt "tape".
      fuzzy: (word) => !words.has(word) && slipsIn(word),
      weights: { prefix: 0.4, fuzzy: 0.6 },
    },
  });
  const pages = listQuestions().map(asIndexed);
  for (const page of pages) for (const word of asWords(Object.values(page).join(' '))) words.add(stemOf(word));
  find.addAll(pages);
  const indexed = { find, words };
  if (process.env.NODE_ENV !== 'development') indexCache = indexed;
  return indexed;
}

/** How many letters of a word may be wrong, missing or superfluous. */
function slipsIn(word: string): number {
  return word.length > 7 ? 2 : word.length > 2 ? 1 : 0;
}

function asIndexed({ slug, question, symptoms, topic, shortAnswer, sections }: Question): Indexed {
  const text = sectionTitles.flatMap((title) => sections[title].flatMap(listTextRuns).map(inlineToText)).join(' ');
  return { slug, question, symptoms: symptoms.join('. '), topic, shortAnswer, text };
}

function asWords(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/[\p{M}'’]/gu, '');
  return plain.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/** "Headaches" and "headache" become one word. Only the endings that matter here. */
function stemOf(word: string): string {
  if (word.length < 4) return word;
  return word.length === 4 ? word.replace(/[es]$/, '') : word.replace(/(?:ies|ings?|ed|es|s|e|y)$/, '');
}

/**
 * Whether these words appear in a row in the query. Words of at least a given length may have a spelling mistake,
 * unless we know the word.
 */
function hasPhrase(way: string[], stems: string[], knownWords: Set<string>, lettersForSlip = 5): boolean {
  const matches = (word: string, other = '') =>
    word === other || (word.length >= lettersForSlip && !knownWords.has(other) && isNear(word, other, slipsIn(word)));
  return stems.some((_, from) => way.every((word, index) => matches(word, stems[from + index])));
}

/** Whether two words are equal except for so many letters wrong, missing or superfluous. */
function isNear(a: string, b: string, slips: number): boolean {
  if (a === b) return true;
  if (slips === 0 || Math.abs(a.length - b.length) > slips) return false;
  const same = [...a].findIndex((character, index) => character !== b[index]);
  if (same < 0) return b.length - a.length <= slips;
  const [restA, restB] = [a.slice(same), b.slice(same)];
  return [
    [restA.slice(1), restB.slice(1)],
    [restA.slice(1), restB],
    [restA, restB.slice(1)],
  ].some(([x, y]) => isNear(x!, y!, slips - 1));
}
