CREATE TABLE "start_scores" (
	"series_id" text PRIMARY KEY NOT NULL,
	"score" integer NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "start_scores_score" CHECK ("start_scores"."score" between 0 and 10)
);
--> statement-breakpoint
ALTER TABLE "start_scores" ADD CONSTRAINT "start_scores_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;