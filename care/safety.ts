// Which massages may be had after what was answered? Asked at the address by which programs outside know the screening,
// which is written in screen-safety.ts.

export {
  needsPrenatalTraining,
  type SafetyAnswers,
  type SafetyQuestionId,
  type SafetyTier as Tier,
  type SafetyVerdict,
  screenSafety,
} from './screen-safety';
