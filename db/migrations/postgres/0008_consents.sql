CREATE TABLE "consents" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"series_id" text,
	"asked_id" text,
	"words" text NOT NULL,
	"version" text NOT NULL,
	"way" text NOT NULL,
	"given_at" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "consents_kind" CHECK ("consents"."kind" in ('booking', 'question')),
	CONSTRAINT "consents_way" CHECK ("consents"."way" in ('page', 'api')),
	CONSTRAINT "consents_subject" CHECK (("consents"."series_id" is null) <> ("consents"."asked_id" is null))
);
--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_asked_id_asked_questions_id_fk" FOREIGN KEY ("asked_id") REFERENCES "public"."asked_questions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_series" ON "consents" USING btree ("series_id");--> statement-breakpoint
CREATE INDEX "consents_asked" ON "consents" USING btree ("asked_id");