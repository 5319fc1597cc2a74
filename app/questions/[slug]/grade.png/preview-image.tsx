import {
  describeEvidenceGrade,
  type EvidenceGradeLevel,
  EvidenceGradeMark,
  formatEvidenceGrade,
} from '@/components/evidence-grade';

interface Props {
  question: string;
  topic: string;
  grade: EvidenceGradeLevel;
}

/** A question and its grade as on the page: the preview image of links to it. */
export function PreviewImage({ question, topic, grade }: Props) {
  const columns = { display: 'flex', alignItems: 'center' } as const;
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        width: '100%',
        height: '100%',
        padding: '72px 80px 64px',
        background: '#faf7f2',
        color: '#1f2723',
        fontFamily: 'Inter',
      }}
    >
      <div style={{ display: 'flex', fontSize: 34 }}>{topic}</div>
      <div
        style={{
          display: 'flex',
          fontFamily: 'Source Serif',
          fontSize: question.length > 60 ? 72 : 84,
          lineHeight: 1.12,
          letterSpacing: '-0.018em',
        }}
      >
        {question}
      </div>
      <div style={{ ...columns, gap: 28, paddingTop: 36, borderTop: '2px solid #e2dad0', fontSize: 34 }}>
        <EvidenceGradeMark grade={grade} height={42} />
        <div style={{ display: 'flex' }}>{formatEvidenceGrade(grade)} evidence</div>
        <div style={{ display: 'flex', color: '#55605a' }}>{describeEvidenceGrade(grade)}</div>
      </div>
    </div>
  );
}
