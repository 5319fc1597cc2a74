ALTER TABLE "series" ADD COLUMN "pair_id" text;--> statement-breakpoint
CREATE INDEX "series_pair" ON "series" USING btree ("pair_id") WHERE "series"."pair_id" is not null;