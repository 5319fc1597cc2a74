ALTER TABLE "start_scores" DROP CONSTRAINT "start_scores_score";--> statement-breakpoint
ALTER TABLE "start_scores" ALTER COLUMN "sealed_score" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "start_scores" DROP COLUMN "score";