CREATE TABLE "data_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"generation" integer NOT NULL,
	"care_key_id" text NOT NULL,
	"wrapped" text NOT NULL,
	"created_at" bigint NOT NULL,
	"retired_at" bigint
);
--> statement-breakpoint
ALTER TABLE "start_scores" ADD COLUMN "sealed_score" text;--> statement-breakpoint
CREATE UNIQUE INDEX "data_keys_generation" ON "data_keys" USING btree ("generation","care_key_id");--> statement-breakpoint
UPDATE "start_scores" SET "sealed_score" = cast("score" as text);