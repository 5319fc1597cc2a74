import MiniSearch from 'minisearch';
import { listQuestions, type Question, sectionTitles } from './library';
import { plain, runsOf } from './markdown';
import groups from './synonyms.json';

// Finds questions as somebody types them: by symptom, by everyday word, with letters missing or swapped. The index is
// made from the files in a few milliseconds, on whichever database the site runs.

interface Indexed {
  slug: string;
  question: string;
  symptoms: string;
  topic: string;
  shortAnswer: string;
  text: string;
}

const LONGEST_QUERY = 200;
const MOST_WORDS = 24;
const SHOWN = 5;
/** A hit this much weaker than the best one has only a stray word in common. */
const WORTH_SHOWING = 0.25;

const tooCommon = new Set(
  'a about am an and any are at be but by can could do does for from get go good had has have help helped helps how i if in is like massage me mine my of on or our please should so some that the their them there they this to too was we what when which who why will with would you your'.split(
    ' ',
  ),
);

let kept: MiniSearch<Indexed> | undefined;

/** The questions that fit, best first, at most five; none when nothing does. */
export function findQuestions(typed: string): Question[] {
  const words = asWords(typed.slice(0, LONGEST_QUERY)).slice(0, MOST_WORDS);
  const said = words.join(' ');
  const meant = [...words, ...groups.filter((group) => group.some((way) => isSaid(way, said))).map(([first]) => first)];
  const telling = meant
    .join(' ')
    .split(' ')
    .filter((word) => !tooCommon.has(word));
  // "Should I have one?" holds nothing but common words, and still deserves an answer.
  const hits = index().search((telling.length > 0 ? telling : words).join(' '));
  const enough = (hits[0]?.score ?? 0) * WORTH_SHOWING;
  const questions = new Map(listQuestions().map((question) => [question.slug, question]));
  return hits
    .filter(({ score }) => score >= enough)
    .slice(0, SHOWN)
    .flatMap(({ id }) => questions.get(id) ?? []);
}

function index(): MiniSearch<Indexed> {
  if (kept) return kept;
  const made = new MiniSearch<Indexed>({
    idField: 'slug',
    fields: ['question', 'symptoms', 'topic', 'shortAnswer', 'text'],
    tokenize: asWords,
    processTerm: stemOf,
    searchOptions: {
      boost: { question: 4, symptoms: 4, topic: 2, shortAnswer: 1.5, text: 0.5 },
      prefix: (word) => word.length > 2,
      fuzzy: (word) => (word.length > 7 ? 2 : word.length > 2 ? 1 : false),
      weights: { prefix: 0.4, fuzzy: 0.3 },
    },
  });
  made.addAll(listQuestions().map(asIndexed));
  if (process.env.NODE_ENV === 'production') kept = made;
  return made;
}

function asIndexed({ slug, question, symptoms, topic, shortAnswer, sections }: Question): Indexed {
  const text = sectionTitles.flatMap((title) => sections[title].flatMap(runsOf).map(plain)).join(' ');
  return { slug, question, symptoms: symptoms.join('. '), topic, shortAnswer, text };
}

function asWords(text: string): string[] {
  const letters = text.normalize('NFKD').replace(/[\p{M}'’]/gu, '');
  return letters.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/** "Headaches", "headache": one word. The endings that matter here, and no more. */
function stemOf(word: string): string {
  if (word.length < 5) return word.length === 4 ? word.replace(/s$/, '') : word;
  return word.replace(/(?:ies|ing|ed|es|s|e|y)$/, '');
}

function isSaid(way: string, said: string): boolean {
  return ` ${said} `.includes(` ${asWords(way).join(' ')} `);
}
