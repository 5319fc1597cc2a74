import type { LetterContent } from '@/app/manage/[token]/progress/letter/build-letter-content';
import { createPdf, PDF_MARGIN, writePdfText } from '@/app/pdf-document';

const FOOT = 842 - PDF_MARGIN;
const COLUMNS = [0, 150, 300, 360, 420];

/** The letter as a tagged PDF: each part has its role, so it can be read aloud in order. */
export function buildLetterPdf(
  text: LetterContent,
  how: { at: number; locale: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const { paper, done } = createPdf(text.title, { ...how, tagged: true });
  const document = paper.struct('Document');
  paper.addStructure(document);
  const part = (kind: string, size: number, line: string) =>
    document.add(paper.struct(kind, {}, () => writePdfText(paper, line, size)));
  const gap = (lines: number) => paper.moveDown(lines);

  part('H1', 20, text.title);
  gap(0.6);
  for (const line of text.from) part('P', 10, line);
  const section = (title: string, lines: string[], size = 10) => {
    if (lines.length === 0) return;
    gap(1);
    part('H2', 13, title);
    gap(0.3);
    for (const line of lines) {
      part('P', size, line);
      gap(0.25);
    }
  };
  section('Why', text.why);
  section('What was done', text.done.length > 0 ? text.done : ['No session yet.']);
  section('What the scores say', [text.verdict.title, text.verdict.text, text.verdict.comparison]);
  if (text.scores.length > 0) {
    gap(1);
    part('H2', 13, 'The scores');
    gap(0.3);
    const table = paper.struct('Table');
    document.add(table);
    const rows = [['When', 'Date', 'Usual', 'Worst', 'Change'], ...text.scores];
    for (const [n, cells] of rows.entries()) {
      if (paper.y > FOOT - 20) paper.addPage();
      const top = paper.y;
      const row = paper.struct('TR');
      table.add(row);
      for (const [column, cell] of cells.entries()) {
        const kind = n === 0 || column === 0 ? 'TH' : 'TD';
        row.add(
          paper.struct(kind, {}, () => {
            paper.y = top;
            writePdfText(paper, cell, 9.5, { at: PDF_MARGIN + COLUMNS[column]! });
          }),
        );
      }
      row.end();
      paper.x = PDF_MARGIN;
      paper.y = top + 15;
    }
    table.end();
  }
  section('What to know about it', text.notes, 9);
  document.end();
  paper.end();
  return done;
}
